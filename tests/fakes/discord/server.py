"""The API, the gateway and the CDN behind one loopback port."""

import json
import re
from collections.abc import Mapping
from traceback import format_exception
from typing import Any

from aiohttp import BodyPartReader, web

from tests.fakes.discord import answers, followups, messages, places, rates, registry
from tests.fakes.discord.description import UNKNOWN_FIELD
from tests.fakes.discord.errors import Json, Problem, Refused, refuse
from tests.fakes.discord.faults import Fault, Faults
from tests.fakes.discord.gateway import Gateway
from tests.fakes.discord.limits import FILE_BYTES
from tests.fakes.discord.rates import Rates
from tests.fakes.discord.request import Request, Row
from tests.fakes.discord.state import Exchange, State
from tests.fakes.discord.world import File

API = "/api/v10"
# Exactly so: with a charset behind it, discord.py takes the body for a text.
JSON_TYPE = "application/json"
# Refusals that say that the application is wrong, not that the world has changed.
FAULTY = {0, 40005, 50006, 50035}
# What discord.py says beyond the description, and Discord has always taken.
TOLERATED = {"tts", "nsfw"}
FILE_FIELD = re.compile(r"files\[(\d)\]")
ROWS: tuple[Row, ...] = (
    *registry.ROUTES,
    *messages.ROUTES,
    *places.ROUTES,
    *answers.ROUTES,
    *followups.ROUTES,
)


def json_response(
    body: Any, status: int = 200, headers: Mapping[str, str] | None = None
) -> web.Response:
    # Discord names the proxy; discord.py takes a 429 without it for a ban.
    said = {"Content-Type": JSON_TYPE, "Via": "1.1 fake", **(headers or {})}
    return web.Response(body=json.dumps(body).encode(), status=status, headers=said)


