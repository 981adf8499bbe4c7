"""Challenges' claims about their samples, held against the judge.

accepted sample   accepted, well within the limits
wrong sample      its verdict, and exactly its groups fail
starter, cheats   not accepted
"""

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from challenges.challenge import Challenge, Kind, Sample
from challenges.cheats import cheats
from challenges.errors import Fault
from challenges.grading import Grade, build_job, grade
from runner.job import Job
from runner.report import CaseReport, Report
from runner.verdict import Verdict

# A machine three times slower than the author's must still accept the solution.
SPARE_TIME = 3

# One for each core, for a crowded machine stretches the times that are held against the
# limits. Two on a single core: what sleeps leaves it to another.
DEFAULT_JOBS = max(2, os.cpu_count() or 1)


class Judge(Protocol):
    async def judge(self, job: Job) -> Report: ...


@dataclass(frozen=True, kw_only=True)
class Trial:
    """One submission to judge, and what must come of it."""

    path: Path
    source: str
    sample: Sample | None = None
    """None for what must merely not be accepted."""
    what: str = ""


def trials(challenge: Challenge, folder: Path) -> Iterator[Trial]:
    if not challenge.cases:
        return
    for sample in challenge.samples:
        path = folder / "submissions" / sample.name
        yield Trial(path=path, source=sample.source, sample=sample)
    yield Trial(
        path=folder / f"starter{PurePosixPath(challenge.file).suffix or '.txt'}",
        source=challenge.starter,
        what="the starter",
    )
    judged_by = "challenge.toml" if challenge.kind is Kind.TESTS else "cases.toml"
    for name, source in cheats(challenge).items():
        path = folder / judged_by
        yield Trial(path=path, source=source, what=f"a submission that {name}")


class Progress(Protocol):
    def judged(self, challenge: Challenge) -> None:
        """One more of its trials."""
        ...

    def proved(self, challenge: Challenge, faults: Sequence[Fault]) -> None: ...


async def prove_all(
    folders: Sequence[tuple[Challenge, Path]],
    judge: Judge,
    progress: Progress,
    *,
    runs: int,
    jobs: int = DEFAULT_JOBS,
) -> list[Fault]:
    """`jobs` submissions are judged at once, of whichever challenges; the faults are in
    the order of the challenges, whichever ends first.
    """
    room = asyncio.Semaphore(jobs)

    async def proved(challenge: Challenge, folder: Path) -> list[Fault]:
        faults = await prove(
            challenge,
            folder,
            judge,
            runs=runs,
            room=room,
            advance=lambda: progress.judged(challenge),
        )
        progress.proved(challenge, faults)
        return faults

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(proved(*each)) for each in folders]
    return [fault for task in tasks for fault in task.result()]


async def prove(
    challenge: Challenge,
    folder: Path,
    judge: Judge,
    *,
    runs: int,
    room: asyncio.Semaphore | None = None,
    advance: Callable[[], None] = lambda: None,
) -> list[Fault]:
    """Each run has a seed of its own. `advance` is told of every judged trial."""
    entered = room or asyncio.Semaphore(DEFAULT_JOBS)

    async def held(trial: Trial) -> list[Fault]:
        async with entered:
            problems = await _problems(challenge, trial, judge, runs)
        advance()
        return [Fault(trial.path, 1, problem) for problem in problems]

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(held(one)) for one in trials(challenge, folder)]
    return [fault for task in tasks for fault in task.result()]


async def _problems(
    challenge: Challenge, trial: Trial, judge: Judge, runs: int
) -> list[str]:
    """Those of the first run that has any."""
    # A cheat is the same for every seed.
    for seed in range(runs if trial.sample else 1):
        job = build_job(challenge, trial.source, job_id=f"check-{seed}", seed=seed)
        report = await judge.judge(job)
        problems = list(_broken_claims(challenge, trial, report))
        if problems:
            earlier = f"run {seed + 1}, after {seed} good: " if seed else ""
            return [earlier + problem for problem in problems]
    return []


def _broken_claims(challenge: Challenge, trial: Trial, report: Report) -> Iterator[str]:
    graded = grade(challenge, report)
    sample = trial.sample
    if graded.verdict is Verdict.JUDGE_ERROR:
        yield f"the judge failed: {_first_failure(report)}"
    elif sample is None:
        if graded.verdict is Verdict.ACCEPTED:
            yield f"{trial.what} is accepted"
    elif sample.verdict is Verdict.ACCEPTED:
        if graded.verdict is not Verdict.ACCEPTED:
            yield f"must be accepted, is {report.verdict}: {_first_failure(report)}"
        else:
            yield from _slow_cases(challenge, report)
    else:
        yield from _lesson_missed(sample, report, graded)


def _lesson_missed(sample: Sample, report: Report, graded: Grade) -> Iterator[str]:
    if report.verdict is not sample.verdict:
        detail = _first_failure(report)
        yield f"must get {sample.verdict}, gets {report.verdict}: {detail}"
    failed, promised = set(graded.failed_groups), set(sample.fails)
    for group in sorted(promised - failed):
        yield f"group `{group}` must fail, and passes"
    for group in sorted(failed - promised):
        case = next((case for case in report.cases if _is_failed(case, group)), None)
        detail = f": {_told(case)}" if case is not None else ""
        yield f"group `{group}` must pass, and fails{detail}"


def _is_failed(case: CaseReport, group: str) -> bool:
    return case.group == group and case.verdict is not Verdict.ACCEPTED


def _slow_cases(challenge: Challenge, report: Report) -> Iterator[str]:
    limits = challenge.limits
    for case in report.cases:
        if case.usage.cpu_time_s * SPARE_TIME > limits.cpu_time_s:
            figures = f"{case.usage.cpu_time_s:.2f} of {limits.cpu_time_s:.2f} s"
            yield f"{case.name} takes {figures} of CPU time: over a third"
    if report.usage.wall_time_s * SPARE_TIME > limits.total_wall_time_s:
        figures = f"{report.usage.wall_time_s:.2f} of {limits.total_wall_time_s:.2f} s"
        yield f"takes {figures} in all: over a third"


def _first_failure(report: Report) -> str:
    for case in report.cases:
        if case.verdict is report.verdict:
            return _told(case)
    if report.error is not None:
        return f"{report.error.type}: {report.error.message}"
    return "no case says why"


def _told(case: CaseReport) -> str:
    parts = [f"{case.name}: {case.called}"]
    if case.reason is not None:
        parts.append(str(case.reason))
    if case.error is not None:
        parts.append(f"{case.error.type}: {case.error.message}")
    parts.append(f"got {case.got or case.stdout!r}, expected {case.expected}")
    return "; ".join(parts)
