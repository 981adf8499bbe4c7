from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from runner.codec import Record
from runner.job import Call, Raises, Run
from runner.render import bounded, called, raised, shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ((1,), "(1,)"),
        ((), "()"),
        ([None, True, 1.5, "a", b"b"], "[None, True, 1.5, 'a', b'b']"),
        ({3, 1, 2}, "{1, 2, 3}"),
        (set(), "set()"),
        (frozenset("a"), "frozenset({'a'})"),
        ({"a": (1, 2)}, "{'a': (1, 2)}"),
        (float("nan"), "float('nan')"),
        (float("-inf"), "float('-inf')"),
        (Decimal("1.10"), "Decimal('1.10')"),
        (date(2024, 2, 29), "date(2024, 2, 29)"),
        (timedelta(days=1), "timedelta(days=1)"),
        (
            datetime(2024, 2, 29, 12, tzinfo=UTC),
            "datetime(2024, 2, 29, 12, 0, tzinfo=timezone.utc)",
        ),
        (Record("Point", {"x": 1, "y": [2]}), "Point(x=1, y=[2])"),
        ("\ud800\0", "'\\ud800\\x00'"),
    ],
)
def test_values_read_as_one_would_type_them(value: Any, text: str) -> None:
    assert shown(value) == text


@pytest.mark.parametrize(
    "value", [list(range(10**6)), "x" * 10**6, [10**19_000], [[["x" * 900]] * 9] * 9]
)
def test_large_values_are_cut(value: Any) -> None:
    text = shown(value)
    assert len(text) == 600
    assert text.endswith("…")


def test_actions_read_as_one_would_type_them() -> None:
    call = Call(function="total", args=([1, 2],), kwargs={"tax": Decimal(1)})
    assert called(call) == "total([1, 2], tax=Decimal('1'))"
    assert called(Run(argv=("--top", "2 3"))) == "python solution.py --top '2 3'"


def test_an_expected_exception_needs_no_words() -> None:
    assert raised(Raises(type="ValueError")) == "ValueError"
    assert raised(Raises(type="ValueError", message_contains="x")) == "ValueError: …x…"


def test_what_no_database_holds_is_replaced() -> None:
    assert bounded("a\0b\ud800") == "a␀b\\ud800"


def test_a_run_shows_what_its_files_held() -> None:
    run = Run(argv=("--all",), files={"in.txt": b"one\ntwo\n"})
    assert called(run) == "$ cat in.txt\none\ntwo\n$ python solution.py --all"
