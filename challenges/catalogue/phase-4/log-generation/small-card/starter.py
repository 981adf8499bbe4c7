import gzip
import logging
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler


def open_log(path: str, max_bytes: int, keep: int) -> logging.Handler:
    return logging.FileHandler(path)


def read_log(path: str) -> Iterator[str]:
    ...
