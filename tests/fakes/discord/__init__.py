"""A strict Discord on loopback, for the real discord.py (or anything over HTTP).

    async with FakeDiscord() as fake:
        server = fake.create_server(locale="es-ES")      # the application is in it
        general = fake.create_channel(server)
        ana = fake.join(general, "ana", locale="es-ES")  # a `Person`, standing there
        with fake.addressed():                           # discord.py now talks to it
            await client.login(fake.token) …
            await fake.gateway.until_ready()
            seen = await ana.slash("challenge today", {"phase": 2})
            assert "Hoy" in seen.text and seen.ephemeral
            form = await ana.press(seen, "Entregar")     # a label or a custom_id
            seen = await ana.submit(form, {"Tu código": "print(1)"})
            await ana.until(lambda: "3 de 4" in seen.text)
        assert fake.violations == [] and fake.unacknowledged == []

**A person** (`person.py`, `bystander.py`) has `slash`, `autocomplete`, `menu` (on a
message), `press`, `choose`, `submit`, which return what they *see* (`Seen`: `text`,
`buttons`, `files`, `pings`, `ephemeral`, `form`, `followups`; up to date as the message
is edited), and
`say`, `edit`, `delete`, `open_thread`, `leave`. `at(channel)` and `direct()` put them
elsewhere, `sees()` lists the application's messages there, `answer_to(message)` waits
for one, `until(condition)` for anything. `CannotDo`: the client would not let them.
Nothing sleeps; `NoAnswer` comes after a minute and says what happened instead.

**Rules.** A body is refused with 50035 as Discord would, by its own limits
(`*_rules.py`) and by the published description; what Discord lets pass but should not
happen (no `allowed_mentions`, a file that nothing shows, an unknown field or route) is
noted only. Both stand in `fake.violations`. Refusals that are no fault of the
application (10008, 50001, 50013, an expired token) stand in `fake.exchanges` alone.

**Time** is `fake.state.clock`, a `FakeClock` that stands at the real now:
`fake.state.clock.advance(…)` makes answers late (3 s) and tokens expire (15 min).

**Bad days**: `fake.faults.limit()` 429, `.fail(503)`, `.cut()`, `.hold()` latency until
released; `fake.rates.routes["POST /channels/{channel_id}/messages"] = Limit(…)`;
`await fake.gateway.drop()`, `.ask_to_reconnect()`, `.invalidate()`;
`general.deny(fake.application, Permission.SEND_MESSAGES)`.

**Over HTTP**: `endpoint = fake.use_endpoint(url)` posts interactions there, signed;
`fake.state.verify_key` is the public key, `await endpoint.ping()` and
`await endpoint.is_careful()` do what Discord does when the URL is entered.

For speed give discord.py `guild_ready_timeout=0.01`: its default waits for two seconds.
It sleeps one second and more before it repeats a 500, 502 or 504, none for a 503.
"""

from tests.fakes.discord.bell import NoAnswer
from tests.fakes.discord.fake import FakeDiscord
from tests.fakes.discord.invocation import CannotDo
from tests.fakes.discord.permission import Permission
from tests.fakes.discord.person import Person
from tests.fakes.discord.seen import Seen
from tests.fakes.discord.world import Channel, File, Message, Server

__all__ = [
    "CannotDo",
    "Channel",
    "FakeDiscord",
    "File",
    "Message",
    "NoAnswer",
    "Permission",
    "Person",
    "Seen",
    "Server",
]
