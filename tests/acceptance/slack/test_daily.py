"""From `/admin setup` to the daily and its thread in the channel, by slack-bolt."""

from datetime import timedelta

import pytest

from bot.chat.board_poster import BoardPoster
from bot.chat.command import Platform
from bot.chat.daily import DailyPoster
from bot.chat.operations import Operations
from bot.clockwork import Clockwork
from bot.domain.member import Community
from tests.acceptance.slack.installation import RunningOnSlack, SlackSite
from tests.fakes.slack import Channel, FakeSlack, Message, Person

HOUR = timedelta(hours=1)


@pytest.fixture
def dora(slack: FakeSlack) -> Person:
    """Who runs the workspace."""
    dora = slack.add_person("dora", locale="es-ES", time_zone="UTC")
    dora.account.admin = True
    return dora


def clockwork(bot: RunningOnSlack) -> Clockwork:
    places: dict[str, Operations] = {Platform.SLACK: bot.slack.operations}
    dailies = DailyPoster(bot.parts.world, places, bot.parts.metrics)
    board = BoardPoster(bot.parts.world, places)

    async def post(community: Community) -> None:
        await dailies(community)
        await board(community)

    return Clockwork(bot.parts.world, post)


def heads(channel: Channel) -> list[Message]:
    said = channel.messages.values()
    return [one for one in said if one.thread_ts in (None, one.ts) and not one.only_for]


def pass_time(slack: FakeSlack, by: timedelta) -> None:
    slack.advance(by.total_seconds())


async def test_setup_then_the_hour_then_one_post_with_its_thread(
    site: SlackSite, slack: FakeSlack, dora: Person
) -> None:
    lobby = slack.add_channel("general", dora)
    dailies = slack.add_channel("dailies", dora, with_bot=False)
    async with site.running(judging=False) as bot:
        clock = clockwork(bot)
        await dora.slash("/organizar", "preparar", lobby, expecting="view")
        filled = {"channel": dailies.id, "hour": "10", "time_zone": "UTC"}
        asked = await dora.submit(filled, expecting="ephemeral")
        assert "/invite @Cordada" in asked.text
        dailies.members[slack.workspace.bot.id] = slack.workspace.bot
        saved = await dora.press(
            "admin channel", on=asked.message, expecting="ephemeral"
        )
        assert "Guardado" in saved.text
        await clock.tick()
        assert heads(dailies) == []
        pass_time(slack, HOUR)
        await clock.tick()
        pass_time(slack, HOUR)
        await clock.tick()
    (post,) = heads(dailies)
    assert "Reto de hoy" in slack.state.plain(post)
    title, statement = dailies.thread(post.ts)[1:]
    assert "Fase 1" in slack.state.plain(title)
    assert "spoiler" in slack.state.plain(statement) or statement.blocks


async def test_a_scope_that_lacks_is_named_to_who_can_grant_it(
    site: SlackSite, slack: FakeSlack, dora: Person
) -> None:
    channel = slack.add_channel("cordada", dora)
    for token in slack.state.tokens.values():
        token.scopes -= {"pins:write"}
    async with site.running(judging=False) as bot:
        asked = await dora.slash("/organizar", "clasificaciones canal:sí", channel)
        assert "pins:write" in asked.text
        clock = clockwork(bot)
        for _ in range(2):
            await clock.tick()
            pass_time(slack, HOUR)
        await bot.slack.chat.settle()
    # Shown all the same, and told once.
    assert [one for one in heads(channel) if "Clasifi" in slack.state.plain(one)]
    (told,) = dora.reads(dora.direct_channel)
    assert "pins:write" in told
    assert "api.slack.com/apps" in told
    assert set(slack.take_violations()) == {"missing_scope"}
