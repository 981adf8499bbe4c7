import gzip
import os
import re
import shutil
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

LOG = re.compile(r"(?P<service>.*?)-?(?P<day>\d{4}-?\d\d-?\d\d)\.log(?P<packed>\.gz)?.*")


def logs(folder: Path) -> Iterator[tuple[Path, re.Match[str], date]]:
    for path in sorted(folder.iterdir()):
        found = LOG.fullmatch(path.name)
        if found is None or not path.is_file():
            continue
        yield path, found, date.fromisoformat(found["day"])


def compress(path: Path) -> int:
    """Return the bytes that this freed; on failure all is as it was."""
    packed = path.with_name(f"{path.name}.gz")
    unfinished = path.with_name(f"{path.name}.gz.tmp")
    replaced = packed.stat().st_size if packed.exists() else 0
    try:
        with path.open("rb") as source, gzip.open(unfinished, "wb") as target:
            shutil.copyfileobj(source, target)
        os.replace(unfinished, packed)
    finally:
        unfinished.unlink(missing_ok=True)
    freed = path.stat().st_size + replaced - packed.stat().st_size
    path.unlink()
    return freed


def tidy(
    folder: Path,
    today: date,
    *,
    compress_after: int = 2,
    keep: int = 30,
    hold: Collection[str] = (),
) -> dict[str, object]:
    """Compress and delete the logs of `folder`, and tell what was done."""
    compressed, deleted, failed, freed = [], [], [], 0
    for path, found, day in logs(folder):
        age = (today - day).days
        try:
            if age > keep and found["service"] not in hold:
                size = path.stat().st_size
                path.unlink()
                freed += size
                deleted.append(path.name)
            elif age >= compress_after and not found["packed"]:
                freed += compress(path)
                compressed.append(path.name)
        except OSError:
            failed.append(path.name)
    return {
        "compressed": compressed,
        "deleted": deleted,
        "failed": failed,
        "freed": freed,
    }
