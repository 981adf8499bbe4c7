"""The roadmap as a map: camps on a ridge, and below them what each holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request

from bot.chat.markdown import inline
from bot.chat.pages.visitor import NotHere, Visitor
from bot.chat.reply import Line
from bot.domain.mastery import SkillState
from bot.domain.progression import PhaseStanding, SkillStanding
from bot.services.roadmap import read_progress
from bot.services.world import World
from challenges.catalogue_index import Catalogue

# Where the camps stand on the ridge, in the map's own units (720 × 250): higher with
# each phase, and no two legs alike, as on a mountain.
CAMPS = (
    (48, 214),
    (150, 186),
    (252, 192),
    (356, 140),
    (462, 122),
    (566, 72),
    (668, 36),
)


STATES = ("mastered", "fading", "started", "open", "none_yet")
COUNTING = frozenset({"mastered", "fading"})


@dataclass(frozen=True, kw_only=True)
class SkillSign:
    name: Line
    state: str
    """One of STATES: ends the key `pages.skill.<state>`."""


@dataclass(frozen=True, kw_only=True)
class TopicCard:
    name: str
    skills: tuple[SkillSign, ...]

    @property
    def mastered(self) -> int:
        return sum(skill.state in COUNTING for skill in self.skills)


@dataclass(frozen=True, kw_only=True)
class Camp:
    number: int
    name: str
    topics: tuple[TopicCard, ...]
    at: tuple[int, int]
    is_here: bool

    @property
    def mastered(self) -> int:
        return sum(topic.mastered for topic in self.topics)

    @property
    def total(self) -> int:
        return sum(len(topic.skills) for topic in self.topics)

    @property
    def is_complete(self) -> bool:
        return self.mastered == self.total


async def roadmap_facts(
    world: World, visitor: Visitor, _: Request
) -> Mapping[str, object]:
    if visitor.member is None:
        raise NotHere
    standings = await read_progress(world, visitor.member)
    return _facts(world.catalogue, visitor, standings)


def plain_roadmap_facts(catalogue: Catalogue, visitor: Visitor) -> Mapping[str, object]:
    """For who is no member: the map without anybody on it."""
    return _facts(catalogue, visitor, ())


def _facts(
    catalogue: Catalogue, visitor: Visitor, standings: Sequence[PhaseStanding]
) -> Mapping[str, object]:
    here = visitor.member.phase if visitor.member else None
    states = {
        skill.id: _state(skill)
        for phase in standings
        for topic in phase.topics
        for skill in topic.skills
    }
    language = visitor.language
    camps = tuple(
        Camp(
            number=phase.number,
            name=phase.name.in_(language),
            topics=tuple(
                TopicCard(
                    name=topic.name.in_(language),
                    skills=tuple(
                        SkillSign(
                            name=inline(skill.name.in_(language)),
                            state=states.get(skill.id, "open"),
                        )
                        for skill in topic.skills
                    ),
                )
                for topic in phase.topics
            ),
            at=at,
            is_here=phase.number == here,
        )
        for phase, at in zip(catalogue.roadmap.phases, CAMPS, strict=True)
    )
    climbed = [camp.at for camp in camps if here is not None and camp.number <= here]
    return {
        "camps": camps,
        "has_standing": bool(standings),
        "states": STATES,
        "ridge": _points(CAMPS),
        "climbed": _points(climbed),
        "mastered": sum(camp.mastered for camp in camps),
        "total": sum(camp.total for camp in camps),
    }


def _state(skill: SkillStanding) -> str:
    if skill.mastered:
        return "fading" if skill.state is SkillState.FADING else "mastered"
    if skill.state is not SkillState.UNSEEN:
        return "started"
    return "open" if skill.challenges else "none_yet"


def _points(places: Sequence[tuple[int, int]]) -> str:
    return " ".join(f"{x},{y}" for x, y in places)
