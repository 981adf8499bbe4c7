"""How a value is compared with what was expected; the host's side alone has both.

| name        | compares                                                      |
|-------------|---------------------------------------------------------------|
| `equal`     | values of exactly the same types, deep; nan equals nan        |
| `close`     | as `equal`, but numbers within `tolerance` (default 1e-9)     |
| `unordered` | as `equal`, but the outermost list, tuple or rows as multiset |
| `lines`     | text without white space at line ends and newlines at its end |
| `exact`     | text to the last character                                    |
| `metric`    | predictions, by a measure and a threshold (`runner.metrics`)  |
| `own`       | as the challenge's `checker.py` says (`runner.own_checker`)   |
"""

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Any, Final

from runner import metrics, tables
from runner.codec import Record
from runner.errors import CheckerError

Options = Mapping[str, object]
DEFAULT_TOLERANCE: Final = 1e-9
OWN: Final = "own"
ANY_OPTIONS: Final = frozenset({"*"})


@dataclass(frozen=True, kw_only=True)
class Checker:
    compare: Callable[[Any, Any, Options], bool]
    """Expected, got, options; both are plain values."""
    of_text: bool = False
    """Text checkers see what was printed or written; the others see values."""
    options: frozenset[str] = frozenset()
    problem: Callable[[Options], str | None] = lambda options: None  # noqa: ARG005


def checker_named(name: str, options: Options) -> Checker:
    """Raises CheckerError, a ValueError, for a name or option that does not exist."""
    checker = CHECKERS.get(name)
    if checker is None:
        raise CheckerError(name, "unknown name")
    unknown = set(options) - checker.options
    if unknown and checker.options != ANY_OPTIONS:
        raise CheckerError(name, f"unknown option {min(unknown)}")
    problem = checker.problem(options)
    if problem is not None:
        raise CheckerError(name, problem)
    tolerance = options.get("tolerance", 0)
    if type(tolerance) not in {int, float} or not 0 <= tolerance < math.inf:  # type: ignore[operator]
        raise CheckerError(name, "tolerance is not a number from 0 up")
    return checker


def equal(expected: Any, got: Any, options: Options) -> bool:
    del options
    return _deep(expected, got, _same_scalar)


def close(expected: Any, got: Any, options: Options) -> bool:
    tolerance: Any = options.get("tolerance", DEFAULT_TOLERANCE)

    def near(one: Any, other: Any) -> bool:
        if not (type(one) in _NUMBERS and type(other) in _NUMBERS):
            return _same_scalar(one, other)
        if _nan(one) or _nan(other):
            return _nan(one) and _nan(other)
        try:
            return math.isclose(one, other, rel_tol=tolerance, abs_tol=tolerance)
        except OverflowError:  # an int past the largest float
            return bool(one == other)

    return _deep(expected, got, near)


def unordered(expected: Any, got: Any, options: Options) -> bool:
    del options
    if type(expected) is type(got) is tables.Frame:
        # The labels of rows go with the order that does not count.
        same_columns = _deep(expected.columns, got.columns, _same_scalar)
        return same_columns and _same_elements(expected.rows, got.rows, _same_scalar)
    if type(expected) is not type(got) or type(expected) not in {list, tuple}:
        return _deep(expected, got, _same_scalar)
    return _same_elements(expected, got, _same_scalar)


def lines(expected: Any, got: Any, options: Options) -> bool:
    del options
    return bool(_without_trailing(expected) == _without_trailing(got))


def by_metric(expected: Any, got: Any, options: Options) -> bool:
    return metrics.measured(expected, got, options).holds


def own(expected: Any, got: Any, options: Options) -> bool:
    """Only what the challenge's own code said counts; here there is nothing of it."""
    del expected, got, options
    raise CheckerError("own", "did not say")


def exact(expected: Any, got: Any, options: Options) -> bool:
    del options
    return type(expected) is type(got) is str and expected == got


CHECKERS: Final[Mapping[str, Checker]] = {
    "equal": Checker(compare=equal),
    "close": Checker(compare=close, options=frozenset({"tolerance"})),
    "unordered": Checker(compare=unordered),
    "lines": Checker(compare=lines, of_text=True),
    "exact": Checker(compare=exact, of_text=True),
    metrics.METRIC: Checker(
        compare=by_metric, options=metrics.OPTIONS, problem=metrics.problem
    ),
    OWN: Checker(compare=own, options=ANY_OPTIONS),
}

_NUMBERS: Final = frozenset({int, float})
_Same = Callable[[Any, Any], bool]


def _deep(one: Any, other: Any, same: _Same) -> bool:
    kind = type(one)
    if kind in _NUMBERS and type(other) in _NUMBERS:
        return same(one, other)
    if kind is not type(other):
        return False
    if kind is list or kind is tuple:
        return len(one) == len(other) and all(
            _deep(left, right, same) for left, right in zip(one, other, strict=True)
        )
    if kind is dict:
        return _same_entries(one, other, same)
    if kind is set or kind is frozenset:
        return _same_elements(one, other, same)
    if kind in tables.KINDS:
        return _deep(tables.parts(one), tables.parts(other), same)
    if kind is Record:
        return one.name == other.name and _same_entries(one.fields, other.fields, same)
    return same(one, other)


def _same_scalar(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    if _nan(one) or _nan(other):
        return _nan(one) and _nan(other)
    if isinstance(one, datetime | time):
        # The same instant elsewhere is another answer.
        return bool(one == other) and one.utcoffset() == other.utcoffset()
    return bool(one == other)


def _nan(value: Any) -> bool:
    if type(value) is float:
        return math.isnan(value)
    return type(value) is Decimal and value.is_nan()


def _same_entries(one: dict[Any, Any], other: dict[Any, Any], same: _Same) -> bool:
    return _same_elements(list(one.items()), list(other.items()), same)


def _same_elements(one: Collection[Any], other: Collection[Any], same: _Same) -> bool:
    """As multisets. Elements that sort alike are tried first, the rest each with each;
    the author's value bounds how many there are.
    """
    if len(one) != len(other):
        return False
    ours, theirs = sorted(one, key=_order), sorted(other, key=_order)
    left = [
        (mine, yours)
        for mine, yours in zip(ours, theirs, strict=True)
        if not _deep(mine, yours, same)
    ]
    rest = [yours for _, yours in left]
    for mine, _ in left:
        found = next(
            (i for i, yours in enumerate(rest) if _deep(mine, yours, same)), -1
        )
        if found < 0:
            return False
        del rest[found]
    return True


def _order(value: Any) -> str:
    """Equal plain values sort next to each other, as far as their text goes."""
    if type(value) is tuple and value:
        return _order(value[0])
    try:
        return f"{type(value).__name__} {value!r}"[:200]
    except ValueError:  # an int with more digits than Python writes
        return type(value).__name__


def _without_trailing(text: Any) -> Any:
    if type(text) is not str:
        return text
    return "\n".join(line.rstrip() for line in text.split("\n")).rstrip("\n")
