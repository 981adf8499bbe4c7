"""Where a member stands on the roadmap."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.domain.event import Event
from bot.domain.leadership import (
    EvidenceStanding,
    LeadershipScore,
    evidence_of,
    leadership_score,
)
from bot.domain.mastery import memories
from bot.domain.member import Member
from bot.domain.progression import PhaseStanding, Roadmap, standing
from bot.services.record import record_of
from bot.services.world import World
from challenges.catalogue_index import Catalogue
from challenges.challenge import Challenge, Kind

CONTRIBUTION_TOPIC: Final = "community-contribution"


@dataclass(frozen=True, kw_only=True)
class RoadmapView:
    """A member's map, for every page that draws it."""

    phases: Sequence[PhaseStanding]
    evidence: Sequence[EvidenceStanding]
    """What phase 7 asks beside its challenges."""
    leadership: LeadershipScore
    solved: frozenset[str]
    """Ids of challenges."""


async def read_map(world: World, member: Member) -> RoadmapView:
    async with world.unit_of_work() as unit:
        events = await unit.events.of_person(member.person_id)
    return RoadmapView(
        phases=progress_of(world.catalogue, events, today=world.today_of(member)),
        evidence=evidence_of(events),
        leadership=leadership_score(events),
        solved=record_of(events).solved,
    )


def is_contribution(challenge: Challenge) -> bool:
    """What its readers accept is a contribution to the community's craft."""
    return challenge.topic == CONTRIBUTION_TOPIC and challenge.kind is Kind.REVIEW


async def read_progress(world: World, member: Member) -> Sequence[PhaseStanding]:
    """By phase, in the roadmap's order."""
    async with world.unit_of_work() as unit:
        events = await unit.events.of_person(member.person_id)
    return progress_of(world.catalogue, events, today=world.today_of(member))


def progress_of(
    catalogue: Catalogue, events: Iterable[Event], *, today: date
) -> Sequence[PhaseStanding]:
    challenges = challenges_by_id(catalogue)
    return standing(
        memories(events, challenges=challenges),
        roadmap=skills_by_topic(catalogue),
        challenges=challenges,
        today=today,
    )


def challenges_by_id(catalogue: Catalogue) -> Mapping[str, Challenge]:
    return {challenge.id: challenge for challenge in catalogue.all}


def skills_by_topic(catalogue: Catalogue) -> Roadmap:
    return {
        phase.number: {
            topic.id: [skill.id for skill in topic.skills] for topic in phase.topics
        }
        for phase in catalogue.roadmap.phases
    }
