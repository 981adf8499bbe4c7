from collections.abc import Callable
from pathlib import Path

import pytest

from challenges.challenge import Kind
from challenges.errors import InvalidChallenge
from challenges.loader import load_catalogue, load_challenge, read_catalogue
from runner.job import Call, Run, Scene
from runner.verdict import Verdict

Make = Callable[..., Path]
Replace = Callable[[Path, str, str], None]

CODED = [Kind.FUNCTION, Kind.PROGRAM, Kind.SCENARIO]


def faults(folder: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(InvalidChallenge) as caught:
        load_challenge(folder)
    return [
        (fault.path.relative_to(folder).as_posix(), fault.line, fault.message)
        for fault in caught.value.faults
    ]


def test_a_sound_folder_becomes_a_challenge(make: Make) -> None:
    challenge = load_challenge(make())
    assert (challenge.id, challenge.kind) == ("square", Kind.FUNCTION)
    assert (challenge.phase, challenge.topic) == (4, "log-processing")
    assert [case.name for case in challenge.cases] == ["examples-1", "hidden-1"]
    assert [case.visible for case in challenge.cases] == [True, False]
    assert challenge.cases[0].action == Call(function="solve", args=(2,))
    assert challenge.cases[0].shows == "solve(2)"
    assert len(challenge.hints) == 3
    assert challenge.solution.endswith("number**2\n")
    assert [s.verdict for s in challenge.samples[:2]] == [
        Verdict.ACCEPTED,
        Verdict.WRONG_ANSWER,
    ]
    assert len(challenge.digest) == 64


def test_programs_and_scenarios_get_their_actions(make: Make) -> None:
    program = load_challenge(make(Kind.PROGRAM, "a-program"))
    scenario = load_challenge(make(Kind.SCENARIO, "a-scenario"))
    assert program.cases[0].action == Run(stdin="2\n")
    assert program.cases[0].expected.prints == "4\n"
    assert program.cases[0].expected.exit_status == 0
    assert program.cases[0].expected.checker.name == "lines"
    assert scenario.cases[0].action == Scene(function="solve", args=(2,))
    assert scenario.scenario is not None


def test_quizzes_and_reviews_need_no_code(make: Make) -> None:
    quiz = load_challenge(make(Kind.QUIZ, "a-quiz"))
    review = load_challenge(make(Kind.REVIEW, "a-review"))
    assert [question.answer for question in quiz.questions] == ["a"] * 3
    assert [criterion.points for criterion in review.rubric] == [3]


def test_the_digest_follows_every_file(make: Make) -> None:
    folder = make()
    before = load_challenge(folder).digest
    (folder / "data").mkdir()
    (folder / "data/x.log").write_bytes(b"\xff")
    changed = load_challenge(folder)
    assert changed.digest != before
    assert changed.data == {"x.log": b"\xff"}


SPOILT_TOML = [
    ('id = "square"', 'id = "other"', 1, "id: `other` is not the folder's name"),
    ('id = "square"', 'id = "Sq uare"', 1, "id: must be words of a-z"),
    ('kind = "function"', 'kind = "novel"', 2, "kind: input should be"),
    ('["regex-for-logs"]', '["regexes"]', 3, "skills: `regexes` is not in the roadmap"),
    (
        '["regex-for-logs"]',
        '["mlops"]',
        3,
        "skills: `mlops` belongs to topic `model-deployment`",
    ),
    ("difficulty = 1", "difficulty = 6", 4, "difficulty: input should be less"),
    ("difficulty = 1", "difficulty = '1'", 4, "difficulty: input should be a valid"),
    ("difficulty = 1", "dificulty = 1", 4, "dificulty: no such key"),
    ("difficulty = 1", "difficulty = ", 4, "not TOML: Invalid value"),
    ("\n[title]", "limits.cpu_time_s = 99\n[title]", 7, "limits.cpu_time_s: input"),
    ('en = "title"', "", 8, "title.en: is missing"),
    ('en = "title"', 'en = ""', 10, "title.en: string should have at least"),
    ("visible = true", "visible = false", 12, "no group is visible"),
    ("weight = 20", "weight = 0", 14, "weight: must be 1 or more"),
    ('id = "hidden"', 'id = "examples"', 20, "two groups are called `examples`"),
    ('id = "hidden"', 'id = "other"', 19, "group `other` has no case"),
    ("mistake_2.py", "mistake_1.py", 33, "`mistake_1.py` is listed twice"),
    ("mistake_2.py", "absent.py", 1, "the file is missing"),
    ('"wrong_answer"', '"partial"', 29, "`partial` cannot be what a wrong sample"),
    ('"wrong_answer"', '"wrong"', 29, "wrong.0.verdict: input should be"),
    ('fails = ["hidden"]', 'fails = ["secret"]', 30, "no group `secret`"),
]


@pytest.mark.parametrize("spoilt", SPOILT_TOML)
def test_a_fault_of_challenge_toml_has_its_line(
    make: Make, replace_in: Replace, spoilt: tuple[str, str, int, str]
) -> None:
    old, new, line, message = spoilt
    folder = make()
    replace_in(folder / "challenge.toml", old, new)
    found = faults(folder)
    assert any(at == line and text.startswith(message) for _, at, text in found), found


SPOILT_CASES = [
    ('group = "hidden"', 'group = "nowhere"', 7, "no group `nowhere`"),
    ('"solve(-3)"', '"solve(x)"', 8, "call: the name `x` is not known"),
    ('"solve(-3)"', '"solve(-3"', 8, "call: is not a Python expression"),
    ('"solve(-3)"', '"other(-3)"', 1, "`other` is not defined in the accepted"),
    ('"9"', '"open(9)"', 9, "returns: `open(…)` is not a known value"),
    ('returns = "9"', "", 6, "nothing is expected"),
    ('returns = "9"', 'message = "no"', 9, "message: needs `raises`"),
    ('returns = "9"', 'stdout = "9"', 9, "stdout: has no meaning in a case of kind"),
    ('returns = "9"', "returns = 9", 9, "case.1.returns: input should be a valid"),
    ('"9"', '"9"\nraises = "E"', 9, "returns: a call that raises returns nothing"),
    ('"9"', '"9"\nchecker = "fuzzy"', 10, "case.1.checker: `fuzzy`: unknown name"),
    ('"9"', '"9"\nargs_after = []', 10, "args_after: 0 values for 1 arguments"),
    ('"9"', f'"{"[" * 60}{"]" * 60}"', 6, "cannot be sent to a sandbox"),
    ('call = "solve(-3)"', "", 6, "`call` is missing"),
    ('call = "solve(-3)"', 'files = {"../x" = ""}', 8, "files: `../x` must be"),
]


@pytest.mark.parametrize("spoilt", SPOILT_CASES)
def test_a_fault_of_cases_toml_has_its_line(
    make: Make, replace_in: Replace, spoilt: tuple[str, str, int, str]
) -> None:
    old, new, line, message = spoilt
    folder = make()
    replace_in(folder / "cases.toml", old, new)
    found = faults(folder)
    assert any(
        (name, at) == ("cases.toml", line) and text.startswith(message)
        for name, at, text in found
    ), found


def test_scenarios_are_held_to_their_scenes(make: Make, replace_in: Replace) -> None:
    folder = make(Kind.SCENARIO)
    cases = folder / "cases.toml"
    replace_in(cases, 'shows = "solve(2)"', "")
    replace_in(cases, '"solve(-3)"', '"solve(number=-3)"')
    found = faults(folder)
    assert ("cases.toml", 1, "a visible scene needs `shows`: what a member reads") in (
        found
    )
    told = "scene: a scene takes its arguments by position"
    assert ("cases.toml", 9, told) in found


@pytest.mark.parametrize("kind", CODED)
@pytest.mark.parametrize(
    "name",
    [
        *(
            f"{stem}.{tongue}.md"
            for stem in ("statement", "hints")
            for tongue in ("es", "en")
        ),
        "explanation.es.md",
        "explanation.en.md",
        "starter.py",
        "cases.toml",
        "challenge.toml",
    ],
)
def test_a_missing_file_is_told(make: Make, kind: Kind, name: str) -> None:
    folder = make(kind)
    (folder / name).unlink()
    assert (name, 1, "the file is missing") in faults(folder)


def test_all_faults_of_a_folder_are_told_at_once(
    make: Make, replace_in: Replace
) -> None:
    folder = make()
    replace_in(folder / "challenge.toml", '["regex-for-logs"]', '["regexes"]')
    replace_in(folder / "cases.toml", '"9"', '"nine"')
    replace_in(folder / "hints.es.md", "---\n\ncasi", "casi")
    replace_in(folder / "statement.en.md", "<!-- examples -->", "")
    (folder / "explanation.es.md").write_bytes(b"\xff")
    (folder / "hint.en.md").write_text("mistyped")
    (folder / "starter.py").write_text(load_source(folder))
    (folder / "submissions/wrong/extra.py").write_text("pass")
    (folder / "cases.py").write_text("def cases(rng):\n    1 / 0\n")
    assert {(name, line) for name, line, _ in faults(folder)} >= {
        ("challenge.toml", 3),
        ("cases.toml", 9),
        ("hints.es.md", 1),
        ("hints.en.md", 1),
        ("explanation.es.md", 1),
        ("hint.en.md", 1),
        ("starter.py", 1),
        ("submissions/wrong/extra.py", 1),
        ("cases.py", 1),
        ("statement.en.md", 1),
    }


def load_source(folder: Path) -> str:
    return (folder / "submissions/accepted/first.py").read_text(encoding="utf-8")


def test_samples_are_needed(make: Make) -> None:
    folder = make()
    (folder / "submissions/accepted/first.py").unlink()
    (folder / "submissions/wrong/mistake_3.py").unlink()
    told = {message for _, _, message in faults(folder)}
    assert "holds no accepted sample" in told
    assert "holds 2 wrong samples; 3 or more are needed" in told


def test_a_quiz_is_held_to_its_key(make: Make, replace_in: Replace) -> None:
    folder = make(Kind.QUIZ)
    quiz = folder / "quiz.toml"
    replace_in(quiz, 'answer = "a"', 'answer = "c"')
    replace_in(quiz, 'id = "question-2"', 'id = "question-1"')
    replace_in(quiz, 'id = "b"', 'id = "a"')
    assert {(line, message) for _, line, message in faults(folder)} == {
        (3, "the answer `c` is no choice"),
        (8, "two choices have the same id"),
        (18, "two questions are called `question-1`"),
    }


def test_two_folders_of_one_id_are_refused(root: Path, make: Make) -> None:
    folder = make()
    other = root / "phase-4/log-basics/square"
    other.parent.mkdir()
    folder.rename(other)
    make()
    with pytest.raises(InvalidChallenge, match="`square` is also in"):
        load_catalogue(root)


def test_requirements_must_exist_and_end(
    root: Path, make: Make, replace_in: Replace
) -> None:
    for name, required in [("one", "two"), ("two", "one"), ("three", "nothing")]:
        folder = make(challenge_id=name)
        toml = folder / "challenge.toml"
        replace_in(toml, "requires = []", f'requires = ["{required}"]')
    catalogue, log = read_catalogue(root)
    assert len(catalogue.all) == 3
    told = sorted((fault.line, fault.message) for fault in log.faults)
    assert [line for line, _ in told] == [6, 6]
    assert "a circle" in told[0][1]
    assert told[1][1] == "requires: no challenge `nothing`"


def test_a_broken_challenge_does_not_hide_the_sound_ones(
    root: Path, make: Make
) -> None:
    make(challenge_id="sound")
    (make(challenge_id="broken") / "starter.py").unlink()
    catalogue, log = read_catalogue(root)
    assert [one.id for one in catalogue.all] == ["sound"]
    assert [fault.path.name for fault in log.faults] == ["starter.py"]
