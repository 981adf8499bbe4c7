"""Where a member stands on the roadmap: phase ⊃ topic ⊃ skill.

A skill counts when one of its challenges is solved. The whole is the roadmap's, not the
catalogue's: a topic with a skill that has no challenge yet is not complete, but it can
be `exhausted`, so that nobody is sent to look for what is not there.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

Roadmap = Mapping[int, Mapping[str, Collection[str]]]
"""Phase → id of topic → ids of its skills, in the order of the roadmap."""


@dataclass(frozen=True, kw_only=True)
class SkillStanding:
    id: str
    solved: int
    challenges: int

    @property
    def mastered(self) -> bool:
        return self.solved > 0


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


@dataclass(frozen=True, kw_only=True)
class TopicStanding:
    id: str
    skills: tuple[SkillStanding, ...]

    @property
    def share(self) -> Share:
        return _share(self.skills)


@dataclass(frozen=True, kw_only=True)
class PhaseStanding:
    """Complete when each of its topics is."""

    phase: int
    topics: tuple[TopicStanding, ...]

    @property
    def share(self) -> Share:
        return _share(tuple(skill for topic in self.topics for skill in topic.skills))


def standing(
    solved: Collection[str],
    *,
    roadmap: Roadmap,
    skills_of: Mapping[str, Collection[str]],
) -> tuple[PhaseStanding, ...]:
    """By phase, in the roadmap's order.

    `solved` holds ids of challenges, `skills_of` the skills of every challenge of the
    catalogue. Neither a solved challenge that has left the catalogue nor a skill that
    the roadmap lacks is counted.
    """
    found: dict[str, set[str]] = {}
    for challenge_id, skills in skills_of.items():
        for skill in skills:
            found.setdefault(skill, set()).add(challenge_id)
    done = set(solved)

    def of_skill(skill: str) -> SkillStanding:
        challenges = found.get(skill, set())
        return SkillStanding(
            id=skill, solved=len(challenges & done), challenges=len(challenges)
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


def _share(skills: tuple[SkillStanding, ...]) -> Share:
    return Share(
        mastered=sum(skill.mastered for skill in skills),
        total=len(skills),
        open=sum(not skill.mastered and skill.challenges > 0 for skill in skills),
    )
