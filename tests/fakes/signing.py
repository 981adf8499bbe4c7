"""A key for tests: smaller, for it is made in a fifth of the time."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from bot.signing import KeyOfFile


@cache
def fake_signer() -> KeyOfFile:
    return KeyOfFile(Path(mkdtemp()) / "key.pem", bits=2048)
