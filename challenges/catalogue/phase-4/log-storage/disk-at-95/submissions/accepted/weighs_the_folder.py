import gzip
import pathlib
from datetime import datetime


def measure(folder):
    return sum(p.stat().st_size for p in folder.iterdir() if p.is_file())


def parse(name):
    stem = name.removesuffix(".gz").removesuffix(".log")
    if not name.removesuffix(".gz").endswith(".log"):
        return None
    service, day = stem[:-11], stem[-10:]
    if not service or stem[-11:-10] != "-":
        return None
    try:
        return service, datetime.strptime(day, "%Y-%m-%d").date()
    except ValueError:
        return None


def pack(path):
    temporary = path.parent / ("." + path.name + ".part")
    try:
        with open(path, "rb") as source:
            with gzip.open(temporary, "wb") as target:
                while chunk := source.read(65536):
                    target.write(chunk)
        temporary.rename(str(path) + ".gz")
    except OSError:
        temporary.unlink(missing_ok=True)
        return False
    path.unlink()
    return True


def tidy(folder, today, *, compress_after=2, keep=30, hold=frozenset()):
    folder = pathlib.Path(folder)
    before = measure(folder)
    report = {"compressed": [], "deleted": [], "failed": []}
    for path in list(folder.iterdir()):
        known = parse(path.name)
        if known is None or path.is_dir():
            continue
        service, day = known
        age = (today - day).days
        if age > keep and service not in hold:
            path.unlink()
            report["deleted"].append(path.name)
        elif path.suffix == ".log" and age >= compress_after:
            done = pack(path)
            report["compressed" if done else "failed"].append(path.name)
    report["freed"] = before - measure(folder)
    return report
