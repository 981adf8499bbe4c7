"""Interactions over HTTP, against an endpoint of a few lines."""

import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from tests.fakes.discord import FakeDiscord, Person
from tests.fakes.discord.endpoint import SIGNATURE, TIMESTAMP
from tests.integration.chat.discord.api import SILENT, Api

Serve = Callable[..., Any]


class TinyEndpoint:
    """Says "over HTTP" to commands; `careless` takes every signature for good."""

    def __init__(self, key: str) -> None:
        self.careless = False
        self.answer: Any = {"type": 4, "data": SILENT | {"content": "over HTTP"}}
        self._key = VerifyKey(bytes.fromhex(key))

    async def handle(self, request: web.Request) -> web.Response:
        body = await request.read()
        if not self.careless and not self._is_signed(request, body):
            return web.Response(status=401)
        if json.loads(body)["type"] == 1:
            return web.json_response({"type": 1})
        if self.answer is None:
            return web.Response(status=202)
        return web.json_response(self.answer)

    def _is_signed(self, request: web.Request, body: bytes) -> bool:
        try:
            signature = bytes.fromhex(request.headers[SIGNATURE])
            signed = request.headers[TIMESTAMP].encode() + body
            self._key.verify(signed, signature)
        except (BadSignatureError, ValueError, KeyError):
            return False
        return True


@pytest.fixture
async def tiny(fake: FakeDiscord, api: Api) -> AsyncIterator[TinyEndpoint]:
    tiny = TinyEndpoint(fake.state.verify_key)
    app = web.Application()
    app.router.add_post("/discord", tiny.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    fake.use_endpoint(f"http://127.0.0.1:{runner.addresses[0][1]}/discord")
    command = {"name": "trip", "description": "Trip"}
    await api("PUT", f"/applications/{fake.application.id}/commands", [command])
    yield tiny
    await runner.cleanup()


async def test_a_ping_is_answered(fake: FakeDiscord, tiny: TinyEndpoint) -> None:
    assert fake.endpoint is not None
    assert await fake.endpoint.ping()


async def test_a_careless_endpoint_is_found_out(
    fake: FakeDiscord, tiny: TinyEndpoint
) -> None:
    assert fake.endpoint is not None
    assert await fake.endpoint.is_careful()
    tiny.careless = True
    assert not await fake.endpoint.is_careful()


async def test_the_reply_is_the_answer(
    fake: FakeDiscord, tiny: TinyEndpoint, ana: Person
) -> None:
    assert (await ana.slash("trip")).text == "over HTTP"
    assert fake.unacknowledged == []


async def test_the_answer_may_come_by_the_callback(
    fake: FakeDiscord, tiny: TinyEndpoint, ana: Person, api: Api
) -> None:
    tiny.answer = None
    asked = ana._command("trip", {}, locale=None)
    path = f"/interactions/{asked.id}/{asked.token}/callback"
    body = {"type": 4, "data": SILENT | {"content": "afterwards"}}
    assert (await api("POST", path, body))[0] == 204
    assert [one.text for one in ana.sees()] == ["afterwards"]


async def test_the_reply_is_held_to_the_same_rules(
    fake: FakeDiscord, tiny: TinyEndpoint, ana: Person
) -> None:
    tiny.answer = {"type": 4, "data": SILENT | {"content": "x" * 2001}}
    ana._command("trip", {}, locale=None)
    await fake.until(lambda: fake.violations)
    assert [one.rule for one in fake.take_violations()] == ["refused"]
