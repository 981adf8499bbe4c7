"""What the catalogue practises: skills × kinds × difficulty × language."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from rich.table import Column, Table

from challenges.catalogue_index import Catalogue
from challenges.challenge import LANGUAGES, Challenge, Kind, Language

DIFFICULTIES = range(1, 6)
NOTHING = "-"


@dataclass(frozen=True, kw_only=True)
class Practice:
    """A challenge, by what tells it from the others of its skill."""

    challenge: str
    kind: Kind
    difficulty: int
    language: str | None
    """What is handed in is written in it; None where choices or prose are."""
    texts: tuple[Language, ...]
    """The languages in which it is told."""


@dataclass(frozen=True, kw_only=True)
class SkillCoverage:
    phase: int
    topic: str
    skill: str
    practices: tuple[Practice, ...]


@dataclass(frozen=True, kw_only=True)
class Coverage:
    challenges: int
    """Fewer than the practices: one may practise several skills."""
    skills: tuple[SkillCoverage, ...]

    @property
    def without(self) -> tuple[str, ...]:
        """Skills that no challenge practises."""
        return tuple(one.skill for one in self.skills if not one.practices)

    @property
    def practices(self) -> tuple[Practice, ...]:
        """Each challenge once."""
        each = (practice for one in self.skills for practice in one.practices)
        return tuple({practice.challenge: practice for practice in each}.values())


def coverage_of(catalogue: Catalogue) -> Coverage:
    skills = tuple(
        SkillCoverage(
            phase=topic.phase,
            topic=topic.id,
            skill=skill.id,
            practices=tuple(_practice(one) for one in catalogue.of_skill(skill.id)),
        )
        for topic in catalogue.roadmap.topics
        for skill in topic.skills
    )
    return Coverage(challenges=len(catalogue.all), skills=skills)


def _practice(challenge: Challenge) -> Practice:
    is_code = challenge.kind not in {Kind.QUIZ, Kind.REVIEW}
    return Practice(
        challenge=challenge.id,
        kind=challenge.kind,
        difficulty=challenge.difficulty,
        language=challenge.language if is_code else None,
        texts=tuple(one for one in LANGUAGES if challenge.statement.in_(one).strip()),
    )


def as_json(coverage: Coverage) -> str:
    return json.dumps(asdict(coverage) | {"without": coverage.without}, indent=2)


def by_skill(coverage: Coverage) -> Table:
    """A section for each topic, a row for each challenge of a skill."""
    table = _table("skill", "challenge", "kind", "diff.", "language")
    topic = ""
    for one in coverage.skills:
        if one.topic != topic:
            topic = one.topic
            table.add_section()
            table.add_row(f"{one.phase} {topic}", style="bold")
        for practice in one.practices:
            table.add_row(one.skill, *_cells(practice))
        if not one.practices:
            table.add_row(one.skill, *[NOTHING] * 4)
    return table


def _cells(practice: Practice) -> tuple[str, ...]:
    difficulty = str(practice.difficulty)
    language = practice.language or NOTHING
    return practice.challenge, practice.kind, difficulty, language


def told_in(coverage: Coverage) -> str:
    having = Counter(text for one in coverage.practices for text in one.texts)
    return ", ".join(f"{language} {having[language]}" for language in LANGUAGES)


def by_kind(coverage: Coverage) -> Table:
    """How many challenges of each kind have each difficulty, and each language."""
    table = _table("kind", *map(str, DIFFICULTIES), "all", "languages")
    for kind in Kind:
        of_kind = [one for one in coverage.practices if one.kind is kind]
        having = Counter(one.difficulty for one in of_kind)
        counts = [having[difficulty] for difficulty in DIFFICULTIES]
        shown = [str(count or NOTHING) for count in [*counts, len(of_kind)]]
        table.add_row(kind, *shown, ", ".join(_languages(of_kind)) or NOTHING)
    return table


def _languages(practices: list[Practice]) -> Iterator[str]:
    having = Counter(one.language for one in practices if one.language is not None)
    return (f"{language} {count}" for language, count in having.most_common())


def _table(*names: str) -> Table:
    return Table(*(Column(name, overflow="fold") for name in names))
