"""What Discord and Slack do not let the bot do is named as they name it."""

from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from bot.chat.discord.errors import MissingPermission
from bot.chat.lacks import Lack, LackKind, Need
from bot.chat.operations import Channel
from bot.chat.reply import Reply, Text
from bot.chat.slack.errors import MissingScope, NoEntry
from bot.chat.slack.scopes import SCOPES
from bot.chat.texts import plain
from tests.contract.stages import (
    DiscordStage,
    SlackStage,
    discord_stage,
    slack_stage,
)
from tests.fakes.discord import Permission

ALL = tuple(Need)


@pytest.fixture
async def discord() -> AsyncIterator[DiscordStage]:
    async with discord_stage() as stage:
        yield stage


@pytest.fixture
async def slack() -> AsyncIterator[SlackStage]:
    async with slack_stage() as stage:
        yield stage


async def named(
    stage: DiscordStage | SlackStage, channel: Channel | None = None
) -> list[tuple[Need, str]]:
    lacks = await stage.operations.lacking_in(channel or stage.channel, ALL)
    return [(one.need, one.name or one.kind) for one in lacks]


@pytest.mark.parametrize(
    ("denied", "need", "name"),
    [
        (Permission.VIEW_CHANNEL, Need.DAILIES, "view_channel"),
        (Permission.ATTACH_FILES, Need.DAILIES, "attach_files"),
        (Permission.CREATE_PUBLIC_THREADS, Need.DAILIES, "create_public_threads"),
        (Permission.CREATE_PRIVATE_THREADS, Need.PAIRS, "create_private_threads"),
        (Permission.PIN_MESSAGES, Need.PINNING, "pin_messages"),
    ],
)
async def test_discord_exactly_the_denied_one_lacks(
    discord: DiscordStage, denied: Permission, need: Need, name: str
) -> None:
    discord.deny(denied)
    assert await named(discord) == [(need, name)]


async def test_discord_another_servers_channel_is_none_of_ours(
    discord: DiscordStage,
) -> None:
    theirs = Channel(community=discord.channel.community, id=discord.foreign_channel())
    assert await named(discord, theirs) == [(Need.DAILIES, LackKind.GONE)]
    gone = Channel(community=discord.channel.community, id="123456789")
    assert await named(discord, gone) == [(Need.DAILIES, LackKind.GONE)]


async def test_discord_a_role_above_the_bots_cannot_be_given(
    discord: DiscordStage,
) -> None:
    give, community = discord.operations.lacking_to_give, discord.channel.community
    above = discord.add_role(position=11)
    assert await give(community, above) == [Lack(kind=LackKind.ROLE_ABOVE)]
    everyone = await give(community, community)
    assert everyone == (Lack(kind=LackKind.ROLE_MANAGED),)
    assert await give(community, "9") == (Lack(kind=LackKind.ROLE_GONE),)


async def test_discord_a_role_that_only_some_may_mention_is_not_called(
    discord: DiscordStage,
) -> None:
    (lack,) = await discord.operations.lacking_to_call(
        discord.channel, discord.add_role(position=1)
    )
    assert lack == Lack(kind=LackKind.PERMISSION, name="mention_everyone")


@pytest.mark.parametrize(
    ("denied", "told"),
    [
        (Permission.SEND_MESSAGES, "Send Messages"),
        (Permission.CREATE_PUBLIC_THREADS, "Create Public Threads"),
        (Permission.SEND_MESSAGES_IN_THREADS, "Send Messages in Threads"),
        (Permission.PIN_MESSAGES, "Pin Messages"),
    ],
)
async def test_discord_the_owner_reads_exactly_what_lacked(
    discord: DiscordStage, denied: Permission, told: str
) -> None:
    # Of no matter for what is tried here.
    discord.deny(denied | Permission.CREATE_PRIVATE_THREADS)
    owner = discord.own()
    with suppress(MissingPermission):
        await a_day(discord)
    (letter,) = discord.told(owner)
    assert f": {told}." in letter


async def a_day(discord: DiscordStage) -> None:
    """A post, its thread, a word in it, and a pin."""
    operations, reply = discord.operations, Reply(blocks=(Text(plain("Hi")),))
    posted = await operations.post_once(
        discord.channel, reply, key="daily", language="en"
    )
    thread = await operations.open_thread(posted, "Today")
    await operations.post_once(thread, reply, key="word", language="en")
    await operations.pin(posted)


async def test_discord_the_owner_reads_that_a_role_stands_above(
    discord: DiscordStage,
) -> None:
    owner, above = discord.own(), discord.add_role(position=11)
    with pytest.raises(MissingPermission):
        await discord.operations.give_role(
            discord.channel.community, discord.ana, above
        )
    (letter,) = discord.told(owner)
    assert "drag mine above it" in letter


async def test_slack_who_runs_the_workspace_is_told_once_what_lacks(
    slack: SlackStage,
) -> None:
    owner = slack.add_admin("dora", locale="es-ES")
    slack.silence()
    reply = Reply(blocks=(Text(plain("Hi")),))
    for key in ("one", "two"):
        with pytest.raises(NoEntry):
            await slack.operations.post_once(
                slack.channel, reply, key=key, language="en"
            )
    (told,) = slack.told(owner)
    assert "/invite @Cordada" in told
    assert "No puedo escribir en" in told


async def test_slack_a_channel_that_the_bot_is_not_in_asks_for_an_invitation(
    slack: SlackStage,
) -> None:
    slack.silence()
    assert await named(slack) == [(Need.DAILIES, LackKind.ENTRY)]
    gone = Channel(community=slack.channel.community, id="C0NOWHERE")
    assert await named(slack, gone) == [(Need.DAILIES, LackKind.ENTRY)]


async def test_slack_a_missing_scope_is_named_as_slack_names_it(
    slack: SlackStage,
) -> None:
    slack.revoke_scopes("chat:write", "mpim:write", "pins:write", "usergroups:write")
    assert await named(slack) == [
        (Need.DAILIES, "chat:write"),
        (Need.PAIRS, "mpim:write"),
        (Need.PINNING, "pins:write"),
    ]
    lacks = await slack.operations.lacking_to_give(slack.channel.community, slack.role)
    assert lacks == [Lack(kind=LackKind.SCOPE, name="usergroups:write")]


async def test_slack_a_private_channel_is_nobodys_fault(slack: SlackStage) -> None:
    """We do not ask to see those: whether we are in one shows when we post."""
    private = slack.private_channel()
    assert await named(slack, private) == []
    assert slack.take_violations() == ["missing_scope"]
    error = MissingScope("conversations_info", ("groups:read", "channels:read"), SCOPES)
    owner = slack.add_admin("dora", locale="es-ES")
    await slack.organisers.tell_scope(private.community, error)
    assert slack.told(owner) == []


async def test_slack_who_does_not_pay_has_no_groups(slack: SlackStage) -> None:
    community = slack.channel.community
    lacks = await slack.operations.lacking_to_give(community, "S0NONE")
    assert lacks == (Lack(kind=LackKind.ROLE_GONE),)
