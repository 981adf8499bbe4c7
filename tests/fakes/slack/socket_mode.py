"""Socket Mode: the application connects to us, and acknowledges on the socket."""

import json
from dataclasses import dataclass, field
from typing import Literal

from aiohttp import WSMsgType, web

from tests.fakes.slack.delivery import Deliveries, Delivery
from tests.fakes.slack.errors import Json
from tests.fakes.slack.state import State

# docs.slack.dev/apis/events-api/using-socket-mode: ten connections at a time.
CONNECTIONS = 10


@dataclass(kw_only=True, repr=False)
class SocketMode:
    state: State
    deliveries: Deliveries = field(init=False)
    connections: list[web.WebSocketResponse] = field(default_factory=list)
    opened: int = 0
    _tickets: set[str] = field(default_factory=set)
    _turn: int = 0

    def new_url(self) -> str:
        ticket = self.state.new_id("ticket-")
        self._tickets.add(ticket)
        return f"{self.state.origin.replace('http', 'ws', 1)}/link/?ticket={ticket}"

    async def connect(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPUnauthorized
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if len(self.connections) == CONNECTIONS:
            self.state.violate("too_many_websockets", "socket")
            await socket.send_json(_disconnect("too_many_websockets"))
            await socket.close()
            return socket
        await self._serve(socket)
        return socket

    async def _serve(self, socket: web.WebSocketResponse) -> None:
        hello: Json = {
            "type": "hello",
            "num_connections": len(self.connections) + 1,
            "debug_info": {"host": "fake"},
            "connection_info": {"app_id": self.state.application.id},
        }
        await socket.send_json(hello)
        self.connections.append(socket)
        self.opened += 1
        self.state.bell.ring()
        try:
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    self._receive(message.data)
        finally:
            self.connections.remove(socket)
            self.state.bell.ring()

    def _receive(self, text: str) -> None:
        told = json.loads(text)
        payload = told.get("payload")
        self.deliveries.acknowledge(told.get("envelope_id", ""), payload)

    async def send(self, delivery: Delivery) -> None:
        if not self.connections:
            self.deliveries.fail(delivery, "connection_failed")
            return
        self._turn += 1
        socket = self.connections[self._turn % len(self.connections)]
        envelope: Json = {
            "envelope_id": delivery.id,
            "payload": delivery.payload,
            "type": delivery.sort,
            "accepts_response_payload": delivery.sort != "events_api",
        }
        if delivery.sort == "events_api":
            envelope |= {
                "retry_attempt": delivery.attempt,
                "retry_reason": delivery.reason or "",
            }
        await socket.send_json(envelope)

    async def connected(self, times: int = 1) -> None:
        """Waits until there were that many connections, and one of them stands."""
        await self.state.bell.until(
            lambda: (self.opened >= times and self.connections) or None,
            told=lambda: f"{self.opened} connections so far",
        )

    async def disconnect(
        self, reason: Literal["warning", "refresh_requested", "link_disabled"]
    ) -> None:
        for socket in list(self.connections):
            await socket.send_json(_disconnect(reason))

    async def drop(self) -> None:
        """Ends every connection with no word before."""
        for socket in list(self.connections):
            await socket.close()


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "fake"}}
