"""Tables on a platform that has none: columns of one width, or a line for each row.

A phone shows about forty columns of a code block before it breaks its lines.
"""

from collections.abc import Sequence
from unicodedata import combining, east_asian_width

from bot.chat.discord.escape import escaped, fenced, one_line
from bot.chat.reply import Table

PHONE_COLUMNS = 40
_GAP = "  "


def table_text(table: Table) -> str:
    rows = [[one_line(cell) for cell in row] for row in (table.header, *table.rows)]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    is_narrow = sum(widths) + len(_GAP) * len(widths) <= PHONE_COLUMNS
    body = _columns(table, rows, widths) if is_narrow else _records(table, rows)
    caption = f"**{escaped(one_line(table.caption))}**\n" if table.caption else ""
    return caption + body


def _columns(table: Table, rows: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    lines = []
    # The header is row -1: the rows count from nought after it.
    for number, row in enumerate(rows, start=-1):
        cells = [
            _padded(cell, width, right=index in table.numeric)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        mark = "▸" if number == table.highlighted else ""
        lines.append((_GAP.join(cells).rstrip() + f" {mark}").rstrip())
    return fenced("\n".join(lines), "")


def _records(table: Table, rows: Sequence[Sequence[str]]) -> str:
    header, *body = rows
    lines = []
    for number, row in enumerate(body):
        first, *rest = map(escaped, row)
        mark = "▸ " if number == table.highlighted else ""
        facts = [
            f"{escaped(name)}: {cell}" if name else cell
            for name, cell in zip(header[1:], rest, strict=True)
            if cell
        ]
        lines.append(f"- {mark}**{first or '–'}** · {' · '.join(facts)}".rstrip(" ·"))
    return "\n".join(lines)


def _padded(cell: str, width: int, *, right: bool) -> str:
    room = " " * (width - _width(cell))
    return room + cell if right else cell + room


def _width(text: str) -> int:
    return sum(
        0 if combining(one) else 2 if east_asian_width(one) in "WF" else 1
        for one in text
    )
