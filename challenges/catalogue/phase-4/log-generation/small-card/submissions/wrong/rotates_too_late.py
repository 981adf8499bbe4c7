import gzip
import logging
import os
import re
import shutil
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path


def add_gz(name: str) -> str:
    return f"{name}.gz"


def compress(source: str, target: str) -> None:
    with open(source, "rb") as plain, gzip.open(target, "wb") as packed:
        shutil.copyfileobj(plain, packed)
    os.remove(source)


class Rotating(RotatingFileHandler):
    def shouldRollover(self, record):
        return os.path.getsize(self.baseFilename) >= self.maxBytes


def open_log(path: str, max_bytes: int, keep: int) -> logging.Handler:
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    handler = Rotating(
        path, maxBytes=max_bytes, backupCount=keep, encoding="utf-8"
    )
    handler.namer = add_gz
    handler.rotator = compress
    return handler


def read_log(path: str) -> Iterator[str]:
    current = Path(path)
    rotated = re.compile(re.escape(current.name) + r"\.(\d+)\.gz")
    ages = {}
    for other in current.parent.iterdir():
        if match := rotated.fullmatch(other.name):
            ages[int(match[1])] = other
    for _, packed in sorted(ages.items(), reverse=True):
        with gzip.open(packed, "rt", encoding="utf-8") as file:
            yield from (line.rstrip("\n") for line in file)
    if current.exists():
        with current.open(encoding="utf-8") as file:
            yield from (line.rstrip("\n") for line in file)
