"""Arrays and tables of numpy and pandas as data: what crosses is cells and labels.

    in the sandbox                    the codec          on the host, without either
    numpy.ndarray  ── of_library ──► Array, Series, ──► compared cell by cell
    pandas.Series, DataFrame  ◄────── Frame       ◄──── written by an author
                      ── as_library ──

The library's exact types alone: a subclass is not a table. Nothing here imports them:
a value can only be theirs where they are imported already.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True)
class Array:
    """`values` are nested lists, as deep as the array has dimensions."""

    values: list[Any]


@dataclass(frozen=True)
class Series:
    values: list[Any]
    index: list[Any]
    name: object = None


@dataclass(frozen=True)
class Frame:
    """A table: labels of the columns, and of the rows; the cells row by row."""

    columns: list[Any]
    index: list[Any]
    rows: list[list[Any]]


KINDS: Final = frozenset({Array, Series, Frame})
TAGS: Final = {Array: "$array", Series: "$series", Frame: "$frame"}


def array(values: object) -> Array:
    """Raises ValueError, as do the others, for what is no such table."""
    return Array(_list(values))


def series(values: object, index: object = None, name: object = None) -> Series:
    cells = _list(values)
    labels = list(range(len(cells))) if index is None else _list(index)
    _agree(len(labels), len(cells))
    return Series(cells, labels, name)


def frame(columns: object, index: object = None) -> Frame:
    """`columns` as `{"name": [cells]}`."""
    if type(columns) is not dict:
        raise ValueError("columns are a dict of lists")
    cells = [_list(column) for column in columns.values()]
    height = len(cells[0]) if cells else 0
    for column in cells:
        _agree(len(column), height)
    labels = list(range(height)) if index is None else _list(index)
    rows = [list(row) for row in zip(*cells, strict=True)] or [[] for _ in labels]
    return told_frame(list(columns), labels, rows)


def told_frame(columns: object, index: object, rows: object) -> Frame:
    labels, lines = _list(index), [_list(row) for row in _list(rows)]
    _agree(len(labels), len(lines))
    names = _list(columns)
    for line in lines:
        _agree(len(line), len(names))
    return Frame(names, labels, lines)


MAKERS: Final[dict[str, Callable[..., Any]]] = {
    "$array": array,
    "$series": series,
    "$frame": told_frame,
}


def parts(table: Any) -> list[Any]:
    """What `MAKERS` makes it of again."""
    if type(table) is Array:
        return [table.values]
    if type(table) is Series:
        return [table.values, table.index, table.name]
    return [table.columns, table.index, table.rows]


def of_library(value: Any, most_cells: int) -> Array | Series | Frame | None:
    """None for what is none of theirs; raises ValueError for more cells than that."""
    kind = type(value)
    numpy: Any = sys.modules.get("numpy")
    pandas: Any = sys.modules.get("pandas")
    if numpy is not None and kind is numpy.ndarray:
        _bound(value.size, most_cells)
        return Array(_list(_cells_of_array(value)))
    if pandas is None or kind not in {pandas.Series, pandas.DataFrame}:
        return None
    _bound(value.size + len(value), most_cells)
    index = _cells(value.index, pandas)
    if kind is pandas.Series:
        return Series(_cells(value, pandas), index, value.name)
    columns = [_cells(value.iloc[:, i], pandas) for i in range(value.shape[1])]
    rows = [list(row) for row in zip(*columns, strict=True)] or [[] for _ in index]
    return Frame(_cells(value.columns, pandas), index, rows)


def as_library(value: Any) -> Any:
    """For the arguments of a call. Raises ImportError where the library is not."""
    if type(value) is Array:
        import numpy  # type: ignore[import-not-found,unused-ignore]  # noqa: ICN001, PLC0415

        return numpy.array(value.values)
    if type(value) is Series:
        import pandas  # type: ignore[import-not-found,import-untyped,unused-ignore]  # noqa: ICN001, PLC0415

        return pandas.Series(value.values, index=_labels(value.index), name=value.name)
    if type(value) is Frame:
        import pandas  # noqa: ICN001, PLC0415

        index = _labels(value.index)
        return pandas.DataFrame(value.rows, columns=value.columns, index=index)
    return value


def _cells_of_array(value: Any) -> Any:
    if value.dtype.kind in "Mm":
        # Of nanoseconds Python makes bare numbers.
        unit = "datetime64[us]" if value.dtype.kind == "M" else "timedelta64[us]"
        return value.astype(unit).tolist()
    return value.tolist()


def _cells(column: Any, pandas: Any) -> list[Any]:
    # A missing text is a NaN there, which no author would write.
    text = type(column.dtype) is pandas.StringDtype
    return [_cell(cell, pandas, text=text) for cell in column.tolist()]


def _cell(cell: Any, pandas: Any, *, text: bool) -> Any:
    if cell is pandas.NaT or cell is pandas.NA:
        return None
    if type(cell) is tuple:
        # A label of several levels.
        return tuple(_cell(part, pandas, text=text) for part in cell)
    if type(cell) is pandas.Timestamp:
        return cell.to_pydatetime(warn=False)
    if type(cell) is pandas.Timedelta:
        return cell.to_pytimedelta()
    return None if text and type(cell) is float else cell


def _labels(index: list[Any]) -> list[Any] | None:
    """None for those that a table has by itself."""
    return None if index == list(range(len(index))) else index


def _list(value: Any) -> list[Any]:
    if type(value) is not list:
        raise ValueError("a list is wanted")
    return value


def _agree(count: int, wanted: int) -> None:
    if count != wanted:
        raise ValueError(f"{count} where {wanted} are wanted")


def _bound(cells: int, most: int) -> None:
    if cells > most:
        raise ValueError("too many cells")
