import math
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from challenges.errors import InvalidExpression
from challenges.expression import MAX_LENGTH, argument_texts, parse_call, parse_value

PLAIN_TYPES = {
    *(type(None), bool, int, float, str, bytes, list, tuple, set, dict, frozenset),
    *(date, datetime, time, timedelta, Decimal, type(UTC)),
}

plain_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(min_value=-(10**30), max_value=10**30)
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.binary(max_size=20)
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.dates()
    | st.times()
    | st.datetimes()
    | st.timedeltas(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(plain_values)
def test_what_python_shows_of_a_value_reads_as_that_value(value: object) -> None:
    assert parse_value(repr(value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("set()", set()),
        ("{1, 2}", {1, 2}),
        ("frozenset({1})", frozenset({1})),
        ("frozenset()", frozenset()),
        ("Decimal('1.10')", Decimal("1.10")),
        ("date(2024, 2, 29)", date(2024, 2, 29)),
        ("time(7, 30)", time(7, 30)),
        ("timedelta(minutes=5)", timedelta(minutes=5)),
        ("datetime(2024, 1, 1, tzinfo=timezone.utc)", datetime(2024, 1, 1, tzinfo=UTC)),
        ("float('inf')", math.inf),
        ("-inf", -math.inf),
        ("  [1,\n 2]  ", [1, 2]),
    ],
)
def test_forms_of_the_format_are_read(text: str, value: object) -> None:
    parsed = parse_value(text)
    assert parsed == value
    assert type(parsed) is type(value)


def test_nan_is_read() -> None:
    assert math.isnan(parse_value("float('nan')"))


@settings(deadline=None)
@given(st.text(max_size=200) | st.text("()[]{}'\"\\01ef.,:=_-*frozenset", max_size=40))
def test_hostile_text_is_refused_or_a_plain_value(text: str) -> None:
    with suppress(InvalidExpression):
        assert type(parse_value(text)) in PLAIN_TYPES


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('id')",
        "open('/etc/passwd').read()",
        "().__class__.__bases__",
        "[x for x in (1, 2)]",
        "lambda: 1",
        "f'{1}'",
        "1 + 1",
        "'a' * 10**9",
        "2 ** 10**9",
        "(a := 1)",
        "...",
        "1j",
        "{**{}}",
        "[*()]",
        "{[]: 1}",
        "{[]}",
        "float('1e3')",
        "Decimal('x')",
        "Decimal(1.1)",
        "date(2024, 2, 30)",
        "timedelta(days=10**12)",
        "set(5)",
        "-True",
        "-'a'",
        "datetime.fromtimestamp(0)",
        "\x00",
        "",
        "1 2",
    ],
)
def test_anything_but_a_plain_value_is_refused(text: str) -> None:
    with pytest.raises(InvalidExpression):
        parse_value(text)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5_000,
        "[" * 150 + "]" * 150 + "[",
        "-" * 50_000 + "1",
        "a" + ".a" * 30_000,
        "1" * 10_000,
        " " * (MAX_LENGTH + 1),
    ],
)
def test_deep_and_long_text_is_refused(text: str) -> None:
    with pytest.raises(InvalidExpression):
        parse_value(text)


def test_a_call_is_read_with_its_arguments_as_written() -> None:
    call = parse_call("total(['3', '4'], (1,), tax=0.5)")
    assert call.function == "total"
    assert call.args == (["3", "4"], (1,))
    assert call.kwargs == {"tax": 0.5}
    texts = argument_texts("total(['3', '4'], (1,), tax=0.5)")
    assert texts == ("['3', '4']", "(1,)")


@pytest.mark.parametrize(
    "text", ["total", "a.b(1)", "f(*[1])", "f(**{})", "f(g(1))", "f(x)", "f(1)(2)"]
)
def test_what_is_no_plain_call_is_refused(text: str) -> None:
    with pytest.raises(InvalidExpression):
        parse_call(text)
