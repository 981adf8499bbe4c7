from collections.abc import Callable
from pathlib import Path

import pytest

from challenges.challenge import Challenge
from challenges.errors import InvalidGenerator
from challenges.grading import build_job
from challenges.loader import load_challenge
from runner.job import Job

Make = Callable[..., Path]

GENERATOR = """
def cases(rng):
    for _ in range(3):
        number = rng.randrange(10**9)
        yield {"group": "hidden", "call": f"solve({number})", "returns": f"{number**2}"}
"""


@pytest.fixture
def challenge(make: Make) -> Challenge:
    folder = make()
    (folder / "cases.py").write_text(GENERATOR)
    return load_challenge(folder)


def built(challenge: Challenge, seed: int) -> Job:
    return build_job(challenge, "source", job_id="job", seed=seed)


def test_the_fixed_cases_come_first(challenge: Challenge) -> None:
    job = built(challenge, 1)
    assert [case.name for case in job.cases] == [
        "examples-1",
        "hidden-1",
        *(f"hidden-generated-{number}" for number in (1, 2, 3)),
    ]
    assert (job.id, job.source, job.seed) == ("job", "source", 1)


def test_generated_cases_are_hidden(challenge: Challenge) -> None:
    assert not any(case.visible for case in built(challenge, 1).cases[1:])


def test_the_same_seed_gives_the_same_cases(challenge: Challenge) -> None:
    assert built(challenge, 7) == built(challenge, 7)


def test_another_seed_gives_other_cases(challenge: Challenge) -> None:
    assert built(challenge, 7).cases != built(challenge, 8).cases
    assert built(challenge, 7).cases[:2] == built(challenge, 8).cases[:2]


BROKEN = {
    "def cases(rng): return 1 / 0": "ZeroDivisionError",
    "def cases(rng): return [{'group': 'examples', 'call': 'f()'}]": "no hidden group",
    "def cases(rng): return [{'group': 'hidden', 'call': 'f()'}]": "nothing is",
    "def cases(rng): return [{'group': 'hidden', 'cal': 'f()'}]": "cal: ",
    "def cases(rng):\n while True: yield {}": "more than 400",
    "def case(rng): return []": "is missing",
    "def cases(rng)": "cannot be imported",
}


@pytest.mark.parametrize("source", BROKEN)
def test_a_broken_generator_is_ours_to_mend(challenge: Challenge, source: str) -> None:
    broken = challenge.__class__(**{**vars(challenge), "generator": source})
    with pytest.raises(InvalidGenerator) as caught:
        built(broken, 1)
    assert BROKEN[source] in caught.value.problem
