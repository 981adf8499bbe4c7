"""A station that logs, loses its power, and is read: on a folder of the case's own."""

import gzip
import logging
import os
import re
import tempfile

NAME = "rain.log"


def station(module, runs, max_bytes, keep):
    """The files after the runs, as [name, lines] from the oldest to the newest.

    A run is the records written between two starts of the program.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "logs", NAME)
        work(module, path, runs, max_bytes, keep)
        return [[name, content] for name, content in files(path)]


def first_start(module, records):
    """As `station`, where there is no folder yet."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "data", "logs", NAME)
        work(module, path, [records], 1_000, 3, folder_is_there=False)
        return [[name, content] for name, content in files(path)]


def report(module, runs, max_bytes, keep):
    """Of runs given as counts of numbered records: what is there in the end.

    The files' names, those that hold more than the limit, those before the current one
    that could have held a record more, and those that cannot be read as they should.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "logs", NAME)
        work(module, path, numbered(runs), max_bytes, keep)
        found = files(path)
    sizes = {n: sum(len(line) + 1 for line in c) for n, c in found if type(c) is list}
    longest = 26
    return {
        "files": sorted(name for name, _ in found),
        "too big": [name for name, size in sizes.items() if size > max_bytes],
        "hardly used": [
            name
            for name, size in sizes.items()
            if name != NAME and size + longest + 1 <= max_bytes
        ],
        "unreadable": [name for name, content in found if type(content) is str],
    }


def packed(module, runs, max_bytes, keep):
    """How the current file and the rotated ones are kept, by their first bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "logs", NAME)
        work(module, path, numbered(runs), max_bytes, keep)
        kept = []
        for name in sorted(os.listdir(os.path.dirname(path))):
            with open(os.path.join(folder, "logs", name), "rb") as file:
                kept.append([name, "gzip" if file.read(2) == b"\x1f\x8b" else "plain"])
        current = [kind for name, kind in kept if name == NAME]
        return [current, sorted({kind for name, kind in kept if name != NAME})]


def sequence(module, runs, max_bytes, keep):
    """The last record, and where the numbers do not follow one another."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "logs", NAME)
        work(module, path, numbered(runs), max_bytes, keep)
        lines = [line for _, content in files(path) for line in content]
    numbers = [int(line[:5]) if line[:5].isdigit() else -1 for line in lines]
    leaps = [[a, b] for a, b in zip(numbers, numbers[1:]) if b != a + 1]
    return [numbers[-1:], leaps[:3]]


def read(module, laid, name=NAME):
    """What read_log makes of a folder with these files: a name and its lines each."""
    with tempfile.TemporaryDirectory() as folder:
        for other, lines in laid.items():
            content = "".join(f"{line}\n" for line in lines).encode()
            if ".gz" in other:
                content = gzip.compress(content)
            with open(os.path.join(folder, other), "wb") as file:
                file.write(content)
        return list(module.read_log(os.path.join(folder, name)))


def read_after(module, runs, max_bytes, keep):
    """What read_log makes of what the handler wrote."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, NAME)
        work(module, path, runs, max_bytes, keep)
        return list(module.read_log(path))


def work(module, path, runs, max_bytes, keep, folder_is_there=True):
    if folder_is_there:
        os.makedirs(os.path.dirname(path), exist_ok=True)
    logger = logging.Logger("station", logging.INFO)
    for records in runs:
        handler = module.open_log(path, max_bytes, keep)
        handler.setFormatter(logging.Formatter("%(message)s"))
        logger.addHandler(handler)
        for record in records:
            logger.info(record)
        logger.removeHandler(handler)
        handler.close()


def numbered(runs):
    number = 0
    for count in runs:
        yield [f"{n:05} rain {n % 7}.{n % 10} mm" + " ok" * (n % 3) for n in range(number, number + count)]
        number += count


def files(path):
    """Oldest first: each name and its lines, or why it cannot be read."""
    folder = os.path.dirname(path)
    names = os.listdir(folder) if os.path.isdir(folder) else []

    def age(name):
        match = re.fullmatch(re.escape(NAME) + r"\.(\d+)\.gz", name)
        return -int(match[1]) if match else (0 if name == NAME else -1_000_000)

    return [(n, lines_of(os.path.join(folder, n))) for n in sorted(names, key=age)]


def lines_of(path):
    with open(path, "rb") as file:
        content = file.read()
    if path.endswith(".gz"):
        try:
            content = gzip.decompress(content)
        except (OSError, EOFError):
            return "not gzip"
    return content.decode("utf-8", "replace").splitlines()
