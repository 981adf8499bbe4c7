"""Colours code with classes; the style sheet has the colours."""

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

# It ships no types.
from pygments import highlight  # type: ignore[import-untyped]
from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped]
from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]
from pygments.util import ClassNotFound  # type: ignore[import-untyped]

# Some lexers take more than linear time; a submission may have 64 KiB.
COLOURED_LIMIT = 16_384

_FENCE = re.compile(
    r"^(?P<fence>`{3,})[ \t]*(?P<language>[\w+.#-]*)[^\n`]*\n"
    r"(?P<source>.*?)(?:\n(?P=fence)[ \t]*$|\Z)",
    re.DOTALL | re.MULTILINE,
)


def coloured(source: str, language: str) -> Markup:
    """The source, escaped, in spans with classes `c-…`."""
    if len(source) > COLOURED_LIMIT:
        return escape(source)
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return escape(source)
    # Pygments escapes what it wraps.
    return Markup(highlight(source, lexer, _FORMATTER))  # noqa: S704


_FORMATTER = HtmlFormatter(nowrap=True, classprefix="c-")


@dataclass(frozen=True, kw_only=True)
class Piece:
    text: str
    language: str | None = None
    """None: words, not code."""


def pieces(text: str) -> list[Piece]:
    """A message cut at its code fences."""
    found: list[Piece] = []
    end = 0
    for fence in _FENCE.finditer(text):
        found.append(Piece(text=text[end : fence.start()].strip("\n")))
        language = fence["language"] or "python"
        found.append(Piece(text=fence["source"], language=language))
        end = fence.end()
    found.append(Piece(text=text[end:].strip("\n")))
    return [piece for piece in found if piece.text.strip() or piece.language]
