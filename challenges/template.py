"""The files of a new challenge: whole in form, with all that is to write marked."""

from collections.abc import Mapping
from pathlib import Path

from challenges.challenge import Kind
from challenges.lint import TO_WRITE

_TEXTS = {
    "statement.es.md": "{todo} una historia breve de un trabajo real.\n\n"
    "## Tarea\n\n{todo} qué hay que escribir, y qué pasa con entradas raras.\n{mark}",
    "statement.en.md": "{todo} a short story from a real job.\n\n"
    "## Task\n\n{todo} what to write, and what happens on odd input.\n{mark}",
    "explanation.es.md": "{todo} por qué funciona y qué enseñan los errores.\n",
    "explanation.en.md": "{todo} why it works, and what the mistakes teach.\n",
}
_HINTS = {
    "hints.es.md": "{todo} un empujón.\n\n---\n\n{todo} una dirección.\n\n---\n\n"
    "{todo} casi la solución.\n",
    "hints.en.md": "{todo} a nudge.\n\n---\n\n{todo} a direction.\n\n---\n\n"
    "{todo} nearly the solution.\n",
}
_HEAD = """\
id = "{id}"
kind = "{kind}"
skills = ["{skill}"]
difficulty = 1
tags = []
requires = []

[title]
es = "{todo} título"
en = "{todo} title"
"""
_GROUPS = """
[[group]]
id = "examples"
weight = 20
visible = true
title.es = "Ejemplos del enunciado"
title.en = "Examples from the statement"

[[group]]
id = "hidden"
weight = 80
title.es = "{todo} qué prueba este grupo"
title.en = "{todo} what this group probes"
feedback.es = "{todo} una lección que no revela los datos"
feedback.en = "{todo} a lesson that does not give the data away"
"""
_WRONG = """
[[wrong]]
file = "mistake_{number}.py"
verdict = "wrong_answer"
fails = ["hidden"]
"""
_OWN_KEYS: Mapping[Kind, str] = {
    Kind.TESTS: 'module = "square"\n\n',
    Kind.ARTIFACT: 'artifact = "panel.json"\n\n',
}
_MISTAKES = (1, 2, 3)
_IMPLEMENTATION = """
[[implementation]]
file = "wrong_{number}.py"
group = "hidden"
"""
_CASES: Mapping[Kind, str] = {
    Kind.FUNCTION: """\
[[case]]
group = "examples"
call = "solve(2)"                 # {todo} a call of yours
returns = "4"

[[case]]
group = "hidden"
call = "solve(-3)"                # {todo} a hidden call
returns = "9"
""",
    Kind.PROGRAM: """\
[[case]]
group = "examples"
stdin = "2\\n"                     # {todo} an input of yours
stdout = "4\\n"

[[case]]
group = "hidden"
stdin = "-3\\n"                    # {todo} a hidden input
stdout = "9\\n"
""",
    Kind.SCENARIO: """\
[[case]]
group = "examples"
scene = "solve(2)"
shows = "solve(2)"                # {todo} what a member reads
returns = "4"

[[case]]
group = "hidden"
scene = "solve(-3)"               # {todo} a hidden scene
returns = "9"
""",
    Kind.ARTIFACT: """\
[[case]]
group = "examples"
scene = "value('width')"
shows = "width"                   # {todo} what a member reads
returns = "4"

[[case]]
group = "hidden"
scene = "value('height')"         # {todo} a hidden scene
returns = "9"
""",
    Kind.METRIC: """\
[[case]]
group = "examples"
call = "solve([1, 2])"            # {todo} a call of yours, and the truth
returns = "[1, 4]"
checker = {{ name = "metric", metric = "mae", at_most = 0.5 }}

[[case]]
group = "hidden"
call = "solve([-3, 5])"           # {todo} a hidden call
returns = "[9, 25]"
checker = {{ name = "metric", metric = "mae", at_most = 0.5 }}
""",
}
_STARTERS: Mapping[Kind, str] = {
    Kind.FUNCTION: "def solve(number: int) -> int:\n    ...\n",
    Kind.PROGRAM: "number = int(input())\n",
    Kind.SCENARIO: "def solve(number: int) -> int:\n    ...\n",
    Kind.TESTS: "import square\n",
    Kind.ARTIFACT: '{{"width": 0}}\n',
    Kind.METRIC: "def solve(numbers: list[int]) -> list[int]:\n    ...\n",
}
_SOLUTIONS: Mapping[Kind, str] = {
    Kind.FUNCTION: "def solve(number: int) -> int:\n    return number**2\n",
    Kind.PROGRAM: "print(int(input()) ** 2)\n",
    Kind.SCENARIO: "def solve(number: int) -> int:\n    return number**2\n",
    Kind.TESTS: "import square\n\n\n"
    "def test_negative():\n    assert square.of(-3) == 9\n",
    Kind.ARTIFACT: '{{"width": 4, "height": 9}}\n',
    Kind.METRIC: "def solve(numbers: list[int]) -> list[int]:\n"
    "    return [number**2 for number in numbers]\n",
}
_IMPLEMENTATIONS: Mapping[str, str] = {
    "right/reference.py": "def of(number):\n    return number * number\n",
    "right/rewritten.py": "of = lambda number: number**2\n",
    "wrong/wrong_1.py": "def of(number):\n    return number * 2\n",
    "wrong/wrong_2.py": "def of(number):\n    return -(number**2)\n",
    "wrong/wrong_3.py": "def of(number):\n    return number * abs(number)\n",
}
_SCENARIO = """\
# {todo} drive the submitted module, and return what is observed.


def solve(module, number):
    return module.solve(number)
"""
_WRONG_ARTIFACT = '{{"width": 4, "height": {number}}}\n'
_READER = """\
# {todo} read the text with the real tool, and return what it found.
import json


def value(text, name):
    try:
        return json.loads(text).get(name)
    except json.JSONDecodeError as error:
        raise ArtifactError(error.msg, line=error.lineno) from None
"""
_QUESTION = """\
[[question]]
id = "question-{number}"
answer = "a"
text.es = "{todo} pregunta {number}"
text.en = "{todo} question {number}"
why.es = "{todo} por qué es así"
why.en = "{todo} why it is so"
[[question.choice]]
id = "a"
es = "{todo} la correcta"
en = "{todo} the right one"
[[question.choice]]
id = "b"
es = "{todo} una plausible"
en = "{todo} a plausible one"

"""
_CRITERION = """\
[[criterion]]
id = "clarity"
points = 3
es = "{todo} qué se mira. 3: lo que se ve entonces. 0: lo que se ve entonces."
en = "{todo} what is looked at. 3: what is seen then. 0: what is seen then."
"""


