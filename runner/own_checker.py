"""A challenge's own checker: one run beside the submission's, never in its sandbox.

    def check(expected, got, **options) -> bool | str

True is right, False is wrong, and a text is wrong too: the key of a lesson of the
challenge's. It is the author's code, yet neither a crash nor an endless loop of it may
stop the host, so it runs in a process within bounds. What it does not say is a fault of
ours.
"""

import re
from collections.abc import Sequence
from typing import Final

from runner.checkers import OWN
from runner.errors import SandboxFault
from runner.finding import CheckerAnswer
from runner.job import Call, Case, Job, Limits
from runner.sandbox import Outcome, Sandbox, Work

LIMITS: Final = Limits(
    cpu_time_s=2, wall_time_s=5, total_wall_time_s=20, memory_mib=256, processes=1
)
"""For each value and, in total, for all of a job: comparing is cheaper than solving."""
LESSON: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_LESSON: Final = 48


async def sayings(
    job: Job, outcomes: Sequence[Outcome], sandbox: Sandbox, limits: Limits = LIMITS
) -> list[CheckerAnswer | None]:
    """One for each case: None where the checker has nothing to say, or failed."""
    asked = {
        index: _question(case, outcome)
        for index, (case, outcome) in enumerate(zip(job.cases, outcomes, strict=True))
        if _is_asked(case, outcome)
    }
    said: list[CheckerAnswer | None] = [None] * len(outcomes)
    if not asked or job.checker is None:
        return said
    work = Work(
        profile=job.profile,
        limits=limits,
        source=job.checker,
        actions=tuple(asked.values()),
    )
    try:
        answers = await sandbox.run(work)
    except SandboxFault:
        return said
    for index, answer in zip(asked, answers, strict=False):
        said[index] = _said(answer)
    return said


def _is_asked(case: Case, outcome: Outcome) -> bool:
    expected = case.expected
    is_own = expected.checker.name == OWN and expected.check_returns
    return is_own and outcome.ending == "returned"


def _question(case: Case, outcome: Outcome) -> Call:
    expected = case.expected
    return Call(
        function="check",
        args=(expected.returns, outcome.value),
        kwargs=expected.checker.options,
    )


def _said(answer: Outcome) -> CheckerAnswer | None:
    value = answer.value
    if answer.ending != "returned":
        return None
    if type(value) is bool:
        return CheckerAnswer(holds=value)
    if type(value) is str and len(value) <= MOST_LESSON and LESSON.fullmatch(value):
        return CheckerAnswer(holds=False, lesson=value)
    return None
