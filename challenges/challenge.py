"""A challenge as the rest of Cordada sees it, whatever its folder looks like."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Literal

from runner.job import Case, Limits, Profile
from runner.verdict import Verdict

Language = Literal["es", "en"]
LANGUAGES: tuple[Language, ...] = ("es", "en")


SOLUTION_FILE = "solution.py"
LANGUAGES_OF_FILES: Mapping[str, str] = {
    ".py": "python",
    ".yml": "yaml",
    ".yaml": "yaml",
    ".json": "json",
    ".sql": "sql",
    ".toml": "toml",
    ".ini": "ini",
    "dockerfile": "dockerfile",
    "crontab": "crontab",
}


def language_of(file: str) -> str:
    """Of what is handed in, as fences and highlighters call it."""
    name = PurePosixPath(file)
    return LANGUAGES_OF_FILES.get(name.suffix or name.name.lower(), "text")


class Kind(StrEnum):
    FUNCTION = "function"
    PROGRAM = "program"
    SCENARIO = "scenario"
    TESTS = "tests"
    ARTIFACT = "artifact"
    METRIC = "metric"
    QUIZ = "quiz"
    REVIEW = "review"


@dataclass(frozen=True, kw_only=True)
class Bilingual:
    """One text in both languages, each written as its own."""

    es: str
    en: str

    def in_(self, language: str) -> str:
        return self.es if language == "es" else self.en


@dataclass(frozen=True, kw_only=True)
class Group:
    """Cases that probe one thing; `weight` is the group's share of the points.

    A failed hidden case tells the member the group's `title`, and `feedback` if the
    author wrote one; never its data.
    """

    id: str
    title: Bilingual
    weight: int
    visible: bool
    feedback: Bilingual | None = None


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A submission that the author ships, with what it must get."""

    name: str
    source: str
    verdict: Verdict
    fails: tuple[str, ...] = ()
    """Ids of the groups that must fail: their feedback is what its author must read."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    id: str
    text: Bilingual


@dataclass(frozen=True, kw_only=True)
class Question:
    id: str
    text: Bilingual
    choices: tuple[Choice, ...]
    answer: str
    """Id of the right choice."""
    why: Bilingual


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One line of a review's rubric; `points` is the most that it gives."""

    id: str
    text: Bilingual
    points: int


@dataclass(frozen=True, kw_only=True)
class Challenge:
    id: str
    kind: Kind
    phase: int
    topic: str
    skills: tuple[str, ...]
    difficulty: int
    title: Bilingual
    statement: Bilingual
    """Markdown, without the title."""
    explanation: Bilingual
    hints: tuple[Bilingual, ...] = ()
    profile: Profile = Profile.BASE
    limits: Limits = field(default_factory=Limits)
    tags: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    """Ids of challenges to solve first."""
    starter: str = ""
    solution: str = ""
    """The first accepted sample, shown after solving."""
    groups: tuple[Group, ...] = ()
    cases: tuple[Case, ...] = ()
    """The fixed cases; `grading.build_job` adds those generated from the seed."""
    generator: str | None = None
    """The source of `cases.py`."""
    scenario: str | None = None
    checker: str | None = None
    """The source of `checker.py`, for cases with the checker `own`."""
    lessons: Mapping[str, Bilingual] = field(default_factory=dict)
    """What `checker.py` may say is wrong, by key."""
    file: str = SOLUTION_FILE
    """What the member hands in is called; `.py` for Python."""
    data: Mapping[str, bytes] = field(default_factory=dict)
    samples: tuple[Sample, ...] = ()
    questions: tuple[Question, ...] = ()
    rubric: tuple[Criterion, ...] = ()
    digest: str = ""
    """SHA-256 of the folder, so that a submission remembers what it was judged by."""

    def group(self, group_id: str) -> Group:
        return next(group for group in self.groups if group.id == group_id)

    @property
    def language(self) -> str:
        return language_of(self.file)

    @property
    def visible_cases(self) -> tuple[Case, ...]:
        return tuple(case for case in self.cases if case.visible)
