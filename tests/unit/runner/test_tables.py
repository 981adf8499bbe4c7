"""Tables as the host has them: without numpy, without pandas."""

from typing import Any

import pytest

from challenges.errors import InvalidExpression
from challenges.expression import parse_value
from runner.checkers import checker_named
from runner.codec import CodecError, decode, encode
from runner.render import shown
from runner.tables import Array, Frame, Series

NAN = float("nan")
WRITTEN = {
    "array([[1, 2], [3, 4]])": Array([[1, 2], [3, 4]]),
    "array([])": Array([]),
    "series([1.5, None])": Series([1.5, None], [0, 1]),
    "series([1], index=['a'], name='n')": Series([1], ["a"], "n"),
    "frame({'a': [1, 2], 'b': ['x', 'y']})": Frame(
        ["a", "b"], [0, 1], [[1, "x"], [2, "y"]]
    ),
    "frame({'a': [1]}, index=[(1, 'z')])": Frame(["a"], [(1, "z")], [[1]]),
    "frame({})": Frame([], [], []),
    "frame({}, index=['a'])": Frame([], ["a"], [[]]),
}


@pytest.mark.parametrize(("text", "table"), WRITTEN.items())
def test_what_an_author_writes_crosses_and_is_shown_alike(
    text: str, table: object
) -> None:
    assert parse_value(text) == table
    assert decode(encode(table)) == table
    assert shown(table) == text


@pytest.mark.parametrize(
    "text",
    [
        "array(1)",
        "series([1], index=[1, 2])",
        "frame([1])",
        "frame({'a': [1], 'b': [1, 2]})",
        "frame({'a': 1})",
        "frame()",
    ],
)
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(InvalidExpression):
        parse_value(text)


@pytest.mark.parametrize(
    "data",
    [
        b'{"$array":1}',
        b'{"$array":[1]}',
        b'{"$array":[[1],[2]]}',
        b'{"$series":[[1],[1,2],null]}',
        b'{"$series":[[1]],"a":1}',
        b'{"$frame":[["a"],[0],[[1,2]]]}',
        b'{"$frame":[["a"],[0],[1]]}',
        b'{"$frame":[["a"],[0,1],[[1]]]}',
        b'{"$frame":{}}',
        b'{"$set":[{"$array":[[1]]}]}',
    ],
)
def test_a_table_that_is_bent_is_no_value(data: bytes) -> None:
    with pytest.raises(CodecError):
        decode(data)


@pytest.mark.parametrize(
    ("checker", "expected", "got", "same"),
    [
        ("equal", "frame({'a': [1]})", "frame({'a': [1]})", True),
        ("equal", "frame({'a': [nan]})", "frame({'a': [nan]})", True),
        ("equal", "frame({'a': [1]})", "frame({'a': [1.0]})", False),
        ("equal", "frame({'a': [1]})", "frame({'b': [1]})", False),
        ("equal", "frame({'a': [1]})", "frame({'a': [1]}, index=[1])", False),
        ("equal", "frame({'a': [1]})", "[[1]]", False),
        ("equal", "series([1])", "array([1])", False),
        ("close", "frame({'a': [1.0]})", "frame({'a': [1.0000000001]})", True),
        ("close", "array([[1.0]])", "array([[1.1]])", False),
        ("unordered", "frame({'a': [1, 2]})", "frame({'a': [2, 1]})", True),
        ("unordered", "frame({'a': [1, 2]})", "frame({'a': [2, 2]})", False),
        ("unordered", "frame({'a': [1]})", "frame({'b': [1]})", False),
    ],
)
def test_tables_are_compared_by_cells_and_labels(
    checker: str, expected: str, got: str, *, same: bool
) -> None:
    compare: Any = checker_named(checker, {}).compare
    assert compare(parse_value(expected), parse_value(got), {}) is same
