"""Files beside a message."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# What `attachment://` on Discord can name; no platform minds it.
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_NAME_LENGTH = 60


@dataclass(frozen=True, kw_only=True)
class File:
    name: str
    content: bytes
    alt: str = ""


def named(name: str, content: bytes, taken: Sequence[str]) -> File:
    """Under a name that no other file of the message has."""
    safe = _UNSAFE.sub("_", name)[-_NAME_LENGTH:].lstrip(".") or "file"
    if safe in taken:
        safe = f"{len(taken)}-{safe}"
    return File(name=safe, content=content)
