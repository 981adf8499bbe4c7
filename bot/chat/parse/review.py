"""A reviewer's lines: marks with their reasons, and comments on lines of the code.

    1 Readability: 3 the names say what they hold        the criterion's number, a mark
    12: use a set here                                   a line, and what of it
    12-14: =sets                                         lines, and what one has saved

What does not begin so goes on from the line before. Whatever else was typed between the
number and the colon is for the writer's eyes. Foreign text until it is read here.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from bot.domain.review import Comment
from bot.domain.review_rubric import Mark, RubricLine
from bot.services.errors import Refused

MOST_COMMENTS: Final = 40
"""More than one a line of what is handed in mostly: a review and not a rewrite."""

_SHOWN: Final = 40
_COMMENT: Final = re.compile(
    r"\s*(?:[Ll](?:[ií]neas?|ines?)?\.?\s*)?(\d{1,5})(?:\s*[-\u2013\u2014]\s*(\d{1,5}))?"
    r"\s*:\s*(.*)"
)
_MARK: Final = re.compile(
    r"\s*(\d{1,2})\b[^:\n]*:\s*(?:(\d{1,4})\b(?:\s*/\s*\d+)?)?(.*)"
)
_AFTER_MARK: Final = " \t-\u2013\u2014.,;:"


def read_comments(text: str, saved: Mapping[str, str]) -> tuple[Comment, ...]:
    """Raises Refused: review_bad_comment, review_many_comments, answer_unknown."""
    found: list[tuple[int, int, list[str]]] = []
    for line in text.splitlines():
        if begun := _COMMENT.fullmatch(line):
            first = int(begun[1])
            last = int(begun[2] or first)
            found.append((min(first, last), max(first, last), [begun[3].strip()]))
        elif found:
            found[-1][2].append(line.strip())
        elif line.strip():
            raise Refused("review_bad_comment", typed=line.strip()[:_SHOWN])
    if len(found) > MOST_COMMENTS:
        raise Refused("review_many_comments", most=MOST_COMMENTS)
    comments = [
        Comment(first=first, last=last, text=_said("\n".join(said).strip(), saved))
        for first, last, said in found
    ]
    if any(one.first == 0 for one in comments):
        raise Refused("review_bad_comment", typed="0")
    # A line that was numbered and left empty says nothing.
    return tuple(one for one in comments if one.text)


def read_marks(text: str, rubric: Sequence[RubricLine]) -> tuple[Mark, ...]:
    """Those that are there: which are missing, the rubric says."""
    found: dict[int, tuple[int, list[str]]] = {}
    number = 0
    for line in text.splitlines():
        begun = _MARK.fullmatch(line)
        named = int(begun[1]) if begun else 0
        is_new = 0 < named <= len(rubric) and named not in found
        if begun and begun[2] and is_new:
            number = named
            reason = begun[3].lstrip(_AFTER_MARK).rstrip()
            found[number] = (int(begun[2]), [reason])
        elif begun and is_new and not begun[3].strip():
            # As it stood in the form: nothing was written behind it.
            number = 0
        elif number:
            found[number][1].append(line.strip())
    return tuple(
        Mark(
            criterion=rubric[number - 1].criterion,
            mark=mark,
            most=rubric[number - 1].most,
            reason="\n".join(said).strip(),
        )
        for number, (mark, said) in sorted(found.items())
    )


def _said(text: str, saved: Mapping[str, str]) -> str:
    if not text.startswith("="):
        return text
    name = text[1:].strip().casefold()
    if name not in saved:
        raise Refused("answer_unknown", name=name[:_SHOWN])
    return saved[name]
