"""The gateway: what may be received over a socket, by whom, and again after a drop.

client                      gateway
  │ ── GET /?v=10&compress= ─► │
  │ ◄── 10 hello ───────────── │
  │ ─── 1 heartbeat ─────────► │ 11 ack
  │ ─── 2 identify ──────────► │ 0 READY, 0 GUILD_CREATE …   a new `Session`
  │ ─── 6 resume ────────────► │ 0 what was missed, 0 RESUMED
  │ ◄── 7 reconnect, 9 invalid session, a close code ── on command
"""

import json
from datetime import timedelta
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.discord.errors import Json
from tests.fakes.discord.session import (
    COMPRESSIONS,
    PRIVILEGED,
    Session,
    Socket,
    is_readable,
)
from tests.fakes.discord.state import State
from tests.fakes.discord.wire import (
    account_json,
    member_json,
    message_json,
    server_json,
)
from tests.fakes.discord.world import Channel, Membership, Message, Server

HEARTBEAT_MS = 41_250
# https://discord.com/developers/docs/events/gateway#rate-limiting
SENDS, SENDS_WINDOW = 120, timedelta(seconds=60)

# What comes of a server that the application is not, or no more, in.
TOLD_TO_STRANGERS = {"INTERACTION_CREATE", "GUILD_DELETE"}

UNKNOWN_OPCODE, DECODE_ERROR, NOT_AUTHENTICATED = 4001, 4002, 4003
BAD_TOKEN, ALREADY_AUTHENTICATED, RATE_LIMITED = 4004, 4005, 4008
SESSION_TIMED_OUT, INVALID_SHARD, DISALLOWED_INTENTS = 4009, 4010, 4014


