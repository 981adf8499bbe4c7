"""A folder of logs, made for each case; what is left of it is read byte by byte."""

import gzip
import os
import random
import resource
import tempfile
from datetime import datetime, timezone
from pathlib import Path

LARGE = 48 * 2**20
NOON_S = 12 * 3_600


def tidy(module, files, today, options=None, touched=None):
    """The report, and what the folder holds afterwards.

    `files` are texts by name. They were last written on the day of their name, or all
    of them on the day `touched`.
    """
    folder = made(files, touched)
    return [told(module, folder, today, **(options or {})), left(folder)]


def tidy_twice(module, files, today):
    folder = made(files, None)
    first = told(module, folder, today)
    return [first, told(module, folder, today), left(folder)]


def tidy_with_no_room(module, files, today, room):
    """On a disk where no new file gets beyond that many bytes."""
    folder = made(files, None)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
    try:
        report = told(module, folder, today)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    return [report, left(folder)]


def tidy_a_large_one(module, name, today):
    folder = made({}, None)
    with open(folder / name, "wb") as file:
        file.truncate(LARGE)
    os.utime(folder / name, (day_of(name), day_of(name)))
    report = told(module, folder, today)
    sizes = {}
    for path in sorted(folder.iterdir()):
        with gzip.open(path) as packed:
            sizes[path.name] = sum(
                len(piece) for piece in iter(lambda: packed.read(2**20), b"")
            )
    return [report["compressed"], sizes]


def made(files, touched):
    folder = Path(tempfile.mkdtemp())
    for name, text in files.items():
        path = folder / name
        if text is None:
            path.mkdir()
            continue
        data = noise(text) if text.startswith("noise ") else text.encode()
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") and text else data)
        if (day := touched or day_of(name)) is not None:
            os.utime(path, (day, day))
    return folder


def noise(text):
    """So many bytes that hardly compress: `noise 9000`."""
    return random.Random(text).randbytes(int(text.split()[1])).hex().encode()


def day_of(name):
    try:
        day = datetime.strptime(name.partition(".")[0][-10:], "%Y-%m-%d")
    except ValueError:
        return None
    return day.replace(tzinfo=timezone.utc).timestamp() + NOON_S


def told(module, folder, today, **options):
    """The report, with what it says was freed as the error of that number."""
    before = size(folder)
    report = dict(module.tidy(folder, today, **options))
    report["freed"] = report["freed"] - (before - size(folder))
    return {
        key: sorted(value) if isinstance(value, (list, tuple, set)) else value
        for key, value in report.items()
    }


def size(folder):
    return sum(path.stat().st_size for path in folder.iterdir() if path.is_file())


def left(folder):
    return {path.name: content(path) for path in sorted(folder.iterdir())}


def content(path):
    if path.is_dir():
        return None
    data = path.read_bytes()
    if path.suffix == ".gz":
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError):
            return "cut off"
    text = data.decode(errors="replace")
    return text if len(text) < 100 else f"{len(text)} characters"
