"""The claims are held against a judge that says what each test wants."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from challenges.challenge import Challenge, Kind
from challenges.cheats import cheats
from challenges.loader import load_challenge
from challenges.proof import prove, trials
from runner.job import Job
from runner.report import CaseReport, Reason, Report, Usage
from runner.verdict import Verdict, overall

Make = Callable[..., Path]
OK, WRONG = Verdict.ACCEPTED, Verdict.WRONG_ANSWER

SOUND: Mapping[str, Mapping[str, Verdict]] = {
    "number**2": {},
    "# 1": {"hidden": WRONG},
    "# 2": {"hidden": WRONG},
    "# 3": {"hidden": WRONG},
    "what the editor holds": {"examples": WRONG, "hidden": WRONG},
    "cheat": {"hidden": WRONG},
}


@dataclass
class ScriptedJudge:
    """Knows a submission by a piece of its text; groups not named pass."""

    script: Mapping[str, Mapping[str, Verdict]] = field(default_factory=lambda: SOUND)
    cpu_time_s: float = 0.0
    jobs: list[Job] = field(default_factory=list)

    async def judge(self, job: Job) -> Report:
        self.jobs.append(job)
        groups = next(
            groups for text, groups in self.script.items() if text in job.source
        )
        cases = tuple(
            CaseReport(
                name=case.name,
                group=case.group,
                visible=case.visible,
                verdict=groups.get(case.group, OK),
                reason=Reason.RETURNED_OTHER,
                called=case.shows,
                usage=Usage(cpu_time_s=self.cpu_time_s),
            )
            for case in job.cases
        )
        verdict = overall(case.verdict for case in cases)
        return Report(job_id=job.id, verdict=verdict, cases=cases)


@pytest.fixture
def folder(make: Make) -> Path:
    return make()


@pytest.fixture
def challenge(folder: Path) -> Challenge:
    return load_challenge(folder)


async def told(
    challenge: Challenge, folder: Path, judge: ScriptedJudge, runs: int = 1
) -> list[tuple[str, str]]:
    faults = await prove(challenge, folder, judge, runs=runs)
    return [(fault.path.name, fault.message) for fault in faults]


async def test_claims_that_hold_give_no_fault(
    challenge: Challenge, folder: Path
) -> None:
    judge = ScriptedJudge()
    assert await told(challenge, folder, judge) == []
    assert len(judge.jobs) == len(list(trials(challenge, folder))) == 10


BROKEN: list[tuple[str, Mapping[str, Verdict], str, str]] = [
    ("number**2", {"hidden": WRONG}, "first.py", "must be accepted, is wrong_answer"),
    ("# 2", {}, "mistake_2.py", "must get wrong_answer, gets accepted"),
    ("# 2", {}, "mistake_2.py", "group `hidden` must fail, and passes"),
    (
        "# 2",
        {"hidden": WRONG, "examples": WRONG},
        "mistake_2.py",
        "group `examples` must pass, and fails: examples-1: solve(2)",
    ),
    (
        "# 2",
        {"hidden": Verdict.TIME_LIMIT},
        "mistake_2.py",
        "must get wrong_answer, gets time_limit: hidden-1",
    ),
    ("what the editor holds", {}, "starter.py", "the starter is accepted"),
    ("cheat", {}, "cases.toml", "a submission that returns None is accepted"),
    ("# 1", {"hidden": Verdict.JUDGE_ERROR}, "mistake_1.py", "the judge failed"),
]


@pytest.mark.parametrize("broken", BROKEN)
async def test_a_claim_that_does_not_hold_is_told_at_its_file(
    challenge: Challenge,
    folder: Path,
    broken: tuple[str, Mapping[str, Verdict], str, str],
) -> None:
    piece, groups, name, message = broken
    judge = ScriptedJudge(script={**SOUND, piece: groups})
    found = await told(challenge, folder, judge)
    assert any(at == name and text.startswith(message) for at, text in found), found


async def test_a_solution_near_its_limit_is_told(
    challenge: Challenge, folder: Path
) -> None:
    judge = ScriptedJudge(cpu_time_s=0.7)
    found = await told(challenge, folder, judge)
    assert ("first.py", "hidden-1 takes 0.70 of 2.00 s of CPU time: over a third") in (
        found
    )


async def test_each_run_has_a_seed_of_its_own(
    challenge: Challenge, folder: Path
) -> None:
    judge = ScriptedJudge()
    await prove(challenge, folder, judge, runs=3)
    seeds = [job.seed for job in judge.jobs if job.source == challenge.solution]
    assert seeds == [0, 1, 2]


@pytest.mark.parametrize("kind", [Kind.FUNCTION, Kind.PROGRAM, Kind.SCENARIO])
def test_every_cheat_compiles(make: Make, kind: Kind) -> None:
    sources = cheats(load_challenge(make(kind)))
    assert len(sources) >= 4
    for name, source in sources.items():
        compile(source, name, "exec")
