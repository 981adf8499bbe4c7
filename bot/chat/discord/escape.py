"""Spans as Discord's Markdown, so that nobody's words become mark-up or a mention.

Discord honours a backslash before any punctuation, outside of code. Inside of code
nothing is mark-up but the backticks that end it: a zero-width space keeps those apart.
"""

import re
from itertools import pairwise

from bot.chat.links import web_address
from bot.chat.reply import Line, Link, Moment, Named, Span, SpanStyle, Words

# Emphasis, spoilers, code, links, quotes, mentions (<@1>, <t:1>, @here), headings.
_MARKS = re.compile(r"[\\*_~|`\[\]<>@#]")
# Lists and small print begin a line; an address is made a link wherever it stands.
_LINE_STARTS = re.compile(r"^(\s*)([-+])", re.MULTILINE)
_NUMBERS = re.compile(r"^(\s*\d+)\.", re.MULTILINE)
_ADDRESS = re.compile(r"://")
_LANGUAGE = re.compile(r"[a-z0-9+#-]{1,16}")

GAP = "\N{ZERO WIDTH SPACE}"
_AROUND = {
    SpanStyle.PLAIN: "",
    SpanStyle.STRONG: "**",
    SpanStyle.EMPHASIS: "*",
}


def escaped(text: str) -> str:
    text = _MARKS.sub(r"\\\g<0>", text)
    text = _LINE_STARTS.sub(r"\1\\\2", text)
    text = _NUMBERS.sub(r"\1\\.", text)
    return _ADDRESS.sub(r"\\://", text)


def marked(line: Line) -> str:
    """A line's spans, each in its style."""
    line = _together(line)
    return GAP.join(filter(None, map(_span, line))) if _touch(line) else _joined(line)


def one_line(text: str) -> str:
    """For a place where a new line would begin something else."""
    return " ".join(text.split())


def fenced(source: str, language: str) -> str:
    tag = language if _LANGUAGE.fullmatch(language) else ""
    code = _apart(source.rstrip("\n"))
    return f"```{tag}\n{code}\n```"


def _joined(line: Line) -> str:
    return "".join(map(_span, line))


def _together(line: Line) -> Line:
    """A command and what was put into it are one piece of code, and copied as one."""
    joined: list[Span] = []
    for span in line:
        last = joined[-1] if joined else None
        if (
            isinstance(span, Words)
            and isinstance(last, Words)
            and span.style is last.style
        ):
            joined[-1] = Words(last.text + span.text, span.style)
        else:
            joined.append(span)
    return tuple(joined)


def _touch(line: Line) -> bool:
    """Two marked spans side by side, whose marks would run into one: `**a***b*`."""
    marked_spans = [
        isinstance(span, Words) and span.style is not SpanStyle.PLAIN for span in line
    ]
    return any(a and b for a, b in pairwise(marked_spans))


def _span(span: Span) -> str:
    match span:
        case Words(text=text, style=SpanStyle.CODE):
            return _code(text)
        case Words(text=text, style=style):
            return _around(escaped(text), _AROUND[style])
        case Link(label=label, url=url):
            return _link(label, url)
        case Named(what=what, id=name):
            # No id of Discord's: nothing that a client could take for mark-up.
            if not name.isdecimal():
                return escaped(name)
            return f"<#{name}>" if what == "channel" else f"<@&{name}>"
        case Moment(at=at):
            return f"<t:{int(at.timestamp())}:f>"


def _around(text: str, mark: str) -> str:
    # Marks must touch the words that they are for.
    words = text.strip()
    if not words or not mark:
        return text
    before, _, after = text.partition(words)
    return f"{before}{mark}{words}{mark}{after}"


def _code(text: str) -> str:
    if not text.strip():
        return text
    text = text.replace("\n", " ")
    if "`" not in text:
        return f"`{text}`"
    return f"`` {_apart(text)} ``"


def _apart(text: str) -> str:
    return re.sub(r"`(?=`)", f"`{GAP}", text)


def _link(label: str, url: str) -> str:
    """A label that is an address itself could lie about where it leads."""
    safe = web_address(url)
    if safe is None:
        return escaped(f"{label} ({url})")
    if "://" in label or not label.strip():
        return f"<{safe}>"
    return f"[{escaped(one_line(label))}](<{safe}>)"
