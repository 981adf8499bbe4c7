import doctest
from typing import Any

import pytest

from challenges.challenge import Kind
from challenges.examples import render_examples
from challenges.schema import CaseTable


def rendered(kind: Kind, *tables: dict[str, Any]) -> str:
    return render_examples(
        [CaseTable.model_validate({"group": "examples", **one}) for one in tables], kind
    )


def test_calls_read_as_one_session() -> None:
    text = rendered(
        Kind.FUNCTION,
        {"call": "total(['3'], tax=0)", "returns": "3"},
        {"call": "total([])", "raises": "ValueError", "message": "empty"},
        {"call": "total(None)", "raises": "TypeError"},
    )
    assert text == (
        "```pycon\n>>> total(['3'], tax=0)\n3\n\n"
        ">>> total([])\nValueError: empty\n\n>>> total(None)\nTypeError\n```"
    )


def test_what_a_call_prints_comes_before_what_it_returns() -> None:
    text = rendered(
        Kind.FUNCTION, {"call": "f()", "prints": "one\ntwo\n", "returns": "2"}
    )
    assert text == "```pycon\n>>> f()\none\ntwo\n2\n```"


def test_a_changed_argument_is_shown_as_a_session_that_python_confirms() -> None:
    text = rendered(
        Kind.FUNCTION,
        {
            "call": "push([3, 1], 2, times=2)",
            "returns": "4",
            "args_after": ["[3, 1, 2, 2]", "2"],
        },
    )
    session = text.removeprefix("```pycon\n").removesuffix("```")
    assert session == (
        ">>> a = [3, 1]\n>>> push(a, 2, times=2)\n4\n>>> a\n[3, 1, 2, 2]\n"
    )

    def push(items: list[int], item: int, *, times: int) -> int:
        items += [item] * times
        return len(items)

    test = doctest.DocTestParser().get_doctest(session, {"push": push}, "x", None, 0)
    assert doctest.DocTestRunner(verbose=False).run(test).failed == 0


def test_a_run_reads_as_a_terminal() -> None:
    text = rendered(
        Kind.PROGRAM,
        {
            "argv": ["--top", "two words"],
            "stdin": "a\nb\n",
            "files": {"input.txt": "x\n"},
            "stdout": "done\n",
            "exit_status": 2,
            "writes": {"out.csv": "1,2\n"},
        },
    )
    assert text == (
        "```console\n$ cat input.txt\nx\n$ cat stdin.txt\na\nb\n"
        "$ python solution.py --top 'two words' < stdin.txt\ndone\n"
        "$ echo $?\n2\n$ cat out.csv\n1,2\n```"
    )


def test_a_scene_reads_as_code_and_its_outcome() -> None:
    text = rendered(
        Kind.SCENARIO,
        {"scene": "x()", "shows": "shelf = Shelf()\nshelf.lend()", "returns": "['ok']"},
        {"scene": "y()", "shows": "Shelf(-1)", "raises": "ValueError"},
    )
    assert text == (
        "```python\nshelf = Shelf()\nshelf.lend()\n# → ['ok']\n```\n\n"
        "```python\nShelf(-1)\n# → ValueError\n```"
    )


def test_an_outcome_of_several_lines_is_shown_whole() -> None:
    text = rendered(
        Kind.SCENARIO,
        {"scene": "x()", "shows": "lend()", "returns": "[\n    'ok',\n    'no',\n]"},
    )
    assert text == "```python\nlend()\n# → [\n#       'ok',\n#       'no',\n#   ]\n```"


@pytest.mark.parametrize("printed", ["```\n", "a\n````\nb"])
def test_text_of_a_case_cannot_close_its_fence(printed: str) -> None:
    text = rendered(Kind.PROGRAM, {"stdout": printed})
    fence = text.split("console", 1)[0]
    assert text.count(fence) == 2
    assert text.endswith(fence)
