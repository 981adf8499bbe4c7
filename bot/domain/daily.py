"""The daily of a phase."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

WEAK_DRAWS = 3
"""A weak skill comes up about three times as often as another while a round lasts:
soon, and without the phase becoming that skill's phase."""


@dataclass(frozen=True, kw_only=True)
class Daily:
    """Unique by community, phase and date: no two posts, whoever posts."""

    community_id: int
    phase: int
    on: date
    challenge_id: str


class Candidate(Protocol):
    """What choosing needs of a `challenges.challenge.Challenge`."""

    @property
    def id(self) -> str: ...

    @property
    def skills(self) -> tuple[str, ...]: ...

    @property
    def requires(self) -> tuple[str, ...]: ...


def choose(
    candidates: Iterable[Candidate],
    posted: Sequence[Daily],
    *,
    community_id: int,
    phase: int,
    on: date,
    weak_skills: frozenset[str] = frozenset(),
) -> str | None:
    """The id of the challenge to post; None when there is nothing to choose from.

    `posted` is that community's and phase's, oldest first; what it holds of `on` and
    later is not looked at, so that asking again gives the same answer. In a round each
    candidate comes once, after those that it requires. The draw is a hash of the
    arguments, so that replicas agree.
    """
    every = {candidate.id: candidate for candidate in candidates}
    if not every:
        return None
    past = [daily.challenge_id for daily in posted if daily.on < on]
    pool = _eligible(every, past)

    def draw(challenge_id: str) -> bytes:
        weak = not weak_skills.isdisjoint(every[challenge_id].skills)
        # The best of n draws wins n times as often as one: weights without fractions.
        return max(
            hashlib.sha256(
                f"{community_id}/{phase}/{on.isoformat()}/{challenge_id}/{n}".encode()
            ).digest()
            for n in range(WEAK_DRAWS if weak else 1)
        )

    return max(sorted(pool), key=draw)


def _eligible(every: dict[str, Candidate], past: Sequence[str]) -> set[str]:
    """What is left of the round, without what waits for a requirement in it."""
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
    return ready - set(past[-1:]) or ready


def _round(past: Sequence[str]) -> set[str]:
    """What has been posted since the last repetition, which began a new round."""
    current: set[str] = set()
    for challenge_id in past:
        if challenge_id in current:
            current = set()
        current.add(challenge_id)
    return current
