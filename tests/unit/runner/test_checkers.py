from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from runner.checkers import CHECKERS, checker_named, close, equal, exact, lines
from runner.checkers import unordered as same_items
from runner.codec import Record
from runner.errors import CheckerError
from runner.job import CheckerRef

NAN = float("nan")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1),
        (NAN, NAN),
        ([NAN, (NAN,)], [NAN, (NAN,)]),
        ({1: NAN}, {1: NAN}),
        ({NAN}, {NAN}),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        ({1, 2, (3, "x")}, {(3, "x"), 2, 1}),
        (Decimal("1.0"), Decimal("1.00")),
        (Decimal("NaN"), Decimal("NaN")),
        (Record("P", {"x": 1}), Record("P", {"x": 1})),
        ({frozenset({1, 2})}, {frozenset({2, 1})}),
    ],
)
def test_equal_accepts(one: Any, other: Any) -> None:
    assert equal(one, other, {})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True),
        (0, False),
        (1, 1.0),
        ([1], (1,)),
        ({1}, frozenset({1})),
        ({1}, {True}),
        ({1: "a"}, {True: "a"}),
        ({(1,)}, {(True,)}),
        ([1, [2, [3]]], [1, [2, [3.0]]]),
        ({"a": 1}, {"a": 1, "b": 2}),
        ("1", 1),
        (None, False),
        (Record("P", {"x": 1}), Record("Q", {"x": 1})),
        (Record("P", {"x": 1}), {"x": 1}),
        (datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 1, 1)),  # noqa: DTZ001
        (
            datetime(2024, 1, 1, 12, tzinfo=UTC),
            datetime(2024, 1, 1, 14, tzinfo=timezone(timedelta(hours=2))),
        ),
        (Decimal("sNaN"), Decimal(1)),
    ],
)
def test_equal_refuses(one: Any, other: Any) -> None:
    assert not equal(one, other, {})
    assert not equal(other, one, {})


def test_equal_compares_ints_that_python_does_not_write() -> None:
    assert equal({10**5000}, {10**5000}, {})
    assert not equal({10**5000}, {10**5000 + 1}, {})


def test_close_takes_its_tolerance_as_relative_and_absolute() -> None:
    assert close(1.0, 1.0 + 1e-10, {})
    assert not close(1.0, 1.0 + 1e-6, {})
    assert close([1e6, 0.0], [1e6 + 500, 5e-4], {"tolerance": 1e-3})
    assert not close([1.0], [1.01], {"tolerance": 1e-3})


def test_close_takes_an_int_for_a_float_but_never_a_bool() -> None:
    assert close(3, 3.0, {})
    assert close({"mean": (3.0, NAN)}, {"mean": (3, NAN)}, {})
    assert not close([1], [True], {})
    assert not close(10**400, 1.0, {})
    assert not close("3", 3, {})


def test_unordered_counts_each_element() -> None:
    assert same_items([1, 2, 2, [3]], [[3], 2, 1, 2], {})
    assert not same_items([1, 2, 2], [1, 1, 2], {})
    assert not same_items([1, 2], [1, 2, 2], {})
    assert not same_items([1, 2], (1, 2), {})
    assert not same_items([1], [True], {})
    assert not same_items([[1, 2]], [[2, 1]], {})


def test_lines_forgive_white_space_at_ends_alone() -> None:
    assert lines("a\nb", "a  \nb\t\n\n", {})
    assert lines("a\nb\n", "a\r\nb\r\n", {})
    assert not lines("a\nb", " a\nb", {})
    assert not lines("a\nb", "a\n\nb", {})
    assert not lines("a b", "a  b", {})


def test_exact_forgives_nothing() -> None:
    assert exact("a\n", "a\n", {})
    assert not exact("a\n", "a", {})


def test_an_unknown_checker_or_option_is_refused_when_the_job_is_built() -> None:
    for ref in (
        {"name": "magic"},
        {"name": "equal", "options": {"tolerance": 1}},
        {"name": "close", "options": {"tolerance": "much"}},
        {"name": "close", "options": {"tolerance": -1}},
        {"name": "close", "options": {"tolerance": NAN}},
    ):
        with pytest.raises(ValidationError):
            CheckerRef.model_validate(ref)
    with pytest.raises(CheckerError) as refused:
        checker_named("magic", {})
    assert refused.value.checker == "magic"


def test_the_format_names_every_checker() -> None:
    named = {"equal", "close", "unordered", "lines", "exact", "metric", "own"}
    assert set(CHECKERS) == named
