"""Where a member stands on the roadmap: phase ⊃ topic ⊃ skill.

A phase is complete when each of its topics is, and a topic when each of its skills is
mastered (`bot/domain/mastery.py`). The whole is the roadmap's, not the catalogue's: a
topic with a skill that has no challenge yet is not complete, but it can be `exhausted`,
so that nobody is sent to look for what is not there.

Two things follow from it, and ask different amounts. To be *promoted* says something to
others: something of each topic was shown, and nothing that can be shown is missing; a
topic without any challenge is not done by doing nothing. To *go on* is a member's own
choice, and asks only that nothing is left to do: nobody is held back by what the
catalogue lacks.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.event import Event, EventKind
from bot.domain.mastery import UNSEEN, Memory, SkillState, Trains

Roadmap = Mapping[int, Mapping[str, Collection[str]]]
"""Phase → id of topic → ids of its skills, in the order of the roadmap."""

FIRST_PHASE, LAST_PHASE = 1, 7


class Way(StrEnum):
    """How a member came into a phase: `how` in the facts of PHASE_CHANGED."""

    CHOSEN = "chosen"
    PLACED = "placed"
    PROMOTED = "promoted"


@dataclass(frozen=True, kw_only=True)
class SkillStanding:
    id: str
    state: SkillState
    level: float
    """From 0 to 1, today."""
    mastered: bool
    """It counts: mastered, or fading and not yet faded."""
    challenges: int
    """In the catalogue; without any it cannot be mastered yet."""

    @property
    def is_open(self) -> bool:
        return not self.mastered and self.challenges > 0


@dataclass(frozen=True, kw_only=True)
class Share:
    """A count of skills; `open` of them can be mastered now and are not."""

    mastered: int
    total: int
    open: int

    @property
    def ratio(self) -> float:
        return self.mastered / self.total if self.total else 0.0

    @property
    def complete(self) -> bool:
        return 0 < self.mastered == self.total

    @property
    def exhausted(self) -> bool:
        """Not complete, and nothing in the catalogue can bring it further today."""
        return not self.complete and self.open == 0

    @property
    def done(self) -> bool:
        """Nothing is left to do in it, and something was: complete, or exhausted."""
        return self.mastered > 0 and self.open == 0


@dataclass(frozen=True, kw_only=True)
class TopicStanding:
    id: str
    skills: tuple[SkillStanding, ...]

    @property
    def share(self) -> Share:
        return _share(self.skills)

    @property
    def has_challenges(self) -> bool:
        return any(skill.challenges for skill in self.skills)


@dataclass(frozen=True, kw_only=True)
class PhaseStanding:
    phase: int
    topics: tuple[TopicStanding, ...]

    @property
    def share(self) -> Share:
        return _share(tuple(skill for topic in self.topics for skill in topic.skills))

    @property
    def done(self) -> bool:
        """Enough to be promoted: what a topic's skills lack is no fault of theirs."""
        return all(topic.share.done for topic in self.topics)

    @property
    def has_gaps(self) -> bool:
        """There is a topic of which nothing can be shown: it cannot be done today."""
        return not all(topic.has_challenges for topic in self.topics)

    @property
    def has_challenges(self) -> bool:
        return any(topic.has_challenges for topic in self.topics)


def standing(
    memories: Mapping[str, Memory],
    *,
    roadmap: Roadmap,
    challenges: Mapping[str, Trains],
    today: date,
) -> tuple[PhaseStanding, ...]:
    """By phase, in the roadmap's order; `challenges` are the catalogue's, by id.

    What is known of a skill that the roadmap lacks is not counted.
    """
    found: dict[str, int] = {}
    for challenge in challenges.values():
        for skill in challenge.skills:
            found[skill] = found.get(skill, 0) + 1

    def of_skill(skill: str) -> SkillStanding:
        memory = memories.get(skill, UNSEEN)
        return SkillStanding(
            id=skill,
            state=memory.state_on(today),
            level=memory.level_on(today),
            mastered=memory.counts_on(today),
            challenges=found.get(skill, 0),
        )

    return tuple(
        PhaseStanding(
            phase=phase,
            topics=tuple(
                TopicStanding(id=topic, skills=tuple(map(of_skill, skills)))
                for topic, skills in topics.items()
            ),
        )
        for phase, topics in roadmap.items()
    )


def promotion(
    before: Sequence[PhaseStanding], after: Sequence[PhaseStanding], *, phase: int
) -> int | None:
    """The phase to promote to, when what happened in between finished `phase`.

    Only finishing it promotes, not its being finished: who goes back to a phase of
    their own will is left there. It leads past later phases that are done already, and
    not into one without challenges: there, a member would stand before an empty daily.
    Nobody is promoted by finishing a phase that they are not in.
    """
    if phase >= LAST_PHASE or not _done(after, phase) or _done(before, phase):
        return None
    later = (one for one in after if one.phase > phase and not one.done)
    following = next(later, None)
    return following.phase if following and following.has_challenges else None


def phase_of(events: Iterable[Event], *, member_id: int) -> int:
    """Where the member stands by their person's events, in the log's order."""
    stood = [
        int(event.facts["to"])
        for event in events
        if event.kind is EventKind.PHASE_CHANGED and event.member_id == member_id
    ]
    return stood[-1] if stood else FIRST_PHASE


def reached(events: Iterable[Event], *, member_id: int, phase: int) -> int:
    """The highest phase that the member has stood in; `phase` is where they stand."""
    stood = [
        int(event.facts[end])
        for event in events
        if event.kind is EventKind.PHASE_CHANGED and event.member_id == member_id
        for end in ("from", "to")
    ]
    return max(phase, *stood) if stood else phase


def farthest(standings: Sequence[PhaseStanding], *, reached: int) -> int:
    """The highest phase that may be chosen without a test.

    It leads on through phases in which nothing is left to do: those that are done, and
    those for which there is nothing to show yet. Beyond, a phase and its role would
    say something that nobody has shown.
    """
    left = {one.phase: one.share.open for one in standings}
    phase = reached
    while phase < LAST_PHASE and not left[phase]:
        phase += 1
    return phase


def _done(standings: Sequence[PhaseStanding], phase: int) -> bool:
    return any(one.phase == phase and one.done for one in standings)


def _share(skills: tuple[SkillStanding, ...]) -> Share:
    return Share(
        mastered=sum(skill.mastered for skill in skills),
        total=len(skills),
        open=sum(skill.is_open for skill in skills),
    )
