"""A reply drawn in a terminal with Rich."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.syntax import Syntax
from rich.table import Table as RichTable
from rich.text import Text as RichText

from bot.chat.reply import (
    Banner,
    Block,
    Bullets,
    Buttons,
    Code,
    Details,
    Fields,
    FileToKeep,
    Form,
    Heading,
    Line,
    Link,
    Moment,
    Named,
    Picture,
    Reply,
    Select,
    SpanStyle,
    Table,
    Text,
    Tone,
    Words,
)

# A terminal of the usual width, less a margin.
LINE_LENGTH = 88

_STYLES = {
    SpanStyle.PLAIN: "",
    SpanStyle.STRONG: "bold",
    SpanStyle.EMPHASIS: "italic",
    SpanStyle.CODE: "cyan",
}
_TONES = {
    Tone.GOOD: ("✔", "green"),
    Tone.BAD: ("✘", "red"),
    Tone.WAITING: ("…", "yellow"),
    Tone.NEUTRAL: ("•", "blue"),
}


def drawn(reply: Reply | Form) -> RenderableType:
    if isinstance(reply, Form):
        labels = ", ".join(field.label for field in reply.fields)
        return RichText(f"[{reply.title}] {labels}", "magenta")
    return Group(*(one for block in reply.blocks for one in _block(block)))


def _block(block: Block) -> Iterator[RenderableType]:
    match block:
        case Heading(line=line, level=level):
            yield _line(line, "bold underline" if level == 1 else "bold")
        case Text(line=line):
            yield _line(line)
        case Banner(line=line, tone=tone):
            mark, colour = _TONES[tone]
            yield RichText.assemble((f"{mark} ", colour), _line(line, colour))
        case Bullets(items=items, numbered=numbered):
            for number, item in enumerate(items, start=1):
                mark = f"{number}. " if numbered else "• "
                yield RichText.assemble("  ", mark, _line(item))
        case Code(source=source, language=language):
            yield Padding(Syntax(source, language, background_color="default"), (0, 2))
        case Fields(items=items):
            facts = [
                RichText.assemble((f"{name}: ", "dim"), _line(line))
                for name, line in items
            ]
            yield RichText("  ").join(facts)
        case Table():
            yield _table(block)
        case Details(summary=summary, blocks=blocks):
            inner = [one for each in blocks for one in _block(each)]
            yield Panel(Group(*inner), title=summary, title_align="left", style="dim")
        case Buttons(buttons=buttons):
            yield RichText("  ".join(f"[{one.label}]" for one in buttons), "magenta")
        case Select(label=label, choices=choices):
            yield RichText(f"[{label} ▾ {len(choices)}]", "magenta")
        case Picture(alt=alt):
            yield RichText(f"({alt})", "dim")
        case FileToKeep(label=label, filename=filename, content=content):
            kib = -(-len(content) // 1024)
            yield RichText(f"({label}: {filename}, {kib} KiB)", "dim")


def _line(line: Line, style: str = "") -> RichText:
    text = RichText(style=style)
    for span in line:
        match span:
            case Words(text=words, style=span_style):
                text.append(words, _STYLES[span_style])
            case Link(label=label, url=url):
                text.append(f"{label} <{url}>", "underline")
            case Named(id=name):
                text.append(f"#{name}")
            case Moment(at=at):
                text.append(at.isoformat(timespec="minutes"))
    return text


def _table(table: Table) -> RichTable:
    drawn_table = RichTable(title=table.caption or None, header_style="dim")
    for index, name in enumerate(table.header):
        drawn_table.add_column(
            RichText(name), justify="right" if index in table.numeric else "left"
        )
    for index, row in enumerate(table.rows):
        cells = [RichText(cell) for cell in row]
        style = "bold" if index == table.highlighted else ""
        drawn_table.add_row(*cells, style=style)
    return drawn_table
