"""All programs, and trying them on a sandbox: what held there, and what did not."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Final

from runner.hostile.program import LIMITS, TRIED, Program, returns
from runner.job import Call, Case, Job
from runner.judge import Judge
from runner.report import CaseReport, Report
from runner.sandbox import Sandbox
from runner.verdict import Verdict

IN_FLIGHT: Final = 4
CASES_WHEN_OBSERVED: Final = 2
MOST_REPORT_CHARACTERS: Final = 60_000
"""A report is stored and shown, so nothing that a program says may make it long."""

BYSTANDER: Final = Job(
    id="bystander",
    limits=LIMITS,
    source="""
import glob, os, random, socket, tempfile

def visit():
    child = os.fork()
    if child == 0:
        os._exit(7)
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname(), 5):
            pass
    with open("own", "x") as file:
        file.write("x" * 100_000)
    return [
        sorted(os.listdir()),
        os.listdir(tempfile.gettempdir()),
        glob.glob("/tmp/note-*") + glob.glob("/dev/shm/note-*"),
        os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]),
        random.random(),
    ]
""",
    cases=(
        Case(
            name="visit",
            group="all",
            action=Call(function="visit"),
            expected=returns(
                [["own", "solution.py"], [], [], 7, 0.8444218515250481],
            ),
        ),
    ),
)
"""The next submission: finds a sandbox as new, in which everything works."""


@dataclass(frozen=True, kw_only=True)
class TriedProgram:
    area: str
    program: Program
    ended: str
    """How the program's cases ended, in the words of verdicts and reasons."""
    complaints: tuple[str, ...]
    """What did not hold; empty when all did."""

    @property
    def held(self) -> bool:
        return not self.complaints


async def trials(
    sandbox: Sandbox,
    chosen: Sequence[tuple[str, Program]],
    *,
    in_flight: int = IN_FLIGHT,
    with_bystander: bool = True,
) -> AsyncIterator[TriedProgram]:
    """One for each area and program, as they end. Where each submission has a sandbox
    that is thrown away after it, no bystander needs to look at what is left.
    """
    judge, room = Judge(sandbox), asyncio.Semaphore(in_flight)

    async def tried(area: str, program: Program) -> TriedProgram:
        async with room:
            return await trial(judge, area, program, with_bystander=with_bystander)

    tasks = [asyncio.create_task(tried(*one)) for one in chosen]
    try:
        for done in asyncio.as_completed(tasks):
            yield await done
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def trial(
    judge: Judge, area: str, program: Program, *, with_bystander: bool = True
) -> TriedProgram:
    report = await judge.judge(program.job())
    complaints = _complaints(program, report)
    if with_bystander:
        bystander = await judge.judge(BYSTANDER)
        if bystander.verdict is not Verdict.ACCEPTED:
            complaints.append(f"the next submission was harmed: {_ended(bystander)}")
    return TriedProgram(
        area=area,
        program=program,
        ended=_ended(report),
        complaints=tuple(complaints),
    )


def _complaints(program: Program, report: Report) -> list[str]:
    complaints = []
    if not _ends_as_it_must(program, report):
        complaints.append("ended otherwise than it must")
    if program.observed is not None and not _is_clean_after(report):
        complaints.append("the next case found what it left")
    told = report.model_dump_json()
    if len(told) > MOST_REPORT_CHARACTERS or "\\u0000" in told:
        complaints.append("the report cannot be stored")
    return complaints


def _ends_as_it_must(program: Program, report: Report) -> bool:
    if not report.cases:
        return report.verdict is program.gets.verdict
    return all(
        any(one.fits(case) for one in program.endings)
        for case in report.cases
        if case.group == TRIED
    )


def _is_clean_after(report: Report) -> bool:
    observed = report.cases[CASES_WHEN_OBSERVED - 1 :]
    return [case.verdict for case in observed] == [Verdict.ACCEPTED]


def _ended(report: Report) -> str:
    if not report.cases:
        return report.verdict
    return ", then ".join(map(_case_ended, report.cases))


def _case_ended(case: CaseReport) -> str:
    words = [case.verdict.value]
    if case.reason is not None:
        words.append(f"({case.reason.value})")
    if case.verdict is not Verdict.ACCEPTED and case.got:
        words.append(case.got[:200])
    return " ".join(words)
