"""Bad days: limits, failures, latency, and what may not be done where."""

import asyncio
from typing import Any

import aiohttp
import discord
import pytest

from tests.fakes.discord import FakeDiscord, Permission, Person
from tests.fakes.discord.rates import Limit
from tests.integration.chat.discord.api import SILENT, Api
from tests.integration.chat.discord.tiny_bot import Running, TinyBot

POSTING = "POST /channels/{channel_id}/messages"
HI = SILENT | {"content": "hi"}


def statuses(fake: FakeDiscord, method: str = "POST") -> list[int]:
    return [
        one.status
        for one in fake.exchanges
        if one.method == method and one.path.endswith("/messages")
    ]


def channel_of(bot: TinyBot, person: Person) -> discord.TextChannel:
    channel = bot.get_channel(int(person.channel.id))
    assert isinstance(channel, discord.TextChannel)
    return channel


@pytest.mark.parametrize("everywhere", [False, True])
async def test_a_limit_is_waited_out(
    fake: FakeDiscord, bot: TinyBot, ana: Person, *, everywhere: bool
) -> None:
    fake.faults.limit(on=POSTING, times=2, everywhere=everywhere)
    await channel_of(bot, ana).send("hi")
    assert statuses(fake) == [429, 429, 200]
    assert [one.text for one in ana.sees()] == ["hi"]


async def test_a_limit_is_told_in_headers(fake: FakeDiscord, ana: Person) -> None:
    fake.faults.limit(on=POSTING, retry_after_s=0.25, everywhere=True)
    async with Running(TinyBot(), fake.token) as bot:
        session = bot.http._HTTPClient__session  # type: ignore[attr-defined]
        url = f"{fake.api_url}/channels/{ana.channel.id}/messages"
        async with session.post(url, json=HI) as response:
            assert response.headers["Retry-After"] == "0.250"
            assert response.headers["X-RateLimit-Global"] == "true"
            assert (await response.json())["retry_after"] == 0.25


async def test_a_bucket_runs_dry_and_fills_again(
    fake: FakeDiscord, ana: Person, api: Api
) -> None:
    fake.rates.routes[POSTING] = Limit(requests=2, per_s=3600)
    path = f"/channels/{ana.channel.id}/messages"
    got = [(await api("POST", path, HI))[0] for _ in range(3)]
    other = fake.create_channel(fake.state.servers[ana.channel.server.id])  # type: ignore[union-attr]
    elsewhere = (await api("POST", f"/channels/{other.id}/messages", HI))[0]
    fake.rates.routes[POSTING] = Limit(requests=2, per_s=3600)
    again = (await api("POST", path, HI))[0]
    assert (got, elsewhere, again) == ([200, 200, 429], 200, 200)


async def test_discord_py_keeps_within_a_bucket(
    fake: FakeDiscord, bot: TinyBot, ana: Person
) -> None:
    fake.rates.routes[POSTING] = Limit(requests=2, per_s=0.05)
    channel = channel_of(bot, ana)
    await asyncio.gather(*(channel.send(str(number)) for number in range(6)))
    assert statuses(fake).count(200) == 6
    assert len(ana.sees()) == 6


async def test_answers_stand_outside_the_global_limit(
    fake: FakeDiscord, bot: TinyBot, ana: Person, api: Api
) -> None:
    fake.rates.everywhere = Limit(requests=1, per_s=3600)
    path = f"/channels/{ana.channel.id}"
    assert [(await api("GET", path))[0] for _ in range(2)] == [200, 429]
    assert (await ana.slash("trip go", {"way": "n"})).text


async def test_too_many_invalid_requests_are_a_ban(
    fake: FakeDiscord, ana: Person, api: Api
) -> None:
    path = f"/channels/{ana.channel.id}"
    assert (await api("GET", path, token="wrong"))[0] == 401
    assert len(fake.state.invalid_at) == 1
    fake.state.invalid_at *= 10_001
    assert (await api("GET", path))[0] == 429
    fake.take_violations()


