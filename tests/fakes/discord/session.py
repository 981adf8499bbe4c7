"""One client's session on the gateway, and the socket that it comes and goes on."""

import asyncio
import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import Any, Protocol

from aiohttp import web

from tests.fakes.discord.errors import Json
from tests.fakes.discord.world import Account, Message

GUILDS, GUILD_MEMBERS, GUILD_PRESENCES = 1 << 0, 1 << 1, 1 << 8
GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 9, 1 << 12, 1 << 15
PRIVILEGED = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT


def is_readable(message: Message, application: Account, intents: int) -> bool:
    """Content is given without the intent for one's own, direct, and addressed ones."""
    return bool(
        intents & MESSAGE_CONTENT
        or message.author is application
        or message.channel.server is None
        or f"<@{application.id}>" in message.content
        or f"<@!{application.id}>" in message.content
        or (message.reply_to and message.reply_to.author is application)
    )


class Compression(Protocol):
    def frame(self, text: str) -> bytes | str: ...


class _Plain:
    def frame(self, text: str) -> str:
        return text


class _ZlibStream:
    """One stream for the whole socket, flushed at each payload."""

    def __init__(self) -> None:
        self._stream = zlib.compressobj()

    def frame(self, text: str) -> bytes:
        packed = self._stream.compress(text.encode())
        return packed + self._stream.flush(zlib.Z_SYNC_FLUSH)


class _ZstdStream:
    """Asked for only where discord.py finds the same library."""

    def __init__(self) -> None:
        zstandard = import_module("zstandard")
        self._stream = zstandard.ZstdCompressor().compressobj()
        self._flush = zstandard.COMPRESSOBJ_FLUSH_BLOCK

    def frame(self, text: str) -> bytes:
        packed: bytes = self._stream.compress(text.encode())
        return packed + bytes(self._stream.flush(self._flush))


COMPRESSIONS: Mapping[str, Callable[[], Compression]] = {
    "": _Plain,
    "zlib-stream": _ZlibStream,
    "zstd-stream": _ZstdStream,
}


class Socket:
    def __init__(
        self, response: web.WebSocketResponse, compression: Compression, now: datetime
    ) -> None:
        self.response = response
        self.session: Session | None = None
        self.beat_at = now
        self.beats = 0
        self.sent_at: list[datetime] = []
        self._compression = compression
        self._outgoing: asyncio.Queue[Json | None] = asyncio.Queue()
        self._writer = asyncio.create_task(self._write())

    def put(self, payload: Json) -> None:
        """Sent in order, and never waited for."""
        self._outgoing.put_nowait(payload)

    async def cut(self, code: int | None) -> None:
        """With a code properly; without, the connection just breaks."""
        if code is None:
            transport = self.response._req.transport if self.response._req else None
            if transport is not None:
                transport.abort()
        else:
            await self.response.close(code=code)

    async def close(self) -> None:
        self._outgoing.put_nowait(None)
        await self._writer
        await self.response.close()

    async def _write(self) -> None:
        broken = False
        while (payload := await self._outgoing.get()) is not None:
            if broken or self.response.closed:
                continue
            frame = self._compression.frame(json.dumps(payload))
            try:
                if isinstance(frame, bytes):
                    await self.response.send_bytes(frame)
                else:
                    await self.response.send_str(frame)
            except ConnectionError:
                broken = True


@dataclass(kw_only=True, eq=False)
class Session:
    id: str
    shard: int
    shard_count: int
    intents: int
    socket: Socket | None = None
    sent: list[Json] = field(default_factory=list)

    def wants(self, event: str, *, direct: bool) -> bool:
        if event.startswith("MESSAGE_"):
            return bool(self.intents & (DIRECT_MESSAGES if direct else GUILD_MESSAGES))
        if event in ("GUILD_MEMBER_ADD", "GUILD_MEMBER_REMOVE"):
            return bool(self.intents & GUILD_MEMBERS)
        if event.startswith(("GUILD_", "CHANNEL_", "THREAD_")):
            return bool(self.intents & GUILDS)
        return True

    def dispatch(self, event: str, data: Any) -> None:
        """Kept for a resume, and sent if somebody listens."""
        payload = {"op": 0, "t": event, "s": len(self.sent) + 1, "d": data}
        self.sent.append(payload)
        if self.socket is not None:
            self.socket.put(payload)

    def replay(self, *, after: int) -> None:
        if self.socket is not None:
            for payload in self.sent[after:]:
                self.socket.put(payload)