class Gateway:
    """`shards` is what `/gateway/bot` recommends."""

    def __init__(self, state: State, *, shards: int = 1) -> None:
        self.shards = shards
        self.heartbeat_ms = HEARTBEAT_MS
        self.acknowledging = True
        self.url = ""
        self.sessions: dict[str, Session] = {}
        self.sockets: list[Socket] = []
        self.resumed = 0
        self._state = state
        state.emit = self.emit

    @property
    def ready(self) -> bool:
        """Every shard has a session and a socket."""
        live = {one.shard for one in self.sessions.values() if one.socket}
        return len(live) >= self.shards

    async def until_ready(self) -> None:
        await self._state.bell.until(
            lambda: self.ready, what=lambda: f"no session: {self._state.violations}"
        )

    async def drop(self, code: int | None = None) -> None:
        """Cuts every socket; without a code as if a cable were pulled."""
        for socket in list(self.sockets):
            await socket.cut(code)

    def ask_to_reconnect(self) -> None:
        for socket in list(self.sockets):
            socket.put({"op": 7, "d": None})

    def invalidate(self, *, resumable: bool = False) -> None:
        if not resumable:
            self.forget_sessions()
        for socket in list(self.sockets):
            socket.put({"op": 9, "d": resumable})

    def forget_sessions(self) -> None:
        self.sessions.clear()

    async def check_heartbeats(self) -> None:
        """Closes who did not beat within an interval and a half of the fake's clock."""
        limit = timedelta(milliseconds=self.heartbeat_ms * 1.5)
        for socket in list(self.sockets):
            if self._state.clock() - socket.beat_at > limit:
                await socket.cut(SESSION_TIMED_OUT)

    def emit(self, event: str, data: Any, place: Channel | Server | None) -> None:
        """To the sessions whose shard and intents it concerns."""
        server = place.server if isinstance(place, Channel) else place
        stranger = server and self._state.application.id not in server.members
        if stranger and event not in TOLD_TO_STRANGERS:
            return
        if isinstance(data, Message) and not data.can_be_seen_by(
            self._state.application
        ):
            return
        shard = (int(server.id) >> 22) if server else 0
        for session in self.sessions.values():
            if shard % session.shard_count != session.shard:
                continue
            if session.wants(event, direct=server is None):
                session.dispatch(event, self._told(session, data))

    def _told(self, session: Session, data: Any) -> Any:
        if not isinstance(data, Message):
            return data
        readable = is_readable(data, self._state.application, session.intents)
        body = message_json(data, readable=readable)
        server = data.channel.server
        if server:
            body["guild_id"] = server.id
            if data.author.id in server.members:
                member = member_json(server.members[data.author.id])
                del member["user"]
                body["member"] = member
        return body

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        response = web.WebSocketResponse(max_msg_size=4096)
        await response.prepare(request)
        compression = COMPRESSIONS[request.query.get("compress", "")]
        socket = Socket(response, compression(), self._state.clock())
        self.sockets.append(socket)
        try:
            if (
                request.query.get("v") != "10"
                or request.query.get("encoding") != "json"
            ):
                self._state.violate("gateway", "connect", request.query_string)
            hello = {"heartbeat_interval": self.heartbeat_ms}
            socket.put({"op": 10, "d": hello})
            await self._listen(socket)
        finally:
            self.sockets.remove(socket)
            if socket.session and socket.session.socket is socket:
                socket.session.socket = None
            await socket.close()
            self._state.changed()
        return response

    async def _listen(self, socket: Socket) -> None:
        async for frame in socket.response:
            if frame.type is not WSMsgType.TEXT:
                await self._refuse(socket, DECODE_ERROR, "not a text frame")
                continue
            if self._floods(socket):
                await self._refuse(socket, RATE_LIMITED, "over 120 sends in 60 s")
                continue
            try:
                said = json.loads(frame.data)
            except ValueError:
                await self._refuse(socket, DECODE_ERROR, "not JSON")
                continue
            await self._answer(socket, said)
            self._state.changed()

    def _floods(self, socket: Socket) -> bool:
        now = self._state.clock()
        socket.sent_at = [at for at in socket.sent_at if now - at < SENDS_WINDOW]
        socket.sent_at.append(now)
        return len(socket.sent_at) > SENDS

    async def _refuse(self, socket: Socket, code: int, detail: str) -> None:
        self._state.violate("gateway", str(code), detail)
        await socket.cut(code)

    async def _answer(self, socket: Socket, said: Json) -> None:
        match said.get("op"):
            case 1:
                socket.beat_at = self._state.clock()
                socket.beats += 1
                if self.acknowledging:
                    socket.put({"op": 11, "d": None})
            case 2 if socket.session:
                await self._refuse(socket, ALREADY_AUTHENTICATED, "identify, twice")
            case 2:
                await self._identify(socket, said["d"])
            case 6:
                await self._resume(socket, said["d"])
            case 3 | 4 | 8 if not socket.session:
                await self._refuse(socket, NOT_AUTHENTICATED, "before identify")
            case 3 | 4 | 8:
                pass
            case other:
                await self._refuse(socket, UNKNOWN_OPCODE, f"opcode {other}")

    async def _identify(self, socket: Socket, said: Json) -> None:
        shard, shard_count = said.get("shard", (0, 1))
        if said.get("token") != self._state.token:
            await self._refuse(socket, BAD_TOKEN, "another token")
            return
        if said["intents"] & PRIVILEGED & ~self._state.privileged:
            await self._refuse(socket, DISALLOWED_INTENTS, f"{said['intents']:#x}")
            return
        if not 0 <= shard < shard_count:
            await self._refuse(socket, INVALID_SHARD, f"{shard} of {shard_count}")
            return
        session = Session(
            id=self._state.new_id(),
            shard=shard,
            shard_count=shard_count,
            intents=said["intents"],
        )
        self.sessions[session.id] = session
        socket.session = session
        session.socket = socket
        servers = [
            server
            for server in self._state.servers.values()
            if (int(server.id) >> 22) % shard_count == shard
            and self._state.application.id in server.members
        ]
        session.dispatch("READY", self._greeting(session, servers))
        for server in servers:
            session.dispatch(
                "GUILD_CREATE", server_json(server, self._state.application)
            )

    def _greeting(self, session: Session, servers: list[Server]) -> Json:
        return {
            "v": 10,
            "user": account_json(self._state.application),
            "guilds": [{"id": server.id, "unavailable": True} for server in servers],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": [session.shard, session.shard_count],
            "application": {"id": self._state.application.id, "flags": 0},
        }

    async def _resume(self, socket: Socket, said: Json) -> None:
        session = self.sessions.get(said.get("session_id", ""))
        if said.get("token") != self._state.token:
            await self._refuse(socket, BAD_TOKEN, "another token")
        elif session is None:
            socket.put({"op": 9, "d": False})
        else:
            socket.session = session
            session.socket = socket
            session.replay(after=said["seq"] or 0)
            session.dispatch("RESUMED", {})
            self.resumed += 1


def joined_event(membership: Membership, server: Server) -> Json:
    return {**member_json(membership), "guild_id": server.id}