async def test_a_failure_is_told(fake: FakeDiscord, bot: TinyBot, ana: Person) -> None:
    fake.faults.fail(503, on=POSTING)
    with pytest.raises(discord.DiscordServerError):
        await channel_of(bot, ana).send("hi")
    assert ana.sees() == []


async def test_a_nonce_saves_from_a_failure_after_the_effect(
    fake: FakeDiscord, bot: TinyBot, ana: Person
) -> None:
    fake.faults.fail(503, on=POSTING, after_effect=True)
    channel = channel_of(bot, ana)
    with pytest.raises(discord.DiscordServerError):
        await channel.send("daily", nonce="n1")
    await channel.send("daily", nonce="n1")
    assert [one.text for one in ana.sees()] == ["daily"]


async def test_a_connection_can_break(fake: FakeDiscord, ana: Person, api: Api) -> None:
    fake.faults.cut(on=POSTING)
    with pytest.raises(aiohttp.ClientError):
        await api("POST", f"/channels/{ana.channel.id}/messages", HI)
    assert ana.sees() == []


async def test_an_answer_can_be_held_back(
    fake: FakeDiscord, bot: TinyBot, ana: Person
) -> None:
    hold = fake.faults.hold(on=POSTING)
    sending = asyncio.create_task(channel_of(bot, ana).send("hi"))
    await hold.until_waiting()
    assert (ana.sees(), sending.done()) == ([], False)
    hold.release()
    await sending
    assert [one.text for one in ana.sees()] == ["hi"]


FORBIDDEN: dict[Permission, tuple[str, str, Any]] = {
    Permission.SEND_MESSAGES: ("POST", "/messages", HI),
    Permission.READ_MESSAGE_HISTORY: ("GET", "/messages/{message}", None),
    Permission.CREATE_PUBLIC_THREADS: (
        "POST",
        "/messages/{message}/threads",
        {"name": "t"},
    ),
    Permission.CREATE_PRIVATE_THREADS: ("POST", "/threads", {"name": "t", "type": 12}),
    Permission.PIN_MESSAGES: ("PUT", "/messages/pins/{message}", None),
    Permission.MANAGE_MESSAGES: ("DELETE", "/messages/{message}", None),
    Permission.ADD_REACTIONS: (
        "PUT",
        "/messages/{message}/reactions/%F0%9F%91%8D/@me",
        None,
    ),
}


@pytest.mark.parametrize("permission", FORBIDDEN, ids=lambda one: one.name)
async def test_each_act_needs_its_permission(
    fake: FakeDiscord, api: Api, permission: Permission
) -> None:
    needed = Permission.PIN_MESSAGES | Permission.MANAGE_MESSAGES
    ana = fake.join(fake.create_channel(fake.create_server(permissions=needed)), "ana")
    message = ana.say("words")
    method, path, body = FORBIDDEN[permission]
    path = f"/channels/{ana.channel.id}{path.format(message=message.id)}"
    ana.channel.deny(fake.application, permission)
    status, answer = await api(method, path, body)
    assert (status, answer["code"]) == (403, 50013)
    ana.channel.allow(fake.application, permission)
    assert (await api(method, path, body))[0] in (200, 204)


async def test_a_thread_has_a_permission_of_its_own(
    fake: FakeDiscord, ana: Person, api: Api
) -> None:
    thread = ana.open_thread("questions")
    path = f"/channels/{thread.channel.id}/messages"
    ana.channel.deny(fake.application, Permission.SEND_MESSAGES_IN_THREADS)
    status, answer = await api("POST", path, HI)
    assert (status, answer["code"]) == (403, 50013)
    ana.channel.deny(fake.application, Permission.SEND_MESSAGES)
    ana.channel.allow(fake.application, Permission.SEND_MESSAGES_IN_THREADS)
    assert (await api("POST", path, HI))[0] == 200


async def test_a_file_needs_its_permission(
    fake: FakeDiscord, ana: Person, api: Api
) -> None:
    path = f"/channels/{ana.channel.id}/messages"
    ana.channel.deny(fake.application, Permission.ATTACH_FILES)
    status, answer = await api("POST", path, HI, files={"a.txt": b"x"})
    assert (status, answer["code"]) == (403, 50013)
    assert (await api("POST", path, HI))[0] == 200


