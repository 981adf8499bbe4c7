"""Blocks of words, code and tables as rich text."""

from collections.abc import Iterator, Mapping, Sequence

from bot.chat.monospace import TableRow, columns, records
from bot.chat.reply import (
    Banner,
    Block,
    Bullets,
    Code,
    Details,
    Fields,
    Heading,
    Line,
    Span,
    SpanStyle,
    Table,
    Text,
    Tone,
    Words,
)
from bot.chat.slack.rich import (
    Element,
    elements,
    listed,
    preformatted,
    section,
    words,
)

_MARKS = {Tone.GOOD: "✅ ", Tone.BAD: "❌ ", Tone.WAITING: "🔸 ", Tone.NEUTRAL: ""}


def prose(block: Block) -> Iterator[Element]:
    """Sections, lists and code; nothing for a block without words."""
    match block:
        case Heading(line=line):
            yield from _section([_strong(span) for span in line])
        case Text(line=line):
            yield from _section(line)
        case Banner(line=line, tone=tone):
            yield from _section((Words(_MARKS[tone]), *line))
        case Bullets(items=items, numbered=numbered):
            if items:
                yield listed(items, numbered=numbered)
        case Code(source=source):
            if source.strip():
                yield preformatted(source.rstrip("\n"))
        case Fields(items=items):
            yield from _section(_joined([_fact(name, line) for name, line in items]))
        case Table():
            yield from _table(block)
        case Details(summary=summary, blocks=inner):
            yield from _section((Words(summary, SpanStyle.STRONG),))
            for one in inner:
                yield from prose(one)
        case _:
            pass


def rich_block(parts: Sequence[Element]) -> Mapping[str, object]:
    return {"type": "rich_text", "elements": _apart(parts)}


def _apart(parts: Sequence[Element]) -> list[Element]:
    """Sections side by side would run into one: they become one, with blank lines."""
    found: list[Element] = []
    inner: list[Element] = []
    for part in parts:
        if part["type"] == "rich_text_section":
            if inner:
                inner.append(words("\n\n"))
            inner += _inner(part)
            continue
        if inner:
            found.append(section(inner))
            inner = []
        found.append(part)
    return [*found, section(inner)] if inner else found


def _inner(part: Element) -> list[Mapping[str, object]]:
    found = part["elements"]
    assert isinstance(found, list)  # noqa: S101 - as `section` makes it
    return found


def _section(line: Sequence[Span]) -> Iterator[Element]:
    inner = elements(tuple(line))
    if inner:
        yield section(inner)


def _table(table: Table) -> Iterator[Element]:
    yield from _section((Words(table.caption, SpanStyle.STRONG),))
    shown = columns(table)
    if shown is not None:
        yield preformatted(shown)
        return
    lines = [_record(one) for one in records(table)]
    if lines:
        yield listed(lines, numbered=False)


def _record(record: TableRow) -> Line:
    mark = "▸ " if record.is_highlighted else ""
    facts = [
        f" · {name}: {cell}" if name else f" · {cell}" for name, cell in record.facts
    ]
    return (
        Words(mark),
        Words(record.name, SpanStyle.STRONG),
        *(Words(fact) for fact in facts),
    )


def _fact(name: str, line: Line) -> Line:
    return (Words(f"{name}: ", SpanStyle.STRONG), *line)


def _joined(lines: Sequence[Line]) -> Line:
    spans: list[Span] = []
    for line in lines:
        spans += [Words("\n"), *line] if spans else line
    return tuple(spans)


def _strong(span: Span) -> Span:
    if isinstance(span, Words) and span.style is SpanStyle.PLAIN:
        return Words(span.text, SpanStyle.STRONG)
    return span
