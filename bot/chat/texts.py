"""Every sentence that a person can read, by key, from the gettext catalogues.

`bot/locale/<language>/*.po` map a key to its sentence; the files of a language are one
catalogue, split by subject. In a sentence, `**strong**` and `` `code` `` style words
and `{name}` takes a value. Values are put in after the mark-up is read, so that a
member's text can never become mark-up.
"""

import gettext
import io
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.chat.reply import Line, Link, Moment, Named, Span, SpanStyle, Words

LOCALE_FOLDER = Path(__file__).parent.parent / "locale"
LANGUAGES = ("es", "en")

_MARKS = re.compile(r"\*\*(?P<strong>.+?)\*\*|`(?P<code>[^`]+)`")

Value = str | int | Span


class Texts:
    """The sentences of one language."""

    def __init__(self, language: str, catalogue: gettext.NullTranslations) -> None:
        self.language = language
        self._catalogue = catalogue

    def has(self, key: str) -> bool:
        return self._catalogue.gettext(key) != key

    def __call__(self, key: str, /, n: int | None = None, **values: str | int) -> str:
        """The sentence as plain text, mark-up and all. `n` chooses the plural form."""
        template = self._template(key, n)
        return template.format_map(values if n is None else {"n": n, **values})

    def line(self, key: str, /, n: int | None = None, **values: Value) -> Line:
        """The sentence as styled spans; a value may itself be a span."""
        filled: Mapping[str, Value] = values if n is None else {"n": n, **values}
        spans: list[Span] = []
        for text, style in _styled(self._template(key, n)):
            spans.extend(_filled(text, style, filled))
        return tuple(spans)

    def _template(self, key: str, n: int | None) -> str:
        if n is None:
            sentence = self._catalogue.gettext(key)
        else:
            sentence = self._catalogue.ngettext(key, key, n)
        if sentence == key:
            raise KeyError(key)
        return sentence


def plain(text: str, style: SpanStyle = SpanStyle.PLAIN) -> Line:
    """Somebody's own words as a line."""
    return (Words(text, style),)


@cache
def texts_in(language: str) -> Texts:
    return Texts(language, _compiled(read_catalogue(language)))


def read_catalogue(language: str) -> Catalog:
    """All `.po` files of a language as one. Raises ValueError for a key given twice."""
    merged: Catalog | None = None
    for path in sorted((LOCALE_FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language, abort_invalid=True)
        if merged is None:
            merged = catalogue
            continue
        for message in catalogue:
            if not message.id:
                continue
            if merged.get(message.id) is not None:
                msg = f"{path}: {message.id} is in another file too"
                raise ValueError(msg)
            merged[message.id] = message
    if merged is None:
        msg = f"no catalogue for {language}"
        raise ValueError(msg)
    return merged


def _compiled(catalogue: Catalog) -> gettext.GNUTranslations:
    binary = io.BytesIO()
    write_mo(binary, catalogue)
    binary.seek(0)
    return gettext.GNUTranslations(binary)


def _styled(template: str) -> list[tuple[str, SpanStyle]]:
    pieces: list[tuple[str, SpanStyle]] = []
    end = 0
    for mark in _MARKS.finditer(template):
        pieces.append((template[end : mark.start()], SpanStyle.PLAIN))
        if mark["strong"] is not None:
            pieces.append((mark["strong"], SpanStyle.STRONG))
        else:
            pieces.append((mark["code"], SpanStyle.CODE))
        end = mark.end()
    pieces.append((template[end:], SpanStyle.PLAIN))
    return [(text, style) for text, style in pieces if text]


def _filled(text: str, style: SpanStyle, values: Mapping[str, Value]) -> list[Span]:
    spans: list[Span] = []
    for literal, name, _, _ in Formatter().parse(text):
        if literal:
            spans.append(Words(literal, style))
        if name is not None:
            value = values[name]
            if isinstance(value, Words | Link | Moment | Named):
                spans.append(value)
            else:
                spans.append(Words(str(value), style))
    return spans
