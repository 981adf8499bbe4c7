"""The visible cases as a member reads them in the statement.

Rendered from what the author wrote, so that the examples cannot differ from the cases.
Only code: the same text serves both languages.
"""

import shlex
from collections.abc import Callable, Iterable, Mapping

from challenges.challenge import Kind
from challenges.expression import argument_texts, parse_value
from challenges.schema import CaseTable, CheckerTable
from runner.metrics import METRIC

MARK = "<!-- examples -->"


def render_examples(tables: Iterable[CaseTable], kind: Kind) -> str:
    language, render = _RENDERERS[kind]
    shown = ["\n".join(render(table)) for table in tables]
    if kind in {Kind.FUNCTION, Kind.METRIC}:
        # Calls of one function read best as one session.
        shown = ["\n\n".join(shown)]
    return "\n\n".join(_fence(language, text) for text in shown)


def _fence(language: str, body: str) -> str:
    # A fence longer than any in the text cannot be closed by it.
    fence = "```"
    while fence in body:
        fence += "`"
    return f"{fence}{language}\n{body}\n{fence}"


def _session(table: CaseTable) -> list[str]:
    """What a person would see at the interpreter's prompt."""
    call = table.call or ""
    if not table.args_after:
        return [_typed(call), *_printed(table.prints), *_answer(table)]
    texts = argument_texts(call)
    names = _names(texts, table.args_after)
    changed = [
        (name, text, after)
        for name, text, after in zip(names, texts, table.args_after, strict=True)
        if name != text
    ]
    lines = [f">>> {name} = {text}" for name, text, _ in changed]
    function = call[: call.index("(")].strip()
    keywords = call[_end_of_positionals(call, texts) :]
    lines.append(f">>> {function}({', '.join(names)}{keywords}")
    lines += [*_printed(table.prints), *_answer(table)]
    for name, _, after in changed:
        lines += [f">>> {name}", after]
    return lines


def _names(texts: tuple[str, ...], after: tuple[str, ...]) -> list[str]:
    """Variables for the arguments that a call changes; the others stay as they are."""
    letters = iter("abcdefgh")
    return [
        text if text == later else next(letters)
        for text, later in zip(texts, after, strict=True)
    ]


def _end_of_positionals(call: str, texts: tuple[str, ...]) -> int:
    at = call.index("(") + 1
    for text in texts:
        at = call.index(text, at) + len(text)
    return at


def _typed(source: str) -> str:
    first, *rest = source.strip().splitlines()
    return "\n".join([f">>> {first}", *(f"... {line}" for line in rest)])


def _printed(text: str | None) -> list[str]:
    return text.rstrip("\n").split("\n") if text else []


def _answer(table: CaseTable) -> list[str]:
    if table.raises is not None:
        return [_error(table)]
    return [] if table.returns is None else [table.returns.strip()]


def _error(table: CaseTable) -> str:
    return f"{table.raises}: {table.message}" if table.message else f"{table.raises}"


def _terminal(table: CaseTable) -> list[str]:
    """What a person would see in a terminal."""
    lines: list[str] = []
    for name, text in table.files.items():
        lines += [f"$ cat {shlex.quote(name)}", *_printed(text)]
    command = shlex.join(["python", "solution.py", *table.argv])
    if table.stdin:
        name = _free_name(table.files)
        lines += [f"$ cat {name}", *_printed(table.stdin)]
        command += f" < {name}"
    lines += [f"$ {command}", *_printed(table.stdout)]
    if table.exit_status:
        lines += ["$ echo $?", str(table.exit_status)]
    for name, text in table.writes.items():
        lines += [f"$ cat {shlex.quote(name)}", *_printed(text)]
    for name, text in table.writes_bytes.items():
        lines += [f"$ xxd -p {shlex.quote(name)}", parse_value(text).hex()]
    return lines


def _free_name(files: Mapping[str, str]) -> str:
    return "input.txt" if "input.txt" not in files else "stdin.txt"


def _scene(table: CaseTable) -> list[str]:
    shown = table.shows.strip().splitlines()
    outcome = [*_printed(table.prints), *_answer(table)]
    lines = [line for entry in outcome for line in entry.splitlines()]
    marks = ["# → ", *["#   "] * len(lines)]
    return [*shown, *(mark + line for mark, line in zip(marks, lines, strict=False))]


def _measured(table: CaseTable) -> list[str]:
    """Predictions need not be the truth, only near enough."""
    if not isinstance(table.checker, CheckerTable) or table.checker.name != METRIC:
        return _session(table)
    options = table.checker.options
    least, most = options.get("at_least"), options.get("at_most")
    mark = f"≥ {least}" if least is not None else f"≤ {most}"
    truth = (table.returns or "").strip()
    return [_typed(table.call or ""), f"# {options['metric']} {mark}: {truth}"]


_RENDERERS: Mapping[Kind, tuple[str, Callable[[CaseTable], list[str]]]] = {
    Kind.FUNCTION: ("pycon", _session),
    Kind.PROGRAM: ("console", _terminal),
    Kind.SCENARIO: ("python", _scene),
    Kind.ARTIFACT: ("text", _scene),
    Kind.METRIC: ("pycon", _measured),
}
