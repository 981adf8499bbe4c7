"""What does not mention the bot is heard where a workspace lets it hear channels."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest

from bot.chat.operations import Channel as Place
from bot.chat.reply import Reply, Text
from bot.chat.slack.manifest import manifest
from bot.chat.table import COMMANDS
from bot.chat.texts import plain
from tests.fakes.catalogue import RIGHT, WRONG
from tests.fakes.clock import FakeClock
from tests.fakes.slack import Channel, FakeSlack, Message, Person
from tests.fakes.slack.world import ChannelKind
from tests.integration.chat.slack.village import SlackInstallation, Village

FENCE = "```"
MENTIONS_ONLY = manifest(COMMANDS)
CHANNELS_TOO = manifest(COMMANDS, hears_channels=True)


@pytest.fixture
def made() -> Mapping[str, Any]:
    return CHANNELS_TOO


@pytest.fixture
async def slack(made: Mapping[str, Any]) -> AsyncIterator[FakeSlack]:
    async with FakeSlack(dict(made), FakeClock()) as fake:
        yield fake
        assert fake.violations == []


@pytest.fixture
async def village(slack: FakeSlack) -> AsyncIterator[Village]:
    async with SlackInstallation(slack=slack).running() as village:
        yield village


async def posted(village: Village, channel: Channel) -> Message:
    """By the bot, as a daily is."""
    place = Place(community=village.slack.workspace.id, id=channel.id)
    reply = Reply(blocks=(Text(plain("Today's challenge")),))
    operations = village.connection.operations
    told = await operations.post_once(place, reply, key="daily", language="en")
    return channel.messages[told.id]


def block(source: str) -> str:
    return f"{FENCE}\n{source}{FENCE}"


def answers(village: Village, channel: Channel, head: Message) -> list[str]:
    bot = village.slack.workspace.bot
    replies = channel.thread(head.ts)[1:]
    return [village.slack.state.plain(one) for one in replies if one.author is bot]


@pytest.mark.parametrize("kind", ["channels", "groups"])
async def test_code_in_the_bots_own_thread_needs_no_mention(
    village: Village, slack: FakeSlack, ana: Person, kind: ChannelKind
) -> None:
    channel = slack.add_channel("dailies", ana, kind=kind)
    daily = await posted(village, channel)
    await ana.slash("/reto", "ver add-up", ana.direct_channel)
    said = await ana.say(block(WRONG), channel, thread=daily)
    await village.connection.chat.settle()
    await village.judge_all()
    (answer,) = answers(village, channel, daily)
    assert "todavía no" in answer
    # An edit is offered to be judged again, to its author alone.
    assert said.message is not None
    offer = await ana.edit(said.message, block(RIGHT), expecting="ephemeral")
    await ana.press("slack judge", on=offer.message, expecting="anything")
    await village.connection.chat.settle()
    await village.judge_all()
    assert len(village.store.submissions) == 2


async def test_talk_and_other_peoples_threads_are_none_of_the_bots(
    village: Village, slack: FakeSlack, ana: Person
) -> None:
    channel = slack.add_channel("dailies", ana)
    daily = await posted(village, channel)
    own = await ana.say("Look at this", channel)
    assert own.message is not None
    await ana.say("How do you begin?", channel, thread=daily)
    await ana.say(block(RIGHT), channel, thread=own.message)
    await ana.say(block(RIGHT), channel)
    await village.connection.chat.settle()
    assert answers(village, channel, daily) == []
    assert village.store.submissions == {}


async def test_a_mention_in_the_bots_own_thread_is_heard_once(
    village: Village, slack: FakeSlack, ana: Person
) -> None:
    channel = slack.add_channel("dailies", ana)
    daily = await posted(village, channel)
    await ana.slash("/reto", "ver add-up", ana.direct_channel)
    await ana.mention(block(RIGHT), channel, thread=daily, expecting="message")
    await village.connection.chat.settle()
    assert len(village.store.submissions) == 1


@pytest.mark.parametrize("made", [MENTIONS_ONLY])
async def test_by_default_nothing_but_mentions_is_heard(
    village: Village, slack: FakeSlack, ana: Person
) -> None:
    channel = slack.add_channel("dailies", ana)
    daily = await posted(village, channel)
    await ana.slash("/reto", "ver add-up", ana.direct_channel)
    await ana.say(block(RIGHT), channel, thread=daily)
    await village.connection.chat.settle()
    assert village.store.submissions == {}
    scopes = MENTIONS_ONLY["oauth_config"]["scopes"]
    assert not [one for one in scopes["bot"] if "history" in one and one[:2] != "im"]
