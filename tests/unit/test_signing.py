import asyncio
import stat
from pathlib import Path

import pytest

from bot.signing import KeyOfFile, NoSuchKey


async def test_two_processes_that_start_at_once_have_one_key(tmp_path: Path) -> None:
    path = tmp_path / "data" / "key.pem"
    both = [KeyOfFile(path, bits=2048) for _ in range(2)]
    keys = await asyncio.gather(*(one.public_key() for one in both))
    assert keys[0] == keys[1]
    # Neither `d` nor a prime: the rest would be the private one.
    assert keys[0].keys() == {"kty", "alg", "use", "n", "e"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


async def test_a_file_that_holds_another_thing_is_not_overwritten(
    tmp_path: Path,
) -> None:
    path = tmp_path / "key.pem"
    path.write_text("my notes")
    with pytest.raises(NoSuchKey):
        await KeyOfFile(path).public_key()
    assert path.read_text() == "my notes"
