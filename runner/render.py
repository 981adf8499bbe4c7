"""Plain values, actions and expectations as a person reads them: bounded, no sentences.

What is written is what one could type: `total([1, 2], tax=0)`, `Decimal('1.5')`.
"""

import shlex
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from runner import tables
from runner.codec import Record
from runner.job import Action, Raises, Run, Suite

SHOWN_CHARACTERS: Final = 600
SHOWN_OUTPUT_CHARACTERS: Final = 4_000
ELLIPSIS: Final = "…"
LONGEST_INT_BITS: Final = 14_000
"""Python refuses to write more than 4300 digits."""


def bounded(text: str, limit: int = SHOWN_CHARACTERS) -> str:
    """Cut, and without what a database or JSON cannot hold: NUL, lone surrogates."""
    cut = text if len(text) <= limit else text[: limit - 1] + ELLIPSIS
    clean = cut.encode("utf-8", "backslashreplace").decode()
    return clean.replace("\0", "␀")


def shown(value: object, limit: int = SHOWN_CHARACTERS) -> str:
    parts: list[str] = []
    room = limit
    for part in _parts(value):
        parts.append(part)
        room -= len(part)
        if room < 0:
            break
    return bounded("".join(parts), limit)


def called(action: Action) -> str:
    if isinstance(action, Run):
        return _terminal(action)
    if isinstance(action, Suite):
        return "pytest"
    kwargs = getattr(action, "kwargs", {})
    arguments = [shown(value) for value in action.args]
    arguments += [f"{name}={shown(value)}" for name, value in kwargs.items()]
    return bounded(f"{action.function}({', '.join(arguments)})")


def _terminal(run: Run) -> str:
    """The command; before it, where there are files, what they hold."""
    command = bounded(shlex.join(["python", "solution.py", *run.argv]))
    if not run.files:
        return command
    lines: list[str] = []
    for name, content in run.files.items():
        text = bounded(content.decode(errors="replace")).rstrip("\n")
        lines += [f"$ cat {bounded(shlex.quote(name))}", text]
    return bounded("\n".join([*lines, f"$ {command}"]), SHOWN_OUTPUT_CHARACTERS)


def raised(raises: Raises) -> str:
    if raises.message_contains is None:
        return raises.type
    return bounded(f"{raises.type}: {ELLIPSIS}{raises.message_contains}{ELLIPSIS}")


def _parts(value: Any) -> Iterable[str]:
    kind = type(value)
    if kind is list:
        yield from _listed("[", value, "]")
    elif kind is tuple:
        yield from _listed("(", value, ",)" if len(value) == 1 else ")")
    elif kind is set or kind is frozenset:
        yield from _set(value)
    elif kind is dict:
        entries = (_joined(key, ": ", one) for key, one in value.items())
        yield from _separated("{", entries, "}")
    elif kind in tables.KINDS:
        yield from _table(value)
    elif kind is Record:
        fields = (_field(name, one) for name, one in value.fields.items())
        yield from _separated(f"{value.name}(", fields, ")")
    else:
        yield _scalar(value)


def _table(value: Any) -> Iterable[str]:
    """As an author writes it (see FORMAT.md)."""
    if type(value) is tables.Array:
        return _separated("array(", [_parts(value.values)], ")")
    given = tables.parts(value)[0]
    more = []
    if value.index != list(range(len(value.index))):
        more.append(_field("index", value.index))
    if type(value) is tables.Series:
        if value.name is not None:
            more.append(_field("name", value.name))
        return _separated("series(", [_parts(given), *more], ")")
    columns = (
        _joined(label, ": ", [row[number] for row in value.rows])
        for number, label in enumerate(given)
    )
    return _separated("frame(", [_separated("{", columns, "}"), *more], ")")


def _listed(opening: str, values: Iterable[object], closing: str) -> Iterable[str]:
    return _separated(opening, (_parts(value) for value in values), closing)


def _set(value: Any) -> Iterable[str]:
    # In one order, whatever the hashes are.
    elements = (iter([text]) for text in sorted(shown(element) for element in value))
    if type(value) is set:
        return _separated("{", elements, "}") if value else ("set()",)
    return _separated("frozenset({", elements, "})") if value else ("frozenset()",)


def _field(name: str, value: object) -> Iterable[str]:
    yield f"{name}="
    yield from _parts(value)


def _joined(key: object, sign: str, value: object) -> Iterable[str]:
    yield from _parts(key)
    yield sign
    yield from _parts(value)


def _separated(
    opening: str, items: Iterable[Iterable[str]], closing: str
) -> Iterable[str]:
    yield opening
    for index, item in enumerate(items):
        if index:
            yield ", "
        yield from item
    yield closing


def _scalar(value: Any) -> str:
    kind = type(value)
    if kind is int and value.bit_length() > LONGEST_INT_BITS:
        return f"{value:#x}"
    if kind is float and value - value != 0:
        return f"float('{value}')"
    if kind is str or kind is bytes:
        # One past the bound, so that the cut is seen.
        return repr(value[: SHOWN_OUTPUT_CHARACTERS + 1])
    if kind in {date, time, datetime, timedelta}:
        return repr(value).replace("datetime.", "")
    return repr(value) if kind in {int, float, bool, Decimal} else str(value)
