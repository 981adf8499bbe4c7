import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from challenges.__main__ import app
from challenges.challenge import Kind

Make = Callable[..., Path]
Replace = Callable[[Path, str, str], None]


@pytest.fixture
def run(root: Path) -> Callable[..., Result]:
    def invoked(*arguments: str) -> Result:
        return CliRunner().invoke(app, [*arguments, "--root", str(root)])

    return invoked


Invoke = Callable[..., Result]


def test_a_sound_catalogue_passes(make: Make, run: Invoke) -> None:
    make(Kind.QUIZ)
    result = run("check", "--static")
    assert (result.exit_code, result.output) == (0, "challenges checked: 1; no fault\n")


def test_a_warning_is_told_and_lets_pass(make: Make, run: Invoke) -> None:
    folder = make()
    result = run("check", "--static")
    assert result.exit_code == 0
    first, second, summary = result.output.splitlines()
    assert first == (
        f"{folder}/challenge.toml:35: warning: "
        "wrong/mistake_2.py fails the same groups as wrong/mistake_1.py"
    )
    assert "wrong/mistake_3.py fails" in second
    assert summary == "challenges checked: 1; no fault; warnings: 2"


def test_a_solution_is_no_second_challenge(
    make: Make, run: Invoke, replace_in: Replace
) -> None:
    make()
    solution = make(challenge_id="cube") / "submissions/accepted/first.py"
    other = 'def solve(x):\n    """A cube."""\n    return x**3  # so it is\n'
    solution.write_text(other)
    result = run("check", "--static", "cube")
    assert result.exit_code == 1
    same = "names and literals aside, the same as square/accepted/first.py"
    assert f"{solution}:1: {same}" in result.output
    assert "faults: 1;" in result.output
    replace_in(solution, "x**3", "x * x * x")
    assert run("check", "--static").exit_code == 0


def test_every_fault_is_told_with_file_and_line(
    make: Make, run: Invoke, replace_in: Replace
) -> None:
    folder = make()
    replace_in(folder / "challenge.toml", "difficulty = 1", "difficulty = 9")
    (folder / "hints.en.md").unlink()
    other = make(challenge_id="cube")
    replace_in(other / "cases.toml", '"9"', '"nine"')
    result = run("check", "--static")
    assert result.exit_code == 1
    assert f"{folder}/challenge.toml:4: difficulty" in result.output
    assert f"{other}/cases.toml:9: returns: the name `nine`" in result.output


def test_only_the_named_challenges_are_told(
    make: Make, run: Invoke, replace_in: Replace
) -> None:
    replace_in(make() / "cases.toml", '"9"', '"nine"')
    make(challenge_id="cube")
    assert run("check", "--static", "cube").exit_code == 0
    assert run("check", "--static", "square").exit_code == 1
    assert run("check", "--static", "sphere").exit_code == 2


def test_watching_needs_to_know_what(make: Make, run: Invoke) -> None:
    make()
    result = run("check", "--static", "--watch")
    assert result.exit_code == 2
    assert "check --watch ID" in result.output


def test_new_writes_what_check_then_finds_unfinished(run: Invoke, root: Path) -> None:
    assert run("new", "log-processing", "fresh").exit_code == 0
    assert (root / "phase-4/log-processing/fresh/starter.py").exists()
    result = run("check", "--static", "fresh")
    assert result.exit_code == 1
    assert "still to write: your solution" in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ("log-processing", "../../escape"),
        ("no-such-topic", "fresh"),
        ("log-processing", "fresh", "--kind", "novel"),
    ],
)
def test_new_refuses_what_cannot_be(
    run: Invoke, root: Path, arguments: tuple[str, ...]
) -> None:
    assert run("new", *arguments).exit_code == 2
    assert not root.exists()


def test_new_leaves_what_is_there(run: Invoke, make: Make) -> None:
    folder = make(challenge_id="old")
    (folder / "starter.py").write_text("mine")
    assert run("new", "log-processing", "old").exit_code == 2
    assert (folder / "starter.py").read_text() == "mine"


def test_show_prints_the_statement_in_either_language(run: Invoke, make: Make) -> None:
    make()
    assert "una historia breve" in run("show", "square", "--language", "es").output
    assert "a short story" in run("show", "square").output
    missing = run("show", "squares")
    assert missing.exit_code == 2
    assert "near: square" in missing.output


def test_coverage_lists_every_skill(run: Invoke, make: Make) -> None:
    make()
    output = run("coverage").output
    assert "regex-for-logs" in output
    assert "1 of 76 skills; challenges: 1\ntold in: es 1, en 1\n" in output


def test_coverage_for_programs_says_kind_difficulty_and_languages(
    run: Invoke, make: Make, replace_in: Replace
) -> None:
    panel = make(Kind.ARTIFACT, "panel")
    replace_in(panel / "challenge.toml", "difficulty = 1", "difficulty = 3")
    make(Kind.QUIZ, "asked")
    found = json.loads(run("coverage", "--json").output)
    assert found["challenges"] == 2
    assert len(found["skills"]) == 76
    assert len(found["without"]) == 75
    [covered] = [one for one in found["skills"] if one["practices"]]
    assert (covered["phase"], covered["skill"]) == (4, "regex-for-logs")
    texts = ["es", "en"]
    assert [tuple(one.values()) for one in covered["practices"]] == [
        ("asked", "quiz", 1, None, texts),
        ("panel", "artifact", 3, "json", texts),
    ]


def test_coverage_counts_each_challenge_once_by_kind_and_difficulty(
    run: Invoke, make: Make, replace_in: Replace
) -> None:
    folder = make()
    skills = 'skills = ["regex-for-logs", "log-filtering"]'
    replace_in(folder / "challenge.toml", 'skills = ["regex-for-logs"]', skills)
    rows = [line.split("│") for line in run("coverage").output.splitlines()]
    cells = [[cell.strip() for cell in row[1:-1]] for row in rows]
    assert ["function", "1", "-", "-", "-", "-", "1", "python 1"] in cells
    assert ["review", "-", "-", "-", "-", "-", "-", "-"] in cells


def test_brackets_in_what_is_typed_are_no_mark_up(run: Invoke, make: Make) -> None:
    make()
    for command in ("show", "check"):
        result = run(command, "[/x]")
        assert result.exit_code == 2
        assert "no challenge `[/x]`" in result.output
