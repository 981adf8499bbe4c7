"""What helping by a review is worth, in reputation, and what is worth nothing.

Giving earns, for somebody asked for it; thanks earn more, for only the author knows
whether it helped. Both are worth nothing when they could be had without helping:

- **Empty.** A review has to say so much in words of the reviewer's own (`LEAST_WORDS`):
  what was saved for use again is not counted, and is welcome.
- **The same again.** Words that they gave before earn once.
- **Two who only review each other.** Between two people, in either direction, three
  reviews a season earn: enough for a friendship, and no way to a hundred.
- **By the dozen.** Five a day of one's own earn: whoever reads well does not read more.

Such a review is given all the same, and its author thanks all the same: the rule takes
away the reason to cheat, and nobody is accused. Accounts that are linked are one person
and cannot review each other at all; those that are not are two people to us, whom the
third rule bounds.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.review import Opinion

GIVEN_EARNS: Final = 3
THANKS_EARN: Final = 2

LEAST_WORDS: Final = 12
"""In all that was written: two sentences. "Looks good to me" is four."""

BETWEEN_TWO: Final = 3
SEASON: Final = timedelta(days=90)
A_DAY: Final = 5

_WORD: Final = re.compile(r"[^\W\d_]+")


class Worthless(StrEnum):
    """Why a review earns nothing."""

    TOO_SHORT = "too_short"
    REPEATED = "repeated"
    SAME_TWO = "same_two"
    ENOUGH_TODAY = "enough_today"


@dataclass(frozen=True, kw_only=True)
class EarlierReview:
    """A review that earned reputation."""

    on: date
    """The reviewer's date."""
    is_between: bool
    """Between the same two people as the one that is weighed, either way round."""
    is_own: bool
    """By the same reviewer."""
    words: str = ""
    """As `own_words` has them; of the reviewer's own ones."""


def own_words(opinion: Opinion, saved: Collection[str] = ()) -> str:
    """What the reviewer wrote, without punctuation, case, and what they had saved."""
    parts = [
        opinion.summary,
        *(one.text for one in opinion.comments),
        *(one.reason for one in opinion.marks),
    ]
    known = {_plain(one) for one in saved}
    return " ".join(said for said in map(_plain, parts) if said and said not in known)


def is_enough(opinion: Opinion) -> bool:
    """Whether it says anything: an empty one is not given at all."""
    return len(own_words(opinion).split()) >= LEAST_WORDS


def worth(words: str, on: date, earlier: Iterable[EarlierReview]) -> int | Worthless:
    """Of a review in those words on the reviewer's date; the reputation, or why none.

    `earlier` are those that earned, by this reviewer or between these two.
    """
    before = list(earlier)
    own = [one for one in before if one.is_own]
    if len(words.split()) < LEAST_WORDS:
        return Worthless.TOO_SHORT
    if any(one.words == words for one in own):
        return Worthless.REPEATED
    recent = [one for one in before if one.is_between and one.on > on - SEASON]
    if len(recent) >= BETWEEN_TWO:
        return Worthless.SAME_TWO
    if sum(one.on == on for one in own) >= A_DAY:
        return Worthless.ENOUGH_TODAY
    return GIVEN_EARNS


def thanks_worth(earned: int) -> int:
    """For the reviewer, of the author's thanks; once, and for what earned already."""
    return THANKS_EARN if earned else 0


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
