"""Spans as elements of Slack's rich text, where a word cannot become mark-up.

What is said stands in a `text` of its own: nothing in it is a mention, a link or a
style. So there is nothing to escape here, but in a message's text, which notifications
show: `escape.py`.
"""

import re
from collections.abc import Iterable, Mapping

from bot.chat.links import web_address
from bot.chat.reply import Line, Link, Moment, Named, Span, SpanStyle, Words
from bot.chat.slack.escape import clean

Element = Mapping[str, object]

_STYLES: Mapping[SpanStyle, Mapping[str, bool]] = {
    SpanStyle.STRONG: {"bold": True},
    SpanStyle.EMPHASIS: {"italic": True},
    SpanStyle.CODE: {"code": True},
}
_BLANK = " "
_CHANNEL = re.compile(r"[CDG][A-Z0-9]{2,20}")
_USER_GROUP = re.compile(r"S[A-Z0-9]{2,20}")


def words(text: str, *, bold: bool = False) -> Element:
    style = SpanStyle.STRONG if bold else SpanStyle.PLAIN
    return _text(text, _STYLES.get(style, {}))


def elements(line: Line) -> list[Element]:
    """Without those that say nothing: Slack takes no empty text."""
    return [_element(span) for span in line if _says(span)]


def section(inner: Iterable[Element]) -> Element:
    return {"type": "rich_text_section", "elements": _some(inner)}


def preformatted(text: str) -> Element:
    return {"type": "rich_text_preformatted", "elements": [words(text)]}


def listed(items: Iterable[Line], *, numbered: bool) -> Element:
    return {
        "type": "rich_text_list",
        "style": "ordered" if numbered else "bullet",
        "elements": [section(elements(item)) for item in items],
    }


def _some(inner: Iterable[Element]) -> list[Element]:
    return list(inner) or [words(_BLANK)]


def _says(span: Span) -> bool:
    return not isinstance(span, Words) or bool(clean(span.text))


def _element(span: Span) -> Element:
    match span:
        case Words(text=text, style=style):
            return _text(text, _STYLES.get(style, {}))
        case Link(label=label, url=url):
            return _link(label, url)
        case Named(what="channel", id=name) if _CHANNEL.fullmatch(name):
            return {"type": "channel", "channel_id": name}
        case Named(what="role", id=name) if _USER_GROUP.fullmatch(name):
            return {"type": "usergroup", "usergroup_id": name}
        case Named(id=name):
            # Typed by hand, and no id of Slack's, which would refuse the whole message.
            return words(name)
        case Moment(at=at):
            return {
                "type": "date",
                "timestamp": int(at.timestamp()),
                "format": "{date_short_pretty}, {time}",
                "fallback": at.isoformat(timespec="minutes"),
            }


def _text(text: str, style: Mapping[str, bool]) -> Element:
    said: dict[str, object] = {"type": "text", "text": clean(text) or _BLANK}
    return said | ({"style": style} if style else {})


def _link(label: str, url: str) -> Element:
    """A label that is an address itself could lie about where it leads."""
    address = web_address(url)
    if address is None:
        return words(f"{label} ({url})")
    linked: dict[str, object] = {"type": "link", "url": address}
    is_told = label.strip() and "://" not in label
    return linked | ({"text": clean(label)} if is_told else {})
