"""What every platform promises to the game and to mentoring (`bot.chat.operations`)."""

from collections.abc import AsyncIterator

import pytest

from bot.chat.lacks import Need
from bot.chat.operations import Attached
from bot.chat.reply import Reply, Text
from bot.chat.texts import plain
from tests.contract.stages import (
    ConsoleStage,
    MemoryStage,
    Stage,
    WebStage,
    discord_stage,
    slack_stage,
)


@pytest.fixture(params=["memory", "discord", "slack", "web", "console"])
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    match request.param:
        case "discord":
            async with discord_stage() as discord:
                yield discord
        case "slack":
            async with slack_stage() as slack:
                yield slack
        case "memory":
            yield MemoryStage()
        case "web":
            yield WebStage()
        case _:
            yield ConsoleStage()


def saying(words: str) -> Reply:
    return Reply(blocks=(Text(plain(words)),))


async def test_the_same_key_posts_once(stage: Stage) -> None:
    operations, channel = stage.operations, stage.channel
    first = await operations.post_once(
        channel, saying("Monday"), key="daily:7:1:2026-03-02", language="en"
    )
    again = await operations.post_once(
        channel, saying("Monday"), key="daily:7:1:2026-03-02", language="en"
    )
    await operations.post_once(
        channel, saying("Tuesday"), key="daily:7:1:2026-03-03", language="en"
    )
    assert first == again
    assert [one.strip() for one in stage.read(channel)] == ["Monday", "Tuesday"]


async def test_what_was_posted_long_ago_is_found_again(stage: Stage) -> None:
    operations, channel = stage.operations, stage.channel
    reply, key = saying("Monday"), "daily:7:1:2026-03-02"
    first = await operations.post_once(channel, reply, key=key, language="en")
    await operations.post_once(channel, saying("Hi"), key="other", language="en")
    stage.forget_keys()
    again = await operations.post_once(
        channel, reply, key=key, language="en", again=True
    )
    assert again == first
    assert [one.strip() for one in stage.read(channel)] == ["Monday", "Hi"]


async def test_one_role_is_called_and_nobody_else(stage: Stage) -> None:
    text = f"@everyone <@&1> <@{stage.ana}> Monday"
    await stage.operations.post_once(
        stage.channel, saying(text), key="daily", language="en", calling=stage.role
    )
    assert stage.called(stage.channel) == ({stage.role} if stage.has_roles else set())


async def test_the_bots_own_channel_is_known(stage: Stage) -> None:
    operations, community = stage.operations, stage.channel.community
    assert await operations.own_channel(community) == stage.channel
    assert await operations.own_channel("nowhere") is None


async def test_one_message_is_kept_up_to_date(stage: Stage) -> None:
    posted = await stage.operations.post_once(
        stage.channel, saying("1 solved"), key="board", language="en"
    )
    await stage.operations.update(posted, saying("2 solved"), language="en")
    assert [one.strip() for one in stage.read(stage.channel)] == ["2 solved"]


async def test_a_message_is_pinned_as_often_as_one_likes(stage: Stage) -> None:
    posted = await stage.operations.post_once(
        stage.channel, saying("The board"), key="board", language="en"
    )
    for _ in range(2):
        await stage.operations.pin(posted)
    pinned = [one.strip() for one in stage.pinned(stage.channel)]
    assert pinned == (["The board"] if stage.has_roles else [])
    if stage.has_roles:
        stage.silence()
        with pytest.raises(Exception) as refused:  # noqa: PT011 - each platform's own
            await stage.operations.pin(posted)
        assert getattr(refused.value, "permanent", None) is True


async def test_a_thread_under_a_message_is_for_everybody(stage: Stage) -> None:
    operations = stage.operations
    posted = await operations.post_once(
        stage.channel, saying("Today"), key="daily", language="en"
    )
    thread = await operations.open_thread(posted, "Today's challenge")
    assert await operations.open_thread(posted, "Today's challenge") == thread
    await operations.post_once(thread, saying("Hello"), key="hello", language="en")
    read = [one.strip() for one in stage.read(thread)]
    if not stage.has_threads:
        assert thread == stage.channel
        assert read == ["Today", "Hello"]
        return
    assert read == ["Hello"]
    assert stage.thread(thread) == "Today's challenge"
    assert stage.may_read(thread, stage.ana)
    assert stage.may_read(thread, stage.ben)


async def test_a_private_thread_is_for_its_members_alone(stage: Stage) -> None:
    thread = await stage.operations.open_private_thread(
        stage.channel, "Ana and a mentor", [stage.ana]
    )
    await stage.operations.post_once(thread, saying("Hi"), key="hi", language="en")
    assert stage.may_read(thread, stage.ana)
    assert not stage.may_read(thread, stage.ben)


async def test_roles_are_given_and_taken_as_often_as_one_likes(stage: Stage) -> None:
    operations, community = stage.operations, stage.channel.community
    for _ in range(2):
        await operations.give_role(community, stage.ana, stage.role)
    assert stage.has_role(stage.ana) == stage.has_roles
    for _ in range(2):
        await operations.take_role(community, stage.ana, stage.role)
    assert not stage.has_role(stage.ana)


@pytest.mark.parametrize("name", ["week.png", "code.py"])
async def test_a_file_says_what_it_shows(stage: Stage, name: str) -> None:
    attached = Attached(name=name, content=b"x", alt="Ana's week: six days solved")
    await stage.operations.send_file(stage.channel, attached, key="week")
    assert (stage.alt(stage.channel) or "").strip() == attached.alt


async def test_a_member_is_told_in_private_if_they_allow_it(stage: Stage) -> None:
    told = await stage.operations.tell(stage.ana, saying("Tomorrow"), language="en")
    assert told
    assert [one.strip() for one in stage.told(stage.ana)] == ["Tomorrow"]
    stage.close(stage.ben)
    assert not await stage.operations.tell(stage.ben, saying("No"), language="en")
    assert stage.told(stage.ben) == []


async def test_what_lacks_in_a_channel_is_known_before_it_is_tried(
    stage: Stage,
) -> None:
    operations = stage.operations
    assert list(await operations.lacking_in(stage.channel, tuple(Need))) == []
    assert list(await operations.lacking_to_call(stage.channel, stage.role)) == []
    given = await operations.lacking_to_give(stage.channel.community, stage.role)
    assert list(given) == []
    stage.silence()
    lacks = await operations.lacking_in(stage.channel, tuple(Need))
    assert bool(lacks) == stage.has_roles


async def test_a_missing_permission_is_a_permanent_error(stage: Stage) -> None:
    stage.silence()
    with pytest.raises(Exception) as refused:  # noqa: PT011 - each platform's own
        await stage.operations.post_once(
            stage.channel, saying("Hello"), key="hello", language="en"
        )
    assert getattr(refused.value, "permanent", None) is True