async def test_a_locked_thread_is_closed(
    fake: FakeDiscord, ana: Person, api: Api
) -> None:
    message = ana.say("question")
    path = f"/channels/{ana.channel.id}/messages/{message.id}/threads"
    _, thread = await api("POST", path, {"name": "question"})
    assert (await api("POST", path, {"name": "again"}))[1]["code"] == 160004
    one = f"/channels/{thread['id']}"
    assert (await api("PATCH", one, {"archived": True}))[0] == 200
    # To write wakes it, as long as it is not locked.
    assert (await api("POST", f"{one}/messages", HI))[0] == 200
    assert not fake.state.channels[thread["id"]].archived
    assert (await api("PATCH", one, {"archived": True, "locked": True}))[0] == 200
    assert (await api("POST", f"{one}/messages", HI))[1]["code"] == 50083


async def test_fifty_messages_are_pinned(fake: FakeDiscord, api: Api) -> None:
    server = fake.create_server(permissions=Permission.PIN_MESSAGES)
    ana = fake.join(fake.create_channel(server), "ana")
    for _ in range(50):
        ana.say("pinned").pinned = True
    path = f"/channels/{ana.channel.id}/messages/pins/{ana.say('one more').id}"
    status, answer = await api("PUT", path)
    assert (status, answer["code"]) == (400, 30003)


async def test_a_channel_that_is_not_seen_is_not_accessible(
    fake: FakeDiscord, ana: Person, api: Api
) -> None:
    ana.channel.deny(fake.application, Permission.VIEW_CHANNEL)
    status, answer = await api("POST", f"/channels/{ana.channel.id}/messages", HI)
    assert (status, answer["code"]) == (403, 50001)


async def test_a_higher_role_is_out_of_reach(fake: FakeDiscord, api: Api) -> None:
    server = fake.create_server(permissions=Permission.MANAGE_ROLES)
    ana = fake.join(fake.create_channel(server), "ana")
    low = fake.create_role(server, "low", position=1)
    high = fake.create_role(server, "high", position=20)
    path = f"/guilds/{server.id}/members/{ana.account.id}/roles"
    assert (await api("PUT", f"{path}/{low.id}"))[0] == 204
    status, answer = await api("PUT", f"{path}/{high.id}")
    assert (status, answer["code"]) == (403, 50013)
    assert (await api("DELETE", f"{path}/{low.id}"))[0] == 204
    assert server.members[ana.account.id].roles == []


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/channels/1", 10003),
        ("/channels/{channel}/messages/1", 10008),
        ("/guilds/1", 10004),
        ("/guilds/{server}/members/1", 10007),
        ("/users/1", 10013),
    ],
)
async def test_what_is_not_there_is_named(
    ana: Person, api: Api, path: str, code: int
) -> None:
    assert ana.channel.server is not None
    path = path.format(channel=ana.channel.id, server=ana.channel.server.id)
    status, answer = await api("GET", path)
    assert (status, answer["code"]) == (404, code)


async def test_nobody_else_s_message_is_edited(
    fake: FakeDiscord, ana: Person, api: Api
) -> None:
    path = f"/channels/{ana.channel.id}/messages/{ana.say('mine').id}"
    status, answer = await api("PATCH", path, HI)
    assert (status, answer["code"]) == (403, 50005)


async def test_who_wants_no_direct_messages_gets_none(
    fake: FakeDiscord, bot: TinyBot, ana: Person
) -> None:
    ana.account.takes_direct_messages = False
    user = await bot.fetch_user(int(ana.account.id))
    with pytest.raises(discord.Forbidden) as refused:
        await user.send("hi")
    assert refused.value.code == 50007


async def test_an_unknown_route_is_a_violation(fake: FakeDiscord, api: Api) -> None:
    assert (await api("GET", "/not/there"))[0] == 404
    assert [one.rule for one in fake.take_violations()] == ["no such route here"]