def write_template(folder: Path, kind: Kind, skill: str) -> None:
    """Raises FileExistsError when the folder is there."""
    folder.mkdir(parents=True)
    for name, text in _files(kind).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        mark = "\n<!-- examples -->\n" if kind in _CASES else ""
        values = {"todo": TO_WRITE, "mark": mark, "skill": skill}
        filled = text.format(id=folder.name, kind=kind, **values)
        path.write_text(filled, encoding="utf-8")


def _files(kind: Kind) -> dict[str, str]:
    if kind is Kind.QUIZ:
        questions = "".join(
            _QUESTION.replace("{number}", str(number)) for number in _MISTAKES
        )
        return {**_TEXTS, "challenge.toml": _HEAD, "quiz.toml": questions}
    if kind is Kind.REVIEW:
        return {**_TEXTS, **_HINTS, "challenge.toml": _HEAD, "rubric.toml": _CRITERION}
    suffix, note = (".json", "") if kind is Kind.ARTIFACT else (".py", "# {todo} ")
    files = {
        **_TEXTS,
        **_HINTS,
        "challenge.toml": _challenge_file(kind, suffix),
        f"starter{suffix}": _noted(note, "what the editor holds at first")
        + _STARTERS[kind],
        f"submissions/accepted/first{suffix}": _noted(note, "your solution")
        + _SOLUTIONS[kind],
    }
    for number in _MISTAKES:
        name = f"submissions/wrong/mistake_{number}{suffix}"
        files[name] = (
            _noted(note, f"plausible mistake {number}") + _STARTERS[kind]
            if note
            else _WRONG_ARTIFACT.replace("{number}", str(number))
        )
    if kind is Kind.TESTS:
        implementations = _IMPLEMENTATIONS.items()
        return files | {
            f"implementations/{name}": text for name, text in implementations
        }
    files["cases.toml"] = _CASES[kind]
    scenarios = {Kind.SCENARIO: _SCENARIO, Kind.ARTIFACT: _READER}
    if kind in scenarios:
        files["scenario.py"] = scenarios[kind]
    return files


def _challenge_file(kind: Kind, suffix: str) -> str:
    parts = [_HEAD.replace("[title]", _OWN_KEYS.get(kind, "") + "[title]"), _GROUPS]
    if kind is Kind.TESTS:
        parts += [_numbered(_IMPLEMENTATION)]
    return "".join([*parts, _numbered(_WRONG.replace(".py", suffix))])


def _numbered(table: str) -> str:
    return "".join(table.replace("{number}", str(number)) for number in _MISTAKES)


def _noted(note: str, text: str) -> str:
    return f"{note}{text}\n" if note else ""
