"""The daily of a phase: which challenge it is, and why that one."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

WEAK_DRAWS = 3
"""A weak skill comes up about three times as often as another while a round lasts:
soon, and without the phase becoming that skill's phase."""

LEAST_TRIES = 4
"""Fewer say more about who tried than about the skill."""

MOST_WEAK = 3
"""More weak skills would be the phase itself, and no choice any more."""


@dataclass(frozen=True, kw_only=True)
class Daily:
    """Unique by community, phase and date: no two posts, whoever posts.

    What it was chosen from stays with it, so that `why` tells of that moment.
    """

    community_id: int
    phase: int
    on: date
    challenge_id: str
    left: int = 0
    """Challenges that had not come in the round yet, this one included."""
    total: int = 0
    """Challenges in the round; 0 for one that was chosen before this was kept."""
    waiting: int = 0
    """Of those left, how many wait for one that they require."""
    weak_skill: str | None = None
    """The skill for which it was more likely to come."""


class Candidate(Protocol):
    """What choosing needs of a `challenges.challenge.Challenge`."""

    @property
    def id(self) -> str: ...

    @property
    def skills(self) -> tuple[str, ...]: ...

    @property
    def requires(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How the members of a phase fared with a challenge of late."""

    challenge_id: str
    failed: int = 0
    """Attempts."""
    solved: int = 0
    stuck: int = 0
    """People who failed and have not solved it."""


def choose(
    candidates: Iterable[Candidate],
    posted: Sequence[Daily],
    *,
    community_id: int,
    phase: int,
    on: date,
    weak_skills: frozenset[str] = frozenset(),
) -> Daily | None:
    """The daily to post; None when there is nothing to choose from.

    `posted` is that community's and phase's, oldest first; what it holds of `on` and
    later is not looked at, so that asking again gives the same answer. In a round each
    candidate comes once, after those that it requires. The draw is a hash of the
    arguments, so that replicas agree.
    """
    every = {candidate.id: candidate for candidate in candidates}
    if not every:
        return None
    past = [daily.challenge_id for daily in posted if daily.on < on]
    left, pool = _eligible(every, past)
    chosen = drawn(
        {one: not weak_skills.isdisjoint(every[one].skills) for one in pool},
        f"{community_id}/{phase}/{on.isoformat()}",
    )
    weak = (one for one in every[chosen].skills if one in weak_skills)
    return Daily(
        community_id=community_id,
        phase=phase,
        on=on,
        challenge_id=chosen,
        left=len(left),
        total=len(every),
        waiting=len(left - pool),
        weak_skill=next(weak, None),
    )


def drawn(pool: dict[str, bool], seed: str) -> str:
    """One of the pool, whose values say which are three times as likely."""

    def draw(name: str) -> bytes:
        # The best of n draws wins n times as often as one: weights without fractions.
        return max(
            hashlib.sha256(f"{seed}/{name}/{n}".encode()).digest()
            for n in range(WEAK_DRAWS if pool[name] else 1)
        )

    return max(sorted(pool), key=draw)


def weak_skills(
    candidates: Iterable[Candidate], tallies: Iterable[Tally]
) -> frozenset[str]:
    """The skills at which more is failed than solved, the worst few of them.

    Who gave up without solving counts as one failure more: it is the trouble that
    attempts alone do not show.
    """
    failed: dict[str, int] = {}
    tried: dict[str, int] = {}
    by_challenge = {tally.challenge_id: tally for tally in tallies}
    for candidate in candidates:
        tally = by_challenge.get(candidate.id)
        for skill in candidate.skills if tally else ():
            failures = tally.failed + tally.stuck if tally else 0
            failed[skill] = failed.get(skill, 0) + failures
            solved = tally.solved if tally else 0
            tried[skill] = tried.get(skill, 0) + failures + solved
    weak = [
        skill
        for skill, tries in tried.items()
        if tries >= LEAST_TRIES and 2 * failed[skill] > tries
    ]
    weak.sort(key=lambda skill: (-failed[skill] / tried[skill], skill))
    return frozenset(weak[:MOST_WEAK])


def _eligible(
    every: dict[str, Candidate], past: Sequence[str]
) -> tuple[set[str], set[str]]:
    """What is left of the round; and of that, what does not wait for a requirement."""
    round_ = _round(past)
    left = every.keys() - round_
    if not left:
        left = set(every)
    ready = {
        challenge_id
        for challenge_id in left
        if left.isdisjoint(set(every[challenge_id].requires) - {challenge_id})
    }
    # Challenges that require each other in a circle would wait for ever.
    ready = ready or set(left)
    # A new round may begin with what ended the last one: not two days running.
    return set(left), ready - set(past[-1:]) or ready


def _round(past: Sequence[str]) -> set[str]:
    """What has been posted since the last repetition, which began a new round."""
    current: set[str] = set()
    for challenge_id in past:
        if challenge_id in current:
            current = set()
        current.add(challenge_id)
    return current
