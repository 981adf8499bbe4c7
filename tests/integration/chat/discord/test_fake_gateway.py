"""The gateway: sessions, and what becomes of them."""

import json
import zlib
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import discord
import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.discord import FakeDiscord, Permission, Person
from tests.integration.chat.discord.tiny_bot import Running, TinyBot

GUILDS, GUILD_MEMBERS, MESSAGE_CONTENT = 1 << 0, 1 << 1, 1 << 15


class RawSocket:
    """A client of the gateway that does only what it is told."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket

    async def say(self, op: int, data: Any = None) -> None:
        await self._socket.send_str(json.dumps({"op": op, "d": data}))

    async def hear(self) -> Any:
        return json.loads((await self._socket.receive()).data)

    async def hear_until(self, event: str) -> Any:
        while True:
            heard = await self.hear()
            if heard["t"] == event:
                return heard

    async def identify(self, fake: FakeDiscord, **fields: Any) -> None:
        await self.say(2, {"token": fake.token, "intents": GUILDS} | fields)

    async def closed_with(self) -> int | None:
        while not self._socket.closed:
            await self._socket.receive()
        return self._socket.close_code


@pytest.fixture
async def raw(fake: FakeDiscord) -> AsyncIterator[RawSocket]:
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{fake.gateway.url}?v=10&encoding=json") as socket,
    ):
        raw = RawSocket(socket)
        assert (await raw.hear())["op"] == 10
        yield raw


async def test_a_heartbeat_is_acknowledged(raw: RawSocket) -> None:
    await raw.say(1)
    assert (await raw.hear())["op"] == 11


async def test_who_does_not_beat_is_closed(fake: FakeDiscord, raw: RawSocket) -> None:
    clock = fake.state.clock
    assert isinstance(clock, FakeClock)
    clock.advance(timedelta(minutes=2))
    await fake.gateway.check_heartbeats()
    assert await raw.closed_with() == 4009


async def test_ready_says_who_and_where(
    fake: FakeDiscord, raw: RawSocket, ana: Person
) -> None:
    await raw.identify(fake, shard=[0, 1])
    ready = (await raw.hear_until("READY"))["d"]
    assert (ready["user"]["id"], ready["shard"]) == (fake.application.id, [0, 1])
    guild = (await raw.hear_until("GUILD_CREATE"))["d"]
    assert [one["name"] for one in guild["channels"]] == ["general"]
    # Without the privileged intent only the application itself is listed.
    assert [one["user"]["id"] for one in guild["members"]] == [fake.application.id]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ((2, {"token": "wrong", "intents": GUILDS}), 4004),
        ((2, {"token": "a-token-of-the-fake", "intents": GUILD_MEMBERS}), 4014),
        ((2, {"token": "a-token-of-the-fake", "intents": MESSAGE_CONTENT}), 4014),
        (
            (2, {"token": "a-token-of-the-fake", "intents": GUILDS, "shard": [1, 1]}),
            4010,
        ),
        ((3, {}), 4003),
        ((6, {"token": "wrong", "session_id": "", "seq": 0}), 4004),
        ((77, {}), 4001),
    ],
)
async def test_what_is_wrong_is_closed_with_its_code(
    fake: FakeDiscord, raw: RawSocket, said: tuple[int, Any], code: int
) -> None:
    await raw.say(*said)
    assert await raw.closed_with() == code
    assert [one.where for one in fake.take_violations()] == [str(code)]


async def test_one_identifies_once(fake: FakeDiscord, raw: RawSocket) -> None:
    await raw.identify(fake)
    await raw.identify(fake)
    assert await raw.closed_with() == 4005
    fake.take_violations()


async def test_a_flood_is_closed(fake: FakeDiscord, raw: RawSocket) -> None:
    for _ in range(121):
        await raw.say(1)
    assert await raw.closed_with() == 4008
    fake.take_violations()


async def test_a_session_that_is_not_known_is_invalid(
    fake: FakeDiscord, raw: RawSocket
) -> None:
    await raw.say(6, {"token": fake.token, "session_id": "gone", "seq": 1})
    assert await raw.hear() == {"op": 9, "d": False}


async def test_a_stream_is_compressed_as_a_whole(fake: FakeDiscord) -> None:
    url = f"{fake.gateway.url}?v=10&encoding=json&compress=zlib-stream"
    stream = zlib.decompressobj()
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(url) as socket,
    ):
        hello = json.loads(stream.decompress(await socket.receive_bytes()))
        await socket.send_str(json.dumps({"op": 1, "d": None}))
        packed = await socket.receive_bytes()
        ack = json.loads(stream.decompress(packed))
    assert (hello["op"], ack["op"]) == (10, 11)
    assert packed.endswith(b"\x00\x00\xff\xff")


async def test_a_privileged_intent_is_refused(fake: FakeDiscord) -> None:
    intents = discord.Intents(guilds=True, members=True)
    bot = TinyBot(intents=intents)
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with Running(bot, fake.token):
            pass
    await bot.close()
    assert [one.where for one in fake.take_violations()] == ["4014"]


async def test_a_privileged_intent_that_is_switched_on_shows_content(
    fake: FakeDiscord, ana: Person
) -> None:
    fake.state.privileged = MESSAGE_CONTENT
    intents = discord.Intents(guilds=True, messages=True, message_content=True)
    async with Running(TinyBot(intents=intents), fake.token) as bot:
        ana.say("not for you")
        await bot.bell.until(lambda: bot.heard)
    assert bot.heard[0].content == "not for you"


async def test_nothing_is_lost_when_the_socket_drops(
    fake: FakeDiscord, bot: TinyBot, ana: Person
) -> None:
    await fake.gateway.drop()
    seen = await ana.slash("trip go", {"way": "north"})
    assert seen.text == "es-ES: north for 1"
    assert fake.gateway.resumed == 1
    assert len(fake.gateway.sessions) == 1


async def test_a_reconnect_that_is_asked_for_resumes(
    fake: FakeDiscord, bot: TinyBot, ana: Person
) -> None:
    fake.gateway.ask_to_reconnect()
    await fake.until(lambda: fake.gateway.resumed)
    assert (await ana.slash("trip go", {"way": "north"})).text.endswith("north for 1")


async def test_an_invalid_session_begins_anew(
    fake: FakeDiscord, bot: TinyBot, ana: Person
) -> None:
    (before,) = fake.gateway.sessions
    fake.gateway.invalidate()
    # discord.py waits for some seconds before it identifies again.
    await fake.until(lambda: fake.gateway.ready)
    assert before not in fake.gateway.sessions


async def test_servers_are_spread_over_shards(fake: FakeDiscord) -> None:
    fake.gateway.shards = 2
    clock = fake.state.clock
    assert isinstance(clock, FakeClock)
    people = []
    for name in ("ana", "berta"):
        channel = fake.create_channel(fake.create_server())
        people.append(fake.join(channel, name))
        clock.advance(timedelta(milliseconds=1))
    async with Running(TinyBot(), fake.token) as bot:
        for person in people:
            assert (await person.slash("trip go", {"way": "n"})).text
        assert sorted(bot.shards) == [0, 1]
        assert {guild.shard_id for guild in bot.guilds} == {0, 1}


async def test_what_the_bot_may_not_see_it_is_not_told(
    fake: FakeDiscord, bot: TinyBot, ana: Person
) -> None:
    ana.channel.deny(fake.application, Permission.VIEW_CHANNEL)
    ana.say(f"<@{fake.application.id}> behind a curtain")
    ana.direct().say("in front of it")
    await bot.bell.until(lambda: bot.heard)
    assert [one.content for one in bot.heard] == ["in front of it"]
