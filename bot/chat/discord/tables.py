"""Tables as Discord's Markdown."""

from bot.chat.discord.escape import escaped, fenced, one_line
from bot.chat.monospace import TableRow, columns, records
from bot.chat.reply import Table


def table_text(table: Table) -> str:
    body = columns(table)
    if body is None:
        shown = "\n".join(map(_record, records(table)))
    else:
        shown = fenced(body, "")
    caption = f"**{escaped(one_line(table.caption))}**\n" if table.caption else ""
    return caption + shown


def _record(record: TableRow) -> str:
    facts = [
        f"{escaped(name)}: {escaped(cell)}" if name else escaped(cell)
        for name, cell in record.facts
    ]
    mark = "▸ " if record.is_highlighted else ""
    return " · ".join([f"- {mark}**{escaped(record.name)}**", *facts])
