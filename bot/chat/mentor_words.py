"""Topics, languages and times as people write them, in either language."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale

from bot.chat.parse.names import CLOSE, folded
from bot.chat.texts import LANGUAGES
from bot.chat.week_words import read_hours
from bot.services.errors import Refused
from challenges.roadmap import Roadmap

MOST_TYPED = 1000
NEAR = 3

_COMMAS = re.compile(r"[,;\n]")
_BETWEEN_LANGUAGES = re.compile(r"[,;\n/&]|\b(?:and|y|e|or|o)\b|\s+")
_EVERYTHING = frozenset({"all", "everything", "todo", "todos", "todas", "*"})

# Spoken where people learn Python together; a name that is typed finds its code.
SPOKEN = (
    *("es", "en", "pt", "fr", "de", "it", "ca", "gl", "eu", "nl", "pl", "ru", "uk"),
    *("ar", "tr", "hi", "bn", "id", "zh", "ja", "ko", "vi", "ro", "cs", "sv", "qu"),
)

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})[ T]+(\d{1,2})(?::(\d{2}))?")
_DAYS_A_WEEK = 7


def read_topics(roadmap: Roadmap, text: str) -> tuple[str, ...]:
    """Topics by id or name, in the order they stand; a skill stands for its topic.

    Raises Refused: bad_topic, bad_topic_near.
    """
    if len(text) > MOST_TYPED:
        raise Refused("bad_topic", typed=_short(text))
    if folded(text.strip()) in _EVERYTHING:
        return tuple(one.id for one in roadmap.topics)
    known = dict(_topic_names(roadmap))
    typed = [folded(one.strip()) for one in _COMMAS.split(text) if one.strip()]
    found: dict[str, None] = {}
    while typed:
        # A skill's name may have commas of its own: the longest that is known wins.
        for size in range(len(typed), 0, -1):
            topic = known.get(", ".join(typed[:size]))
            if topic is not None:
                break
        else:
            size, topic = 1, _meant(known, typed[0])
        found[topic] = None
        del typed[:size]
    return tuple(found)


def topic_completions(
    roadmap: Roadmap, language: str, typed: str
) -> Iterator[tuple[str, str]]:
    """(all that is typed and one topic more, the last one's name)."""
    before, _, last = typed.rpartition(",")
    begun = folded(last.strip())
    kept = before.strip() + ", " if before.strip() else ""
    for topic in roadmap.topics:
        if begun in folded(topic.name.in_(language)) or begun in topic.id:
            yield kept + topic.id, topic.name.in_(language)
    for skill in roadmap.skills if begun else ():
        if begun in folded(skill.name.in_(language)) or begun in skill.id:
            yield kept + skill.id, skill.name.in_(language)


def _topic_names(roadmap: Roadmap) -> Iterator[tuple[str, str]]:
    for topic in roadmap.topics:
        for skill in topic.skills:
            for name in (skill.id, *(skill.name.in_(one) for one in LANGUAGES)):
                yield folded(name), topic.id
    for topic in roadmap.topics:
        for name in (topic.id, *(topic.name.in_(one) for one in LANGUAGES)):
            yield folded(name), topic.id


def _meant(known: Mapping[str, str], typed: str) -> str:
    """The one whose name holds what was typed, if there is but one."""
    held = {topic for name, topic in known.items() if typed in name}
    if len(held) == 1:
        return held.pop()
    near = get_close_matches(typed, known, n=1, cutoff=CLOSE)
    if near and not held:
        return known[near[0]]
    close = sorted(held)[:NEAR] or get_close_matches(typed, known, n=NEAR, cutoff=0.4)
    if not close:
        raise Refused("bad_topic", typed=_short(typed))
    raise Refused("bad_topic_near", typed=_short(typed), near=", ".join(close))


def read_languages(text: str) -> tuple[str, ...]:
    """Codes, the first one most liked. Raises Refused(bad_language)."""
    if len(text) > MOST_TYPED:
        raise Refused("bad_language", typed=_short(text))
    names = _language_names()
    found: dict[str, None] = {}
    for part in filter(None, _BETWEEN_LANGUAGES.split(folded(text))):
        code = names.get(part)
        if code is None:
            raise Refused("bad_language", typed=_short(part))
        found[code] = None
    if not found:
        raise Refused("bad_language", typed=_short(text))
    return tuple(found)


def languages_in(language: str, codes: Sequence[str]) -> str:
    names = Locale.parse(language).languages
    return ", ".join(names.get(one, one) for one in codes)


@cache
def _language_names() -> Mapping[str, str]:
    named = {
        folded(Locale.parse(spoken).languages[code]): code
        for spoken in (*LANGUAGES, "pt", "fr")
        for code in SPOKEN
    }
    return named | {code: code for code in SPOKEN} | {"castellano": "es"}


def read_time(text: str, zone: str, now: datetime) -> datetime:
    """`thu 18`, `jue 18:00`, `2026-03-05 18:30`: by the member's own clock, ahead.

    Raises Refused(bad_time).
    """
    local = now.astimezone(ZoneInfo(zone))
    found = _DATE.fullmatch(text.strip())
    try:
        if found is not None:
            year, month, day, hour = (int(one) for one in found.groups()[:4])
            at = time(hour, int(found[5] or 0))
            return datetime.combine(date(year, month, day), at, ZoneInfo(zone))
        hours = read_hours(text)
    except (ValueError, Refused) as error:
        raise Refused("bad_time", typed=_short(text)) from error
    first = min(
        hours,
        key=lambda one: ((one.weekday - local.weekday()) % _DAYS_A_WEEK, one.hour),
    )
    on = local.date() + timedelta(days=(first.weekday - local.weekday()) % _DAYS_A_WEEK)
    next_one = datetime.combine(on, time(first.hour), ZoneInfo(zone))
    return next_one if next_one > now else next_one + timedelta(days=_DAYS_A_WEEK)


def _short(text: str) -> str:
    return " ".join(text.split())[:40]
