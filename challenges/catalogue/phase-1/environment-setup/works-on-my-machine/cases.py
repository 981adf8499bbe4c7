"""Environments of random packages, spelled in as many ways as pip accepts."""

import random
from collections.abc import Iterator

WORDS = ("acme", "cash", "flow", "grid", "mail", "pixel", "queue", "route", "token")
SEPARATORS = ("-", "_", ".", "--")


def spelled(words: tuple[str, ...], rng: random.Random) -> str:
    text = rng.choice(SEPARATORS).join(words)
    return rng.choice((text, text.title(), text.upper()))


def version(rng: random.Random) -> str:
    return ".".join(str(rng.randint(0, 20)) for _ in range(3))


def environment(rng: random.Random) -> tuple[str, str, list[str]]:
    wanted_lines, freeze_lines, problems = [], [], []
    packages = {tuple(rng.sample(WORDS, 2)) for _ in range(rng.randint(3, 7))}
    for words in sorted(packages):
        name, wanted, fate = spelled(words, rng), version(rng), rng.random()
        if fate < 0.3:
            problems.append(f"missing: {name}")
        elif fate < 0.6:
            installed = wanted + ".1"
            freeze_lines.append(f"{spelled(words, rng)}=={installed}")
            problems.append(f"different: {name} has {installed}, needs {wanted}")
        else:
            freeze_lines.append(f"{spelled(words, rng)}=={wanted}")
        wanted_lines.append(f"{name}=={wanted}")
    rng.shuffle(freeze_lines)
    return "\n".join(wanted_lines), "\n".join(freeze_lines), problems


def cases(rng: random.Random) -> Iterator[dict]:
    for _ in range(5):
        wanted, freeze, problems = environment(rng)
        yield {
            "group": "names",
            "files": {"requirements.txt": wanted + "\n"},
            "stdin": freeze + "\n",
            "stdout": "\n".join(problems or ["ready"]) + "\n",
            "exit_status": 1 if problems else 0,
        }
