"""The catalogue keeps its promises: its samples are judged, each in one run.

How long they take is held by `python -m challenges check` alone: here other tests run.
"""

from collections.abc import Iterator

import pytest

from challenges.catalogue_index import Catalogue
from challenges.errors import FaultLog
from challenges.grading import build_job
from challenges.lint import challenge_folder, lint_catalogue
from challenges.loader import CATALOGUE_FOLDER, challenge_folders, load_catalogue
from challenges.proof import prove
from runner.environments import Environments
from runner.judge import Judge
from runner.process import ProcessSandbox
from runner.sandbox import Sandbox
from runner.verdict import Verdict
from tests.integration.engine import warm_pool

IDS = [folder.name for folder in challenge_folders(CATALOGUE_FOLDER)]
TOO_SLOW = "over a third"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def pool() -> Iterator[Sandbox]:
    yield from warm_pool(submissions_per_container=500)


def test_the_catalogue_has_no_fault_that_needs_no_sandbox(
    catalogue: Catalogue,
) -> None:
    log = FaultLog()
    lint_catalogue(catalogue, CATALOGUE_FOLDER, log)
    assert log.faults == []


@pytest.mark.docker
@pytest.mark.parametrize("challenge_id", IDS)
async def test_every_sample_gets_what_it_must(
    challenge_id: str, catalogue: Catalogue, pool: Sandbox
) -> None:
    challenge = catalogue.get(challenge_id)
    folder = challenge_folder(challenge, CATALOGUE_FOLDER)
    faults = await prove(challenge, folder, Judge(pool), runs=1)
    told = [f"{fault.path.name}: {fault.message}" for fault in faults]
    assert [one for one in told if not one.endswith(TOO_SLOW)] == []


@pytest.mark.parametrize("challenge_id", IDS)
async def test_the_solution_shown_is_accepted_without_docker(
    challenge_id: str, catalogue: Catalogue, libraries: Environments
) -> None:
    challenge = catalogue.get(challenge_id)
    solutions = [one for one in challenge.samples if one.verdict is Verdict.ACCEPTED]
    judge = Judge(ProcessSandbox(environments=libraries))
    for solution in solutions[:1]:
        job = build_job(challenge, solution.source, job_id="shown", seed=0)
        report = await judge.judge(job)
        assert report.verdict is Verdict.ACCEPTED, report
