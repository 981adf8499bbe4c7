"""Who speaks from this browser: names, and the cookie that keeps them.

There is no password: the chat is a trial tool on one's own machine, and being several
people is what makes boards and mentoring worth trying. So the cookie is data, no proof:
whatever it holds is checked again as if it had been typed.
"""

import base64
import json
import unicodedata
from dataclasses import dataclass, replace

from bot.chat.command import Actor
from bot.chat.texts import LANGUAGES
from bot.chat.web.errors import BadName
from bot.domain.calendar import is_zone

NAME_LIMIT = 32
# Twelve names of 32 four-byte characters, in base64, stay under the 4096 bytes that
# browsers keep of a cookie (RFC 6265 §6.1).
PEOPLE_LIMIT = 12
TAKEN_NAMES = frozenset({"cordada"})


@dataclass(frozen=True, kw_only=True)
class Person:
    name: str
    language: str | None = None
    time_zone: str | None = None

    @property
    def external_id(self) -> str:
        return _folded(self.name)

    def actor(self, *, is_organiser: bool) -> Actor:
        return Actor(
            external_id=self.external_id,
            name=self.name,
            locale=self.language,
            time_zone=self.time_zone,
            is_organiser=is_organiser,
        )


def person_named(
    typed: str, language: str | None = None, time_zone: str | None = None
) -> Person:
    """Raises BadName. An unknown language or zone is left out, not refused."""
    name = " ".join(unicodedata.normalize("NFKC", typed).split())
    if not name:
        raise BadName("empty")
    if len(name) > NAME_LIMIT or len(_folded(name)) > NAME_LIMIT:
        raise BadName("long")
    # C*: controls, and the invisible and direction-changing ones that let a name pass
    # for another or turn the page's text round.
    if any(unicodedata.category(letter).startswith("C") for letter in name):
        raise BadName("invisible")
    if not any(letter.isalnum() for letter in name):
        raise BadName("unpronounceable")
    if _folded(name) in TAKEN_NAMES:
        raise BadName("taken")
    return Person(
        name=name,
        language=language if language in LANGUAGES else None,
        time_zone=time_zone if time_zone and is_zone(time_zone) else None,
    )


def _folded(name: str) -> str:
    # Folding can undo the normal form, so it is normalised again (Unicode, D145).
    folded = unicodedata.normalize("NFKC", name).casefold()
    return unicodedata.normalize("NFKC", folded)


@dataclass(frozen=True, kw_only=True)
class People:
    """The people of one browser, the last used first; `current` may be nobody yet."""

    known: tuple[Person, ...] = ()

    @property
    def current(self) -> Person | None:
        return self.known[0] if self.known else None

    def switched_to(self, person: Person) -> "People":
        """What the person chose before stands where nothing is chosen now."""
        before = [one for one in self.known if one.external_id == person.external_id]
        if before:
            person = replace(
                person,
                language=person.language or before[0].language,
                time_zone=person.time_zone or before[0].time_zone,
            )
        others = [one for one in self.known if one.external_id != person.external_id]
        return People(known=(person, *others)[:PEOPLE_LIMIT])

    def cookie(self) -> str:
        rows = [[one.name, one.language, one.time_zone] for one in self.known]
        text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode()


def people_from(cookie: str | None) -> People:
    """Nobody, for a cookie that is missing or was tampered with."""
    if not cookie:
        return People()
    try:
        rows = json.loads(base64.urlsafe_b64decode(cookie.encode()))
        known = tuple(_person_from(row) for row in rows[:PEOPLE_LIMIT])
    except (ValueError, TypeError, KeyError, RecursionError, BadName):
        return People()
    return People(known=known)


def _person_from(row: object) -> Person:
    match row:
        case [str(name), str() | None as language, str() | None as time_zone]:
            return person_named(name, language, time_zone)
        case _:
            raise ValueError(row)
