import gzip
import itertools
import logging
from pathlib import Path


class Rotating(logging.Handler):
    def __init__(self, path, max_bytes, keep):
        super().__init__()
        self.path, self.max_bytes, self.keep = Path(path), max_bytes, keep
        self.path.parent.mkdir(parents=True, exist_ok=True)

    def emit(self, record):
        line = (self.format(record) + "\n").encode("utf-8")
        size = self.path.stat().st_size if self.path.exists() else 0
        if size and size + len(line) > self.max_bytes:
            self.rotate()
        with self.path.open("ab") as file:
            file.write(line)

    def rotate(self):
        packed(self.path, self.keep).unlink(missing_ok=True)
        for age in range(self.keep - 1, 0, -1):
            if packed(self.path, age).exists():
                packed(self.path, age).rename(packed(self.path, age + 1))
        packed(self.path, 1).write_bytes(gzip.compress(self.path.read_bytes()))
        self.path.unlink()


def packed(path, age):
    return path.with_name(f"{path.name}.{age}.gz")


def open_log(path, max_bytes, keep):
    return Rotating(path, max_bytes, keep)


def read_log(path):
    path = Path(path)
    count = next(age for age in itertools.count(1) if not packed(path, age).exists())
    content = b"".join(
        gzip.decompress(packed(path, age).read_bytes()) for age in range(count - 1, 0, -1)
    )
    if path.exists():
        content += path.read_bytes()
    return iter(content.decode("utf-8").splitlines())
