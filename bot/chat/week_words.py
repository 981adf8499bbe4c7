"""Hours of the week as people write them: `mon 18-20, sat 10-12`, `lun-vie 18 a 20`.

    text  = group { "," group }        also by `;`, a new line, `and`, `y`
    group = days hours { "," hours }   days without hours take those that follow
    days  = a day, a range of days, weekdays, weekend, every day
    hours = 18-20, 18:00-20:00, 18 a 20, 6pm-8pm, 18h-20h, 18 (one hour)

Whole hours count: of `18:30-20` it is 19 to 20 that is surely free. Past midnight it
goes on into the next day. What is shown (`hours_in`) is read again, in any language.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from babel.dates import get_day_names

from bot.chat.parse.names import folded
from bot.chat.texts import LANGUAGES
from bot.domain.pairing.week import WeekHour
from bot.services.errors import Refused

MOST_TYPED = 500
"""Every hour of a week that somebody lists by hand."""

_HOURS_A_DAY, _DAYS = 24, 7
_SHORTEST = 2

# Folded, as the members of both languages say it.
_SEVERAL: Mapping[str, tuple[int, ...]] = {
    **dict.fromkeys(
        ("weekdays", "weekday", "laborables", "laborable", "entresemana", "habiles"),
        (0, 1, 2, 3, 4),
    ),
    **dict.fromkeys(
        ("weekend", "weekends", "finde", "findes", "findesemana", "finesdesemana"),
        (5, 6),
    ),
    **dict.fromkeys(
        ("everyday", "daily", "all", "alldays", "todos", "todoslosdias", "diario"),
        tuple(range(_DAYS)),
    ),
}
_PHRASES = (
    ("entre semana", "entresemana"),
    ("dias laborables", "laborables"),
    ("dias habiles", "habiles"),
    ("fines de semana", "finesdesemana"),
    ("fin de semana", "findesemana"),
    ("todos los dias", "todoslosdias"),
    ("every day", "everyday"),
    ("each day", "everyday"),
    ("all days", "alldays"),
    ("cada dia", "todoslosdias"),
)
# Between two ends: `18 a 20`, `lunes a viernes`, `9 to 11`, `9 hasta 11`.
_TO = re.compile(r"\s*(?:-|–|—|\b(?:a|al|to|till|until|hasta|through)\b)\s*")
_FILLING = re.compile(
    r"\b(?:from|between|on|de|desde|entre|los|las|el|la|at|h|hrs|horas|hours|hs)\b"
)
_APART = re.compile(r"[,;\n]|\b(?:and|y|e)\b|&|\+")
_CLOCK = (
    r"(?P<{0}hour>\d{{1,2}})(?:[:.h](?P<{0}minute>\d{{2}}))?\s*h?"
    r"\s*(?P<{0}half>[ap]\.?\s?m\.?)?"
)
_PIECE = re.compile(
    rf"(?P<hours>{_CLOCK.format('')}(?:-{_CLOCK.format('last_')})?)"
    r"|(?P<days>[a-z]+\.?(?:-[a-z]+\.?)?)|(?P<odd>\S)"
)


def read_hours(text: str) -> frozenset[WeekHour]:
    """Raises Refused(bad_hours)."""
    if len(text) > MOST_TYPED:
        raise Refused("bad_hours", typed=_shown(text))
    days: set[int] = set()
    found: set[WeekHour] = set()
    has_hours = False
    for piece in _pieces(text):
        if piece["odd"] is not None:
            raise Refused("bad_hours", typed=_shown(text))
        if piece["days"] is not None:
            if has_hours:
                days, has_hours = set(), False
            days |= _days(piece["days"], text)
        elif not days:
            raise Refused("bad_hours", typed=_shown(text))
        else:
            has_hours = True
            found |= _hours(piece, days, text)
    if not found or not has_hours:
        raise Refused("bad_hours", typed=_shown(text))
    return frozenset(found)


def hours_in(language: str, hours: frozenset[WeekHour]) -> str:
    """`mon-wed 18-20, sat 10-12`: days that have the same hours stand together."""
    names = get_day_names("abbreviated", locale=language)
    by_hours: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for day in range(_DAYS):
        own = sorted(one.hour for one in hours if one.weekday == day)
        if own:
            by_hours.setdefault(tuple(_runs(own)), []).append(day)
    told = []
    for runs, days in by_hours.items():
        named = ", ".join(
            names[first].strip(".").casefold()
            if first + 1 == after
            else f"{names[first].strip('.').casefold()}-"
            f"{names[after - 1].strip('.').casefold()}"
            for first, after in _runs(days)
        )
        spans = ", ".join(f"{first}-{after}" for first, after in runs)
        told.append(f"{named} {spans}")
    return "; ".join(told)


def _pieces(text: str) -> Iterator[re.Match[str]]:
    plain = folded(text)
    for phrase, word in _PHRASES:
        plain = plain.replace(phrase, word)
    plain = _TO.sub("-", _FILLING.sub(" ", plain))
    for part in _APART.split(plain):
        yield from _PIECE.finditer(part)


def _days(words: str, typed: str) -> set[int]:
    if words in _SEVERAL:
        return set(_SEVERAL[words])
    first, _, last = words.partition("-")
    start, end = _day(first, typed), _day(last or first, typed)
    # Past Sunday it goes on with Monday.
    return {(start + n) % _DAYS for n in range((end - start) % _DAYS + 1)}


def _day(word: str, typed: str) -> int:
    wanted = word.strip(".")
    for name, day in _day_names().items():
        if len(wanted) >= _SHORTEST and name.startswith(wanted.removesuffix("s")):
            return day
    raise Refused("bad_hours", typed=_shown(typed))


@cache
def _day_names() -> Mapping[str, int]:
    return {
        folded(name): day
        for language in LANGUAGES
        for day, name in get_day_names("wide", locale=language).items()
    }


def _hours(piece: re.Match[str], days: set[int], typed: str) -> set[WeekHour]:
    last_half = piece["last_half"]
    # `6-8pm` means both in the evening.
    start = _minute(piece["hour"], piece["minute"], piece["half"] or last_half, typed)
    if piece["last_hour"] is None:
        end = start + 60
    else:
        end = _minute(piece["last_hour"], piece["last_minute"], last_half, typed)
    if end <= start:
        end += _HOURS_A_DAY * 60
    first, after = -(-start // 60), end // 60
    if after - first > _HOURS_A_DAY:
        raise Refused("bad_hours", typed=_shown(typed))
    return {
        WeekHour((day + hour // _HOURS_A_DAY) % _DAYS, hour % _HOURS_A_DAY)
        for day in days
        for hour in range(first, after)
    }


def _minute(hour: str, minute: str | None, half: str | None, typed: str) -> int:
    number, minutes = int(hour), int(minute or 0)
    if half is not None:
        if not 1 <= number <= 12:  # noqa: PLR2004 -- the clock's face
            raise Refused("bad_hours", typed=_shown(typed))
        number = number % 12 + (12 if half.startswith("p") else 0)
    if number > _HOURS_A_DAY or minutes >= 60:  # noqa: PLR2004 -- minutes an hour
        raise Refused("bad_hours", typed=_shown(typed))
    return number * 60 + minutes


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    """(first, one after the last) of each."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number:
            runs[-1] = (runs[-1][0], number + 1)
        else:
            runs.append((number, number + 1))
    return runs


def _shown(text: str) -> str:
    return " ".join(text.split())[:40]
