"""Files beside a message."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# Discord's bounds for one message without a paid server.
MAX_FILES = 10
MAX_FILE_BYTES = 10 * 1024 * 1024

# What `attachment://` can name.
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_NAME_LENGTH = 60


@dataclass(frozen=True, kw_only=True)
class File:
    name: str
    content: bytes
    alt: str = ""


def named(name: str, content: bytes, taken: Sequence[str]) -> File | None:
    """Under a name that no other file of the message has; None when it is too big."""
    if len(content) > MAX_FILE_BYTES:
        return None
    safe = _UNSAFE.sub("_", name)[-_NAME_LENGTH:].lstrip(".") or "file"
    if safe in taken:
        safe = f"{len(taken)}-{safe}"
    return File(name=safe, content=content)
