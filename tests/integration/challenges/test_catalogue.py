"""The catalogue keeps its promises: every sample is judged on the process backend."""

import pytest

from challenges.catalogue_index import Catalogue
from challenges.errors import FaultLog
from challenges.lint import challenge_folder, lint_catalogue
from challenges.loader import CATALOGUE_FOLDER, challenge_folders, load_catalogue
from challenges.proof import prove
from runner.environments import Environments
from runner.judge import Judge
from runner.process import ProcessSandbox

IDS = [folder.name for folder in challenge_folders(CATALOGUE_FOLDER)]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def judge(libraries: Environments) -> Judge:
    return Judge(ProcessSandbox(environments=libraries))


def test_the_catalogue_has_no_fault_that_needs_no_sandbox(
    catalogue: Catalogue,
) -> None:
    log = FaultLog()
    lint_catalogue(catalogue, CATALOGUE_FOLDER, log)
    assert log.faults == []


@pytest.mark.parametrize("challenge_id", IDS)
async def test_every_sample_gets_what_it_must(
    challenge_id: str, catalogue: Catalogue, judge: Judge
) -> None:
    challenge = catalogue.get(challenge_id)
    folder = challenge_folder(challenge, CATALOGUE_FOLDER)
    faults = await prove(challenge, folder, judge, runs=1)
    assert [f"{fault.path.name}: {fault.message}" for fault in faults] == []
