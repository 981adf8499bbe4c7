"""Points: earned once for each challenge, on its first acceptance.

Nothing else earns: a partial verdict shows how far a submission got and pays nothing
yet, because points that come in slices would pay for handing in the same code twice.
Speed earns nothing either: members of other time zones read the daily hours later.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from runner.verdict import Verdict

EASIEST_POINTS = 80
"""The smallest base under 100 that stays whole through four steps of 3/2."""

STEP = (3, 2)
"""Each difficulty pays half as much again as the one below: 80, 120, 180, 270, 405.

The hardest is then worth five of the easiest: enough to be worth the evening, and
little enough that a beginner who solves each day keeps up with an expert who does not.
"""

HARDEST = 5

FLOOR_PERCENT = 40
"""About what an unaided challenge two steps easier pays (4/9): with every help taken,
it still pays to finish.
"""

HINT_PERCENT = 10
"""A usual ladder has three rungs: all of it costs less than a third."""

WRONG_ATTEMPT_PERCENT = 5
"""Half a hint: trying again must stay cheaper than being told."""

FREE_WRONG_ATTEMPTS = 2
"""Misreading a statement once, and a slip while mending it, are part of reading."""

DAILY_POINTS = 10
"""The same for every difficulty: it pays for coming today, not for being ahead."""


@dataclass(frozen=True, kw_only=True)
class ScoreRules:
    """The numbers above as one value, so that others can be tried on what happened."""

    easiest_points: int = EASIEST_POINTS
    step: tuple[int, int] = STEP
    floor_percent: int = FLOOR_PERCENT
    hint_percent: int = HINT_PERCENT
    wrong_attempt_percent: int = WRONG_ATTEMPT_PERCENT
    free_wrong_attempts: int = FREE_WRONG_ATTEMPTS
    daily_points: int = DAILY_POINTS


RULES = ScoreRules()


class Term(StrEnum):
    BASE = "base"
    HINTS = "hints"
    ATTEMPTS = "attempts"
    FLOOR = "floor"
    """What lifts hints and attempts back to FLOOR_PERCENT."""
    SOLUTION = "solution"
    DAILY = "daily"


@dataclass(frozen=True, kw_only=True)
class Award:
    """The sum that a member can be shown; deductions are negative."""

    base: int = 0
    hints: int = 0
    attempts: int = 0
    floor: int = 0
    solution: int = 0
    daily: int = 0

    @property
    def points(self) -> int:
        return sum(points for _, points in self.terms)

    @property
    def terms(self) -> tuple[tuple[Term, int], ...]:
        """In the order of the sum, without those that are nothing."""
        every = ((term, int(getattr(self, term.value))) for term in Term)
        return tuple((term, points) for term, points in every if points)


def base_points(difficulty: int, rules: ScoreRules = RULES) -> int:
    """Raises ValueError for a difficulty that is not 1 to 5."""
    if not 1 <= difficulty <= HARDEST:
        raise ValueError(difficulty)
    above, below = rules.step
    steps = difficulty - 1
    return int(rules.easiest_points * above**steps // below**steps)


@dataclass(frozen=True, kw_only=True)
class SolveEffort:
    """What an acceptance took. It is kept with its event, for another rule to weigh.

    `hints` and `wrong_attempts` are the challenge's before it, judge errors excluded.
    """

    difficulty: int
    hints: int = 0
    wrong_attempts: int = 0
    is_daily: bool = False
    solution_opened: bool = False

    def facts(self) -> Mapping[str, int]:
        return {
            "difficulty": self.difficulty,
            "hints_taken": self.hints,
            "wrong_attempts": self.wrong_attempts,
            "is_daily": int(self.is_daily),
            "solution_opened": int(self.solution_opened),
        }


def effort_of(facts: Mapping[str, str | int]) -> SolveEffort | None:
    """None where an event does not say: it was written before efforts were kept."""
    if "difficulty" not in facts:
        return None
    return SolveEffort(
        difficulty=int(facts["difficulty"]),
        hints=int(facts["hints_taken"]),
        wrong_attempts=int(facts["wrong_attempts"]),
        is_daily=bool(facts["is_daily"]),
        solution_opened=bool(facts["solution_opened"]),
    )


def award(
    verdict: Verdict,
    effort: SolveEffort,
    *,
    already_solved: bool = False,
    rules: ScoreRules = RULES,
) -> Award:
    """What a judged submission earns.

    Who opened the solution first learns, and earns nothing.
    """
    if verdict is not Verdict.ACCEPTED or already_solved:
        return Award()
    base = base_points(effort.difficulty, rules)
    if effort.solution_opened:
        return Award(base=base, solution=-base)
    for_hints = _percent(base, rules.hint_percent * effort.hints)
    charged = max(0, effort.wrong_attempts - rules.free_wrong_attempts)
    for_attempts = _percent(base, rules.wrong_attempt_percent * charged)
    least = -(-base * rules.floor_percent // 100)
    return Award(
        base=base,
        hints=-for_hints,
        attempts=-for_attempts,
        floor=max(0, least - (base - for_hints - for_attempts)),
        daily=rules.daily_points if effort.is_daily else 0,
    )


def _percent(points: int, percent: int) -> int:
    """Rounded down: a fraction of a point is the member's."""
    return points * percent // 100
