"""Tables on a platform that has none: columns of one width, or a line for each row.

A phone shows about forty columns of a code block before it breaks its lines.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import combining, east_asian_width

from bot.chat.reply import Table

PHONE_COLUMNS = 40
_GAP = "  "


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """A row of a table too wide for columns."""

    name: str
    facts: tuple[tuple[str, str], ...]
    """(column, cell) of the cells that are not empty."""
    is_highlighted: bool


def columns(table: Table) -> str | None:
    """Its lines for a block of code; None when a phone would break them."""
    rows = [[_one_line(cell) for cell in row] for row in (table.header, *table.rows)]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    if sum(widths) + len(_GAP) * len(widths) > PHONE_COLUMNS:
        return None
    lines = []
    # The header is row -1: the rows count from nought after it.
    for number, row in enumerate(rows, start=-1):
        cells = [
            _padded(cell, width, right=index in table.numeric)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        mark = "▸" if number == table.highlighted else ""
        lines.append((_GAP.join(cells).rstrip() + f" {mark}").rstrip())
    return "\n".join(lines)


def records(table: Table) -> Iterator[TableRow]:
    header = [_one_line(name) for name in table.header]
    for number, row in enumerate(table.rows):
        name, *rest = map(_one_line, row)
        yield TableRow(
            name=name or "–",
            facts=_facts(header[1:], rest),
            is_highlighted=number == table.highlighted,
        )


def _facts(names: Sequence[str], cells: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((n, cell) for n, cell in zip(names, cells, strict=True) if cell)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _padded(cell: str, width: int, *, right: bool) -> str:
    room = " " * (width - _width(cell))
    return room + cell if right else cell + room


def _width(text: str) -> int:
    return sum(
        0 if combining(one) else 2 if east_asian_width(one) in "WF" else 1
        for one in text
    )
