"""Attached files as text, within bounds."""

from collections.abc import Iterable, Mapping

from bot.chat.discord.api import Api
from bot.chat.discord.heard import Attachment
from bot.chat.parse.code import MAX_SOURCE_BYTES

# Nothing that is longer is taken as code; there is room for a mark of the byte order.
MOST_BYTES = MAX_SOURCE_BYTES + 3


async def content(api: Api, attachment: Attachment) -> bytes:
    """What is too long is not fetched: a filling of its length is refused alike."""
    if attachment.size > MOST_BYTES:
        return b"#" * min(attachment.size, 1 << 24)
    return await api.download(attachment)


async def source(api: Api, attachment: Attachment) -> str:
    """Bytes that are no UTF-8 become surrogates, which the router refuses by name."""
    return (await content(api, attachment)).decode(errors="surrogateescape")


async def contents(api: Api, attached: Iterable[Attachment]) -> Mapping[str, bytes]:
    """Only Python files are fetched: of others the name is enough."""
    return {
        one.filename: await content(api, one)
        if one.filename.casefold().endswith(".py")
        else b""
        for one in attached
    }
