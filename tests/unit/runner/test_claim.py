"""A child's claim is data of a known shape, or nothing."""

from typing import Any

import pytest

from runner import codec
from runner.claim import CLAIMS, MOST_TESTS, MOST_WARNINGS, read_claim
from runner.harness.frame import framed
from runner.sandbox import Outcome

TESTED = {"passed": 2, "skipped": 0, "failed": ["test_a"], "errors": []}
WARNING = {"type": "SyntaxWarning", "message": "old", "line": 3}


def read(kind: str, **claim: Any) -> Outcome | None:
    return read_claim(framed(codec.encode(claim)), CLAIMS[kind])


def test_a_suite_tells_its_counts_and_names() -> None:
    outcome = read("suite", ending="tested", value=TESTED)
    assert outcome is not None
    assert outcome.suite is not None
    assert outcome.suite.failed == ("test_a",)
    assert outcome.value is None


@pytest.mark.parametrize(
    "spoilt",
    [
        {"passed": True},
        {"passed": -1},
        {"passed": "2"},
        {"skipped": None},
        {"failed": "test_a"},
        {"failed": [1]},
        {"failed": {"test_a": 1}},
        {"errors": None},
    ],
)
def test_counts_of_another_shape_are_no_claim(spoilt: dict[str, object]) -> None:
    assert read("suite", ending="tested", value={**TESTED, **spoilt}) is None


@pytest.mark.parametrize("value", [None, [], "passed", 3])
def test_what_is_no_result_of_a_suite_is_no_claim(value: object) -> None:
    assert read("suite", ending="tested", value=value) is None


@pytest.mark.parametrize(
    ("kind", "ending"),
    [
        ("suite", "returned"),
        ("call", "tested"),
        ("scene", "tested"),
        ("run", "tested"),
        ("call", "artifact_invalid"),
        ("run", "tool_failed"),
    ],
)
def test_an_action_ends_in_its_own_ways_alone(kind: str, ending: str) -> None:
    assert read(kind, ending=ending, value=TESTED) is None


def test_names_and_warnings_are_bounded() -> None:
    many = {**TESTED, "failed": ["t"] * 500}
    outcome = read("suite", ending="tested", value=many, warnings=[WARNING] * 500)
    assert outcome is not None
    assert outcome.suite is not None
    assert len(outcome.suite.failed) == MOST_TESTS
    assert len(outcome.warnings) == MOST_WARNINGS


@pytest.mark.parametrize(
    "line", [-1, pytest.param(10**5000, id="huge"), True, None, "3"]
)
def test_a_line_that_no_file_has_is_none(line: object) -> None:
    error = {"type": "E", "line": line}
    outcome = read("call", ending="raised", error=error)
    assert outcome is not None
    assert outcome.error is not None
    assert outcome.error.line is None
    warning = {**WARNING, "line": line}
    assert read("call", ending="returned", warnings=[warning]) is None


def test_an_exit_status_that_nobody_can_write_is_none() -> None:
    outcome = read("call", ending="exited", exit_status=10**5000)
    assert outcome is not None
    assert outcome.exit_status is None
