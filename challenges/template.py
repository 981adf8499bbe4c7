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
_MISTAKES = (1, 2, 3)
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
}
_STARTERS: Mapping[Kind, str] = {
    Kind.FUNCTION: "def solve(number: int) -> int:\n    ...\n",
    Kind.PROGRAM: "number = int(input())\n",
    Kind.SCENARIO: "def solve(number: int) -> int:\n    ...\n",
}
_SOLUTIONS: Mapping[Kind, str] = {
    Kind.FUNCTION: "def solve(number: int) -> int:\n    return number**2\n",
    Kind.PROGRAM: "print(int(input()) ** 2)\n",
    Kind.SCENARIO: "def solve(number: int) -> int:\n    return number**2\n",
}
_SCENARIO = """\
# {todo} drive the submitted module, and return what is observed.


def solve(module, number):
    return module.solve(number)
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
es = "{todo} qué se mira"
en = "{todo} what is looked at"
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
    wrong = "".join(_WRONG.replace("{number}", str(number)) for number in _MISTAKES)
    files = {
        **_TEXTS,
        **_HINTS,
        "challenge.toml": _HEAD + _GROUPS + wrong,
        "cases.toml": _CASES[kind],
        "starter.py": "# {todo} what the editor holds at first\n" + _STARTERS[kind],
        "submissions/accepted/first.py": "# {todo} your solution\n" + _SOLUTIONS[kind],
    }
    for number in _MISTAKES:
        name = f"submissions/wrong/mistake_{number}.py"
        files[name] = f"# {{todo}} plausible mistake {number}\n" + _STARTERS[kind]
    if kind is Kind.SCENARIO:
        files["scenario.py"] = _SCENARIO
    return files
