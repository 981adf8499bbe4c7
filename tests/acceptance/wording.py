"""Which language a text is in, told by the sentences of the catalogues."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from string import Formatter

from bot.chat.texts import LANGUAGES, read_catalogue

# Of a sentence with values, fewer letters than these say nothing about a language.
LEAST_LETTERS = 5
# Between the label, the choices and the cells that stand in one line.
PARTS = re.compile(r" \| | · |: |\] \[|(?<=[.!?]) ")
MARKS = re.compile(r"[*`\\\[\]]")


def languages_of(text: str) -> set[str]:
    """The languages of those sentences that only one language has."""
    found = [spoken for part in _parts(text) if len(spoken := _known(part)) == 1]
    return set().union(*found)


def _parts(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield _bare(line)
        yield from map(_bare, PARTS.split(line))


def _known(part: str) -> set[str]:
    return {
        language
        for language in LANGUAGES
        if any(one.fullmatch(part) for one in _sentences()[language])
    }


@cache
def _sentences() -> Mapping[str, list[re.Pattern[str]]]:
    return {one: list(_patterns(one)) for one in LANGUAGES}


def _patterns(language: str) -> Iterator[re.Pattern[str]]:
    for message in read_catalogue(language):
        # A command's name may be a word of any program: `return`.
        is_sentence = message.id and not str(message.id).endswith(".name")
        forms = message.string if is_sentence else None
        for form in [forms] if isinstance(forms, str) else forms or ():
            for sentence in form.splitlines():
                pieces = [fixed for fixed, *_ in Formatter().parse(_bare(sentence))]
                if len(re.findall(r"\w", "".join(pieces))) >= LEAST_LETTERS:
                    # More may follow a sentence; a word alone begins many others.
                    rest = ".*" if len(pieces) > 1 or " " in sentence else ""
                    yield re.compile(".+".join(map(re.escape, pieces)) + rest)


def _bare(line: str) -> str:
    """Without mark-up, emoji and whatever else stands around the words."""
    return re.sub(r"^[^\w{¿¡]+", "", MARKS.sub("", line)).strip()
