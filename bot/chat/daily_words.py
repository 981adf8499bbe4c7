"""Weekdays and phases as organisers write them: `lun-vie`, `1, 3-5`, `all`."""

import re
from collections.abc import Mapping

from babel.dates import get_day_names

from bot.chat.parse.names import folded
from bot.chat.texts import LANGUAGES
from bot.domain.schedule import EVERY_DAY, EVERY_PHASE
from bot.services.errors import Refused

# What both languages say for everything, folded.
_ALL = frozenset({"all", "every", "everyday", "todas", "todos", "*"})
_LAST_DAY = 6
_SHORTEST = 2


def read_weekdays(text: str) -> frozenset[int]:
    """Raises Refused(bad_weekdays)."""
    if folded(text.strip()) in _ALL:
        return EVERY_DAY
    read: set[int] = set()
    for part in filter(None, re.split(r"[,;\s]+", text.strip())):
        first, _, last = part.partition("-")
        start, end = _weekday(first, text), _weekday(last or first, text)
        # Past Sunday it goes on with Monday: `sat-mon`.
        read.update((start + n) % 7 for n in range((end - start) % 7 + 1))
    if not read:
        raise Refused("bad_weekdays", typed=text[:40])
    return frozenset(read)


def read_phases(text: str) -> frozenset[int]:
    """Raises Refused(bad_phases)."""
    if folded(text.strip()) in _ALL:
        return EVERY_PHASE
    read: set[int] = set()
    for part in filter(None, re.split(r"[,;\s]+", text.strip())):
        found = re.fullmatch(r"([1-7])(?:-([1-7]))?", part)
        if found is None:
            raise Refused("bad_phases", typed=text[:40])
        read.update(range(int(found[1]), int(found[2] or found[1]) + 1))
    if not read:
        raise Refused("bad_phases", typed=text[:40])
    return frozenset(read)


def weekdays_in(language: str, days: frozenset[int]) -> str:
    """Read by `read_weekdays` again, in any language."""
    names = get_day_names("abbreviated", locale=language)
    return _ranges([names[day].strip(".") for day in range(7)], sorted(days))


def phases_in(phases: frozenset[int]) -> str:
    return _ranges([str(n) for n in range(8)], sorted(phases))


def _weekday(word: str, typed: str) -> int:
    wanted = folded(word.strip("."))
    if wanted.isdecimal() and 1 <= int(wanted) <= _LAST_DAY + 1:
        return int(wanted) - 1
    for name, day in _names().items():
        if len(wanted) >= _SHORTEST and name.startswith(wanted):
            return day
    raise Refused("bad_weekdays", typed=typed[:40])


def _names() -> Mapping[str, int]:
    return {
        folded(name): day
        for language in LANGUAGES
        for day, name in get_day_names("wide", locale=language).items()
    }


def _ranges(names: list[str], numbers: list[int]) -> str:
    """`1-3, 5`: runs of three and more are told by their ends."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = []
    for run in runs:
        if len(run) > _SHORTEST:
            told.append(f"{names[run[0]]}-{names[run[-1]]}")
        else:
            told += [names[n] for n in run]
    return ", ".join(told)
