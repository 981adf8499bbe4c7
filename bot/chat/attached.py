"""Attached files as text, within bounds."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Protocol, TypeVar

from bot.chat.parse.code import MAX_SOURCE_BYTES, is_code_file

# Nothing that is longer is taken as code; there is room for a mark of the byte order.
MOST_BYTES = MAX_SOURCE_BYTES + 3


class AttachedFile(Protocol):
    """As a platform tells of it before it is fetched."""

    @property
    def filename(self) -> str: ...

    @property
    def size(self) -> int: ...


F = TypeVar("F", bound=AttachedFile)
Fetch = Callable[[F], Awaitable[bytes]]


async def content(attached: F, fetch: Fetch[F]) -> bytes:
    """What is too long is not fetched: a filling of its length is refused alike."""
    if attached.size > MOST_BYTES:
        return b"#" * min(attached.size, 1 << 24)
    return await fetch(attached)


async def source(attached: F, fetch: Fetch[F]) -> str:
    """Bytes that are no UTF-8 become surrogates, which the router refuses by name."""
    return (await content(attached, fetch)).decode(errors="surrogateescape")


async def contents(attached: Iterable[F], fetch: Fetch[F]) -> Mapping[str, bytes]:
    """Of what cannot be handed in the name is enough."""
    return {
        one.filename: await content(one, fetch) if is_code_file(one.filename) else b""
        for one in attached
    }