class Server:
    def __init__(
        self, state: State, gateway: Gateway, faults: Faults, limits: Rates
    ) -> None:
        self.url = ""
        self._state = state
        self._gateway = gateway
        self._faults = faults
        self._rates = limits
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application(client_max_size=12 * FILE_BYTES)
        for row in ROWS:
            app.router.add_route(row.method, API + row.template, self._answerer(row))
        app.router.add_get(f"{API}/gateway", self._where_gateway)
        app.router.add_get(f"{API}/gateway/bot", self._where_gateway)
        app.router.add_get("/{path:attachments/.*}", self._download)
        app.router.add_get("/", self._gateway.connect)
        app.router.add_route("*", "/{rest:.*}", self._unknown)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{port}"
        self._gateway.url = f"ws://127.0.0.1:{port}/"
        self._state.cdn_url = self.url

    async def stop(self) -> None:
        self._faults.release()
        await self._gateway.drop(1001)
        if self._runner is not None:
            await self._runner.cleanup()

    async def _where_gateway(self, http: web.Request) -> web.Response:
        start = {"total": 1000, "remaining": 999, "reset_after": 0}
        start["max_concurrency"] = max(1, self._gateway.shards)
        body = {"url": self._gateway.url, "shards": self._gateway.shards}
        return json_response(body | {"session_start_limit": start})

    async def _download(self, http: web.Request) -> web.Response:
        attachment = self._state.files.get(http.match_info["path"])
        if attachment is None:
            raise web.HTTPNotFound
        return web.Response(
            body=attachment.file.content, content_type=attachment.content_type
        )

    async def _unknown(self, http: web.Request) -> web.Response:
        self._state.violate("no such route here", f"{http.method} {http.path}")
        self._note(http, 404)
        return json_response({"message": "404: Not Found", "code": 0}, 404)

    def _answerer(self, row: Row) -> Any:
        async def answered(http: web.Request) -> web.StreamResponse:
            return await self._serve(row, http)

        return answered

    async def _serve(self, row: Row, http: web.Request) -> web.StreamResponse:
        body, files = await _read(http)
        request = Request(
            method=row.method,
            template=row.template,
            params=http.match_info,
            query=http.query,
            body=body,
            files=files,
        )
        await self._faults.passed(request.where)
        fault = self._faults.take(request.where)
        if fault and not fault.after_effect:
            return self._befall(fault, http)
        window, everywhere = self._rates.count(request, by_token=row.by_token)
        if window.over or self._state.banned:
            wait_s = rates.left_s(window)
            return self._slow_down(http, wait_s, everywhere=everywhere)
        response = self._handle(row, http, request, window)
        return self._befall(fault, http) if fault else response

    def _handle(
        self, row: Row, http: web.Request, request: Request, window: rates.Window
    ) -> web.Response:
        said = rates.headers(request.where, window)
        try:
            if not row.by_token:
                self._authorise(http)
            self._hold_against_description(request)
            body = row.handler(self._state, request)
        except Refused as refused:
            self._note(http, refused.status, refused.code)
            if refused.code in FAULTY:
                self._state.violate("refused", request.where, refused)
            return json_response(refused.body(), refused.status, said)
        except Exception as fallen:  # noqa: BLE001 - told at once, not tried again
            where = f"{request.where} {request.body}"
            self._state.violate("the fake fell", where, format_exception(fallen))
            return json_response({"message": "fallen", "code": 0}, 501, said)
        self._note(http, 204 if body is None else 200)
        if body is None:
            return web.Response(status=204, headers=said)
        return json_response(body, 200, said)

    def _authorise(self, http: web.Request) -> None:
        if http.headers.get("Authorization") != f"Bot {self._state.token}":
            raise Refused(0)

    def _hold_against_description(self, request: Request) -> None:
        refuse(self.description_problems(request))

    def description_problems(self, request: Request) -> list[Problem]:
        """Those that Discord refuses; a field that nobody knows is a violation only."""
        if self._state.description is None or request.body is None:
            return []
        found = self._state.description.problems(
            request.method, request.template, request.body
        )
        refused = [one for one in found if one.code != UNKNOWN_FIELD]
        for problem in () if refused else found:
            if problem.path[-1] not in TOLERATED:
                self._state.violate("unknown field", request.where, problem)
        return refused

    def _befall(self, fault: Fault, http: web.Request) -> web.Response:
        if fault.status == 429:
            wait_s = fault.retry_after_s
            return self._slow_down(http, wait_s, everywhere=fault.everywhere)
        self._note(http, fault.status)
        if fault.status:
            return json_response({"message": "the fake fails", "code": 0}, fault.status)
        if http.transport is not None:
            http.transport.abort()
        return web.Response(status=500)

    def _slow_down(
        self, http: web.Request, wait_s: float, *, everywhere: bool
    ) -> web.Response:
        self._note(http, 429)
        said = {
            "Retry-After": f"{wait_s:.3f}",
            "X-RateLimit-Scope": "global" if everywhere else "user",
        }
        if everywhere:
            said["X-RateLimit-Global"] = "true"
        body: Json = {"message": "You are being rate limited.", "retry_after": wait_s}
        return json_response(body | {"global": everywhere}, 429, said)

    def _note(self, http: web.Request, status: int, code: int = 0) -> None:
        path = http.path.removeprefix(API)
        exchange = Exchange(method=http.method, path=path, status=status, code=code)
        self._state.exchanges.append(exchange)
        if status in (401, 403, 429):
            self._state.count_invalid()
        self._state.changed()


async def _read(http: web.Request) -> tuple[Any, dict[int, File]]:
    """:raises aiohttp.web.HTTPBadRequest: for what no client of Discord sends."""
    if http.content_type == JSON_TYPE:
        return await http.json(), {}
    if not http.content_type.startswith("multipart/"):
        return None, {}
    body, files = None, {}
    async for part in await http.multipart():
        assert isinstance(part, BodyPartReader)
        if part.name == "payload_json":
            body = json.loads(await part.read(decode=True))
        elif found := FILE_FIELD.fullmatch(part.name or ""):
            content = bytes(await part.read(decode=True))
            files[int(found[1])] = File(name=part.filename or "file", content=content)
        else:
            raise web.HTTPBadRequest(text=f"what is {part.name}?")
    return body, files
