import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from challenges.challenge import Kind
from challenges.errors import FaultLog
from challenges.lint import lint_challenge
from challenges.loader import load_challenge
from challenges.template import write_template

Make = Callable[..., Path]
Replace = Callable[[Path, str, str], None]

SPANISH = "El turno de la noche deja los registros en una carpeta y nadie los lee."
ENGLISH = "The night shift leaves the records in a folder and nobody is there to read."


def faults(folder: Path) -> list[tuple[str, int, str]]:
    log = FaultLog()
    lint_challenge(load_challenge(folder), folder, log)
    return [
        (fault.path.relative_to(folder).as_posix(), fault.line, fault.message)
        for fault in log.faults
    ]


@pytest.mark.parametrize(
    "kind", [Kind.FUNCTION, Kind.PROGRAM, Kind.SCENARIO, Kind.QUIZ, Kind.REVIEW]
)
def test_a_finished_challenge_has_no_fault(make: Make, kind: Kind) -> None:
    assert faults(make(kind)) == []


@pytest.mark.parametrize(
    "kind", [Kind.FUNCTION, Kind.PROGRAM, Kind.SCENARIO, Kind.QUIZ, Kind.REVIEW]
)
def test_a_new_challenge_is_told_what_is_to_write(root: Path, kind: Kind) -> None:
    folder = root / "phase-4/log-processing/fresh"
    write_template(folder, kind, "regex-for-logs")
    found = faults(folder)
    assert ("challenge.toml", 10, "still to write: title") in found
    assert ("statement.en.md", 1, "still to write: a short story from a real job.") in (
        found
    )
    assert len({name for name, _, _ in found}) >= 6


def test_an_untranslated_text_is_told(make: Make) -> None:
    folder = make()
    for language in ("es", "en"):
        (folder / f"explanation.{language}.md").write_text(ENGLISH)
    assert faults(folder) == [
        ("explanation.en.md", 1, "es and en are the same text"),
    ]


def test_a_text_in_the_wrong_language_is_told(make: Make) -> None:
    folder = make()
    (folder / "explanation.es.md").write_text(f"{ENGLISH} {ENGLISH}")
    (folder / "explanation.en.md").write_text(f"{SPANISH} {SPANISH}")
    assert faults(folder) == [
        ("explanation.es.md", 1, "reads like en"),
        ("explanation.en.md", 1, "reads like es"),
    ]


def test_a_text_that_says_less_is_told(make: Make) -> None:
    folder = make()
    (folder / "explanation.es.md").write_text(f"{SPANISH} {SPANISH}")
    (folder / "explanation.en.md").write_text(ENGLISH * 4)
    [(name, _, message)] = faults(folder)
    assert name == "explanation.en.md"
    assert message.endswith("one of them says less")


def test_a_criterion_that_leaves_its_marks_to_taste_is_told(
    make: Make, replace_in: Replace
) -> None:
    folder = make(Kind.REVIEW)
    replace_in(folder / "rubric.toml", " 0: what is seen then.", "")
    assert faults(folder) == [
        ("rubric.toml", 1, "clarity: says not what is seen at `0:` in en")
    ]


def test_an_untranslated_feedback_has_its_line(make: Make, replace_in: Replace) -> None:
    folder = make()
    replace_in(
        folder / "challenge.toml",
        "una lección que no revela los datos",
        "a lesson that does not give the data away",
    )
    assert faults(folder) == [
        ("challenge.toml", 24, "feedback: es and en are the same text")
    ]


def test_samples_that_repeat_another_are_told(make: Make) -> None:
    folder = make()
    wrong = folder / "submissions/wrong"
    (wrong / "mistake_2.py").write_text((wrong / "mistake_1.py").read_text())
    told = "is the same as wrong/mistake_1.py"
    assert faults(folder) == [("submissions/wrong/mistake_2.py", 1, told)]


def test_a_group_that_a_seed_leaves_empty_is_told(
    make: Make, replace_in: Replace
) -> None:
    folder = make()
    replace_in(folder / "cases.toml", 'group = "hidden"', 'group = "examples"')
    (folder / "cases.py").write_text(
        "def cases(rng):\n"
        "    if rng.random() > 0.5:\n"
        "        yield {'group': 'hidden', 'call': 'solve(1)', 'returns': '1'}\n"
    )
    found = faults(folder)
    assert found
    assert {name for name, _, _ in found} == {"cases.py"}
    assert all(message.endswith("gives `hidden` no case") for _, _, message in found)


def test_data_may_hold_anything(make: Make) -> None:
    folder = make()
    (folder / "data").mkdir()
    (folder / "data/notes.md").write_bytes(b"TODO: \xff")
    assert faults(folder) == []


@pytest.mark.parametrize(
    ("profile", "told"),
    [
        ("base", [("cases.toml", "a table needs the profile `data` or `ml`")]),
        ("data", []),
    ],
)
def test_a_table_needs_a_profile_with_tables(
    make: Make, replace_in: Replace, profile: str, told: list[tuple[str, str]]
) -> None:
    folder = make()
    toml = folder / "challenge.toml"
    kind = 'kind = "function"'
    replace_in(toml, kind, f'{kind}\nprofile = "{profile}"')
    cases = (folder / "cases.toml").read_text()
    last = tomllib.loads(cases)["case"][-1]
    function = last["call"].split("(")[0]
    (folder / "cases.toml").write_text(
        f'{cases}\n[[case]]\ngroup = "{last["group"]}"\n'
        f'call = "{function}([series([1])])"\nreturns = "1"\n'
    )
    assert [(n, text.split(": ", 1)[1]) for n, _, text in faults(folder)] == told
