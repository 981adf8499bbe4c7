"""Several challenges at once, by a judge that says when each submission is done."""

import asyncio
import io
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from rich.console import Console

from challenges.challenge import Challenge
from challenges.check_progress import told
from challenges.errors import Fault
from challenges.loader import load_challenge
from challenges.proof import prove_all, trials
from runner.job import Job
from runner.report import CaseReport, Report
from runner.verdict import Verdict

Folders = Sequence[tuple[Challenge, Path]]


@dataclass
class FailingJudge:
    """Finds every submission wrong, after whatever `before` waits for."""

    before: Callable[[Job], Awaitable[None]]
    now: int = 0
    most: int = 0

    async def judge(self, job: Job) -> Report:
        self.now += 1
        self.most = max(self.most, self.now)
        await self.before(job)
        self.now -= 1
        cases = tuple(
            CaseReport(
                name=case.name,
                group=case.group,
                visible=case.visible,
                verdict=Verdict.WRONG_ANSWER,
                called=case.shows,
            )
            for case in job.cases
        )
        return Report(job_id=job.id, verdict=Verdict.WRONG_ANSWER, cases=cases)


@dataclass
class Noted:
    trials: int = 0
    ended: list[str] = field(default_factory=list)
    told: asyncio.Event = field(default_factory=asyncio.Event)

    def judged(self, challenge: Challenge) -> None:
        self.trials += 1

    def proved(self, challenge: Challenge, faults: Sequence[Fault]) -> None:
        self.ended.append(challenge.id)
        self.told.set()


async def a_turn_of_the_loop(_: Job) -> None:
    await asyncio.sleep(0)


@pytest.fixture
def folders(make: Callable[..., Path]) -> Folders:
    made = [make(challenge_id=name) for name in ("square", "cube")]
    solution = made[0] / "submissions/accepted/first.py"
    solution.write_text(f"{solution.read_text()}# slow\n")
    return [(load_challenge(folder), folder) for folder in made]


@pytest.mark.parametrize(("jobs", "most"), [(1, 1), (3, 3), (100, 20)])
async def test_as_many_submissions_are_judged_at_once_as_asked(
    folders: Folders, jobs: int, most: int
) -> None:
    judge, noted = FailingJudge(a_turn_of_the_loop), Noted()
    await prove_all(folders, judge, noted, runs=1, jobs=jobs)
    assert judge.most == most
    assert noted.trials == sum(len(list(trials(*each))) for each in folders) == 20


async def test_faults_stand_in_the_order_of_the_challenges_whichever_ends_first(
    folders: Folders,
) -> None:
    noted = Noted()

    async def waits_for_the_other(job: Job) -> None:
        if "# slow" in job.source:
            await noted.told.wait()

    judge = FailingJudge(waits_for_the_other)
    found = await prove_all(folders, judge, noted, runs=1, jobs=100)
    assert noted.ended == ["cube", "square"]
    one_at_a_time = await prove_all(
        folders, FailingJudge(a_turn_of_the_loop), Noted(), runs=1, jobs=1
    )
    assert found == one_at_a_time
    assert "square" in found[0].path.parts


async def test_where_there_is_no_terminal_each_challenge_has_a_line(
    folders: Folders,
) -> None:
    console = Console(file=io.StringIO(), markup=False, width=80)
    judge = FailingJudge(a_turn_of_the_loop)
    with told(console, challenges=2, trials=20) as progress:
        await prove_all(folders, judge, progress, runs=1, jobs=1)
    assert isinstance(console.file, io.StringIO)
    lines = console.file.getvalue().splitlines()
    assert lines == ["[1/2] square: faults: 4", "[2/2] cube: faults: 4"]


async def test_a_terminal_is_told_of_faults_above_the_bar(
    folders: Folders,
) -> None:
    console = Console(file=io.StringIO(), markup=False, width=80, force_terminal=True)
    judge = FailingJudge(a_turn_of_the_loop)
    with told(console, challenges=2, trials=20) as progress:
        await prove_all(folders, judge, progress, runs=1, jobs=1)
    assert isinstance(console.file, io.StringIO)
    assert "square: faults: " in console.file.getvalue()
