"""Suites, artifacts and measures: what their folders hold, and what comes of it."""

from pathlib import Path

import pytest

from challenges.challenge import Kind
from challenges.cheats import cheats
from challenges.errors import InvalidChallenge
from challenges.grading import build_job, grade
from challenges.loader import load_challenge
from runner.job import Call, Run, Scene, Suite
from runner.report import CaseReport, Reason, Report
from runner.verdict import Verdict
from tests.unit.challenges.conftest import Make, Replace


def faults(folder: Path) -> list[str]:
    with pytest.raises(InvalidChallenge) as refused:
        load_challenge(folder)
    return [fault.message for fault in refused.value.faults]


@pytest.mark.parametrize("kind", [Kind.TESTS, Kind.ARTIFACT, Kind.METRIC])
def test_a_new_challenge_of_each_kind_is_sound(make: Make, kind: Kind) -> None:
    challenge = load_challenge(make(kind))
    assert challenge.kind is kind
    assert build_job(challenge, "x", job_id="j", seed=1).file == challenge.file
    assert cheats(challenge)


def test_each_implementation_is_met_twice_and_one_run_is_shown(make: Make) -> None:
    challenge = load_challenge(make(Kind.TESTS))
    assert challenge.file == "test_solution.py"
    expected = [case.expected.suite for case in challenge.cases]
    assert expected == ["passes"] * 4 + ["fails"] * 6
    assert [case.name for case in challenge.visible_cases] == ["right-reference-1"]
    assert {type(case.action) for case in challenge.cases} == {Suite}


def test_an_artifact_has_its_name_and_its_language(make: Make) -> None:
    challenge = load_challenge(make(Kind.ARTIFACT))
    assert (challenge.file, challenge.language) == ("panel.json", "json")
    assert {type(case.action) for case in challenge.cases} == {Scene}


def test_a_measure_shows_the_mark_beside_the_truth(make: Make) -> None:
    challenge = load_challenge(make(Kind.METRIC))
    assert ">>> solve([1, 2])\n# mae ≤ 0.5: [1, 4]" in challenge.statement.en
    assert {type(case.action) for case in challenge.cases} == {Call}


SPOILT = [
    (Kind.TESTS, 'module = "square"', "", "`module` is missing"),
    (Kind.TESTS, 'file = "wrong_2.py"', 'file = "wrong_1.py"', "is not listed under"),
    (Kind.TESTS, 'group = "hidden"', 'group = "examples"', "no hidden group"),
    (Kind.ARTIFACT, 'artifact = "panel.json"', "", "`artifact` is missing"),
    (
        Kind.ARTIFACT,
        '"panel.json"',
        '"../panel.json"',
        "artifact: `../panel.json` is no plain name",
    ),
    (Kind.ARTIFACT, '"panel.json"', '"panel.py"', "artifact: Python is handed in"),
    (Kind.METRIC, "difficulty = 1", 'difficulty = 1\nmodule = "m"', "module: has no"),
    (Kind.METRIC, "weight = 80", "weight = 0", "weight: must be 1 or more"),
]


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_fault_of_a_kinds_own_keys_is_told(
    make: Make, replace_in: Replace, spoilt: tuple[Kind, str, str, str]
) -> None:
    kind, old, new, message = spoilt
    folder = make(kind)
    replace_in(folder / "challenge.toml", old, new)
    assert any(message in fault for fault in faults(folder))


def test_two_right_implementations_and_three_wrong_are_needed(make: Make) -> None:
    folder = make(Kind.TESTS)
    (folder / "implementations/right/rewritten.py").unlink()
    (folder / "implementations/wrong/wrong_1.py").write_text("def of(number")
    found = faults(folder)
    assert "holds 1 implementations; 2 are needed" in found
    assert any(fault.startswith("does not compile") for fault in found)


def test_a_measure_without_a_mark_is_refused(make: Make, replace_in: Replace) -> None:
    folder = make(Kind.METRIC)
    replace_in(folder / "cases.toml", ", at_most = 0.5", "")
    assert any("needs at_least or at_most" in fault for fault in faults(folder))


def test_of_a_hidden_case_the_measure_is_told_and_nothing_else(make: Make) -> None:
    challenge = load_challenge(make(Kind.METRIC))
    hidden = next(case for case in challenge.cases if not case.visible)
    report = Report(
        job_id="j",
        verdict=Verdict.WRONG_ANSWER,
        cases=(
            CaseReport(
                name=hidden.name,
                group=hidden.group,
                visible=False,
                verdict=Verdict.WRONG_ANSWER,
                reason=Reason.METRIC_SHORT,
                called="solve([-3, 5])",
                expected="mae ≤ 0.5",
                got="mae = 2",
            ),
        ),
    )
    [told] = grade(challenge, report).cases
    assert (told.expected, told.got, told.called) == ("mae ≤ 0.5", "mae = 2", "")


def test_of_a_hidden_case_a_checkers_lesson_is_told(make: Make) -> None:
    challenge = load_challenge(make())
    report = Report(
        job_id="j",
        verdict=Verdict.WRONG_ANSWER,
        cases=(
            CaseReport(
                name="hidden-1",
                group="hidden",
                visible=False,
                verdict=Verdict.WRONG_ANSWER,
                reason=Reason.CHECKER_SAYS,
                lesson="too-long",
                got="secret",
            ),
        ),
    )
    [told] = grade(challenge, report).cases
    assert (told.lesson, told.got) == ("too-long", "")


def test_a_program_may_have_to_write_bytes(make: Make, replace_in: Replace) -> None:
    folder = make(Kind.PROGRAM)
    expected = r"""stdout = "4\n"
writes_bytes = { "out.bin" = "b'\\x00\\xff'" }"""
    replace_in(folder / "cases.toml", r'stdout = "4\n"', expected)
    challenge = load_challenge(folder)
    case = challenge.cases[0]
    assert case.expected.binary_files == {"out.bin": b"\x00\xff"}
    assert isinstance(case.action, Run)
    assert case.action.collect == ("out.bin",)
    assert "$ xxd -p out.bin\n00ff" in challenge.statement.en
    replace_in(folder / "cases.toml", r"b'\\x00\\xff'", "'text'")
    assert any("takes bytes" in fault for fault in faults(folder))
