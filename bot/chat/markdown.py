"""A challenge's Markdown as the blocks of a reply.

CommonMark and tables are read; what a Reply has no block for becomes the nearest one:
    list in a list     lines of the item it stands in, each with its mark
    code in a list     a block of its own; a numbered list then writes its numbers
    quote              the blocks inside it
    raw HTML           plain text
    image              its alternative text
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Literal, cast

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from bot.chat.reply import (
    Bullets,
    Code,
    Heading,
    Line,
    Link,
    Span,
    SpanStyle,
    Table,
    Text,
    Words,
)

MarkdownBlock = Heading | Text | Bullets | Code | Table

_Piece = Line | Code | Table
_LISTS = ("bullet_list", "ordered_list")
_BREAK = Words("\n")
_DASH = "\N{EN DASH} "


def blocks_of(markdown: str) -> tuple[MarkdownBlock, ...]:
    root = SyntaxTreeNode(_parser().parse(markdown))
    return tuple(_blocks(root.children))


def inline(markdown: str) -> Line:
    """A name or a sentence, of which only the inline marks are read."""
    root = SyntaxTreeNode(_parser().parseInline(markdown))
    return _line(root)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def _blocks(nodes: Iterable[SyntaxTreeNode]) -> Iterator[MarkdownBlock]:
    for node in nodes:
        if node.type == "heading":
            line = _line(node)
            if line:
                # Chats draw three sizes at most; deeper headings share the smallest.
                level = cast("Literal[1, 2, 3]", min(int(node.tag[1]), 3))
                yield Heading(line, level)
        elif node.type == "blockquote":
            yield from _blocks(node.children)
        elif node.type in _LISTS:
            yield from _list(node)
        else:
            yield from map(_as_block, _pieces([node]))


def _list(node: SyntaxTreeNode) -> Iterator[MarkdownBlock]:
    """One Bullets where it can be; around code and tables, as many as it takes."""
    items = [_item(item) for item in node.children]
    numbered = node.type == "ordered_list"
    start = _start(node)
    simple = all(len(item) == 1 and isinstance(item[0], tuple) for item in items)
    if numbered and not (simple and start == 1):
        # Bullets always count from one, so these carry their numbers as text.
        for piece in _marked_items(node):
            yield _as_block(piece)
        return
    lines: list[Line] = []
    for item in items:
        for n, piece in enumerate(item):
            if n == 0 and isinstance(piece, tuple):
                lines.append(piece)
                continue
            if lines:
                yield Bullets(tuple(lines), numbered)
                lines = []
            yield _as_block(piece)
    if lines:
        yield Bullets(tuple(lines), numbered)


def _pieces(nodes: Iterable[SyntaxTreeNode]) -> Iterator[_Piece]:
    """What nodes hold, in order, as lines and as the blocks that no line can carry."""
    for node in nodes:
        match node.type:
            case "paragraph" | "heading":
                line = _line(node)
                if line:
                    yield line
            case "html_block":
                if node.content.strip():
                    yield (Words(node.content.strip()),)
            case "fence" | "code_block":
                language = (node.info.split() or ["text"])[0]
                yield Code(node.content.removesuffix("\n"), language)
            case "table":
                yield _table(node)
            case "bullet_list" | "ordered_list":
                yield from _marked_items(node)
            case _:
                yield from _pieces(node.children)


def _item(node: SyntaxTreeNode) -> list[_Piece]:
    """A list item's pieces, neighbouring lines made one; an empty item is one line."""
    joined: list[_Piece] = []
    for piece in _pieces(node.children):
        last = joined[-1] if joined else None
        if isinstance(piece, tuple) and isinstance(last, tuple):
            joined[-1] = _merged([*last, _BREAK, *piece])
        else:
            joined.append(piece)
    return joined or [()]


def _marked_items(node: SyntaxTreeNode) -> Iterator[_Piece]:
    """Items with their marks as text, those of the lists inside them further in."""
    for n, item in enumerate(node.children, _start(node)):
        mark = f"{n}. " if node.type == "ordered_list" else _DASH
        for m, piece in enumerate(_item(item)):
            if not isinstance(piece, tuple):
                yield piece
            elif m == 0:
                yield _merged([Words(mark), *_indented(piece)])
            else:
                yield piece


def _indented(line: Line) -> Iterator[Span]:
    for span in line:
        if isinstance(span, Words):
            yield Words(span.text.replace("\n", "\n  "), span.style)
        else:
            yield span


def _start(node: SyntaxTreeNode) -> int:
    return int(node.attrs.get("start", 1))


def _table(node: SyntaxTreeNode) -> Table:
    header, *rows = (row.children for part in node.children for row in part.children)
    return Table(
        header=_cells(header),
        rows=tuple(map(_cells, rows)),
        numeric=tuple(
            n
            for n, cell in enumerate(header)
            if "right" in str(cell.attrs.get("style", ""))
        ),
    )


def _cells(cells: Sequence[SyntaxTreeNode]) -> tuple[str, ...]:
    return tuple("".join(map(_cell_text, _line(cell))) for cell in cells)


def _cell_text(span: Span) -> str:
    if isinstance(span, Link):
        bare = span.label in span.url
        return span.label if bare else f"{span.label} ({span.url})"
    return span.text if isinstance(span, Words) else ""


def _as_block(piece: _Piece) -> Text | Code | Table:
    return Text(piece) if isinstance(piece, tuple) else piece


def _line(node: SyntaxTreeNode) -> Line:
    """The spans of a node whose one child is its inline content."""
    return _merged(
        span
        for inline in node.children
        for span in _spans(inline.children, SpanStyle.PLAIN)
    )


def _spans(nodes: Iterable[SyntaxTreeNode], style: SpanStyle) -> Iterator[Span]:
    for node in nodes:
        match node.type:
            case "code_inline":
                yield Words(node.content, SpanStyle.CODE)
            case "softbreak":
                yield Words(" ", style)
            case "hardbreak":
                yield _BREAK
            case "strong":
                yield from _spans(node.children, SpanStyle.STRONG)
            case "em":
                # A span has one style, and strong is the louder.
                strong = style is SpanStyle.STRONG
                inner = style if strong else SpanStyle.EMPHASIS
                yield from _spans(node.children, inner)
            case "link":
                yield from _link(node, style)
            case "image":
                yield from _spans(node.children, style)
            case _:
                yield Words(node.content, style)


def _link(node: SyntaxTreeNode, style: SpanStyle) -> Iterator[Span]:
    url = str(node.attrs.get("href", ""))
    spans = tuple(_spans(node.children, style))
    label = "".join(span.text for span in spans if isinstance(span, Words))
    if url:
        yield Link(label or url, url)
    else:
        yield from spans


def _merged(spans: Iterable[Span]) -> Line:
    """Neighbours of one style made one, and nothing empty."""
    merged: list[Span] = []
    for span in spans:
        last = merged[-1] if merged else None
        if not isinstance(span, Words):
            merged.append(span)
        elif isinstance(last, Words) and last.style is span.style:
            merged[-1] = Words(last.text + span.text, span.style)
        elif span.text:
            merged.append(span)
    return tuple(merged)
