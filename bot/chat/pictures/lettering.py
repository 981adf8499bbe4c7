"""Names as they can be drawn: no more than fits, and nothing that plays tricks."""

import unicodedata

# As wide as a letter is high, at most; measured on FiraGO Bold, rounded up.
NARROW, USUAL, BROAD, WIDE, FULL = 0.34, 0.56, 0.78, 0.92, 1.06
_NARROW = frozenset("iljtfrI1.,:;!|'’()[] ")
_WIDE = frozenset("mwMWQOGD%&—…ЖШЩЮФщшжмю")
# Hebrew, Arabic and the scripts of India, of which the widest letters are common.
_BROAD = range(0x590, 0xE00)
# Variation selectors, and accents that belong to no letter that there is: what is left
# of them after composing is piled up for show.
_LOOSE = frozenset(map(chr, (*range(0x300, 0x370), *range(0xFE00, 0xFE10))))
# Stacked on one letter, more would climb over the lines above.
MARKS = 2
NOTHING = "•"


def drawable(text: str) -> str:
    """In one line, without what is invisible, turns text round or is an emoji.

    Our fonts have no emoji: a box in its place would say less than nothing.
    """
    kept: list[str] = []
    marks = 0
    for letter in unicodedata.normalize("NFC", " ".join(text.split())):
        kind = unicodedata.category(letter)
        marks = marks + 1 if kind.startswith("M") else 0
        is_hidden = kind[0] == "C" or kind in {"So", "Sk"} or letter in _LOOSE
        if not is_hidden and marks <= MARKS:
            kept.append(letter)
    return " ".join("".join(kept).split()) or NOTHING


def width(text: str, size: float) -> float:
    return size * sum(map(_width, text))


def fitted(text: str, size: float, room: float) -> str:
    """The drawable beginning that fits, with an ellipsis where it was cut."""
    text = drawable(text)
    if width(text, size) <= room:
        return text
    while text and width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def lines(text: str, size: float, room: float, most: int = 2) -> list[str]:
    """Broken between words; the last line is cut where it is too long."""
    broken: list[str] = []
    words = drawable(text).split()
    while words and len(broken) < most - 1:
        taken = 1
        while taken < len(words) and (
            width(" ".join(words[: taken + 1]), size) <= room
        ):
            taken += 1
        broken.append(fitted(" ".join(words[:taken]), size, room))
        words = words[taken:]
    return [*broken, fitted(" ".join(words), size, room)] if words else broken


def initial(text: str) -> str:
    return drawable(text)[0].upper()[0]


def _width(letter: str) -> float:
    if unicodedata.category(letter).startswith("M"):
        return 0
    if letter == "@" or unicodedata.east_asian_width(letter) in {"W", "F"}:
        return FULL
    if ord(letter) in _BROAD:
        return BROAD
    if letter in _NARROW:
        return NARROW
    return WIDE if letter in _WIDE else USUAL + 0.1 * letter.isupper()
