"""The roadmap: phases hold topics, topics hold skills."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from challenges.challenge import Bilingual

ROADMAP_FILE = Path(__file__).parent / "roadmap.toml"


@dataclass(frozen=True, kw_only=True)
class Skill:
    id: str
    name: Bilingual


@dataclass(frozen=True, kw_only=True)
class Topic:
    id: str
    name: Bilingual
    phase: int
    skills: tuple[Skill, ...]


@dataclass(frozen=True, kw_only=True)
class Phase:
    number: int
    name: Bilingual
    topics: tuple[Topic, ...]

    @property
    def skills(self) -> tuple[Skill, ...]:
        return tuple(skill for topic in self.topics for skill in topic.skills)


@dataclass(frozen=True)
class Roadmap:
    phases: tuple[Phase, ...]

    def phase(self, number: int) -> Phase:
        """Raises KeyError."""
        return self._phases_by_number[number]

    def topic(self, topic_id: str) -> Topic:
        """Raises KeyError."""
        return self.topics_by_id[topic_id]

    def skill(self, skill_id: str) -> Skill:
        """Raises KeyError."""
        return self.skills_by_id[skill_id]

    def topic_of(self, skill_id: str) -> Topic:
        """Raises KeyError."""
        return self._topics_by_skill[skill_id]

    @property
    def topics(self) -> Iterator[Topic]:
        return (topic for phase in self.phases for topic in phase.topics)

    @property
    def skills(self) -> Iterator[Skill]:
        return (skill for topic in self.topics for skill in topic.skills)

    @cached_property
    def topics_by_id(self) -> Mapping[str, Topic]:
        return {topic.id: topic for topic in self.topics}

    @cached_property
    def skills_by_id(self) -> Mapping[str, Skill]:
        return {skill.id: skill for skill in self.skills}

    @cached_property
    def _phases_by_number(self) -> Mapping[int, Phase]:
        return {phase.number: phase for phase in self.phases}

    @cached_property
    def _topics_by_skill(self) -> Mapping[str, Topic]:
        return {skill.id: topic for topic in self.topics for skill in topic.skills}


def load_roadmap(path: Path = ROADMAP_FILE) -> Roadmap:
    with path.open("rb") as file:
        document = tomllib.load(file)
    return Roadmap(tuple(_phase(table) for table in document["phase"]))


def _phase(table: Mapping[str, Any]) -> Phase:
    number = table["number"]
    topics = tuple(_topic(number, topic) for topic in table["topic"])
    return Phase(number=number, name=Bilingual(**table["name"]), topics=topics)


def _topic(phase: int, table: Mapping[str, Any]) -> Topic:
    skills = tuple(
        Skill(id=skill["id"], name=Bilingual(**skill["name"]))
        for skill in table["skill"]
    )
    name = Bilingual(**table["name"])
    return Topic(id=table["id"], name=name, phase=phase, skills=skills)
