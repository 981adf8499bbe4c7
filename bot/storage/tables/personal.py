"""Which tables hold something of a person, and what becomes of it.

A test walks the metadata: a table that refers to a person or a member and is missing
here is a hole in what is exported and in what is deleted.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Column, ForeignKey, Table

from bot.storage.tables.boards import board, board_total, follow
from bot.storage.tables.certificates import certificate
from bot.storage.tables.dailies import reminder
from bot.storage.tables.game import draft, event, submission
from bot.storage.tables.linking import link_code, link_try, person_link
from bot.storage.tables.mentoring import (
    check_in,
    mentor_block,
    mentor_offer,
    mentor_report,
    mentor_request,
    mentor_session,
    pairing,
    pairing_feedback,
    pairing_step,
    session_reminder,
)
from bot.storage.tables.news import news
from bot.storage.tables.notices import notice
from bot.storage.tables.organising import audit_entry
from bot.storage.tables.pages import sign_in, sign_in_link
from bot.storage.tables.people import account, member, person
from bot.storage.tables.rejudges import rejudge, rejudge_turn
from bot.storage.tables.reviews import review, review_request, saved_answer
from bot.storage.tables.similarity import similarity_answer
from bot.storage.tables.web import entry


class Fate(StrEnum):
    """Of a row, when the person is deleted."""

    DELETED = "deleted"
    UNNAMED = "unnamed"
    """It stays for others, with what names the person emptied."""


@dataclass(frozen=True, kw_only=True)
class Held:
    table: Table
    about: str
    """What it is, for the export's schema."""
    fate: Fate = Fate.DELETED
    left_out: frozenset[str] = frozenset()
    """Columns that are not exported: digests of secrets, and our own numbers."""
    untold: frozenset[str] = frozenset()
    """Columns by which a row goes with a person, and is not handed to them: it is
    somebody else's word about them."""
    beside: Table | None = None
    """A table that says what a row refers to, exported with it but for its own id."""

    @property
    def name(self) -> str:
        return self.table.name

    @property
    def people(self) -> tuple[Column[Any], ...]:
        """What refers to a person; the person's own number in their own row."""
        if self.table is person:
            return (person.c.id,)
        return tuple(one for one in self.table.c if _refers_to(one, person))

    @property
    def members(self) -> tuple[Column[Any], ...]:
        if self.table is member:
            return (member.c.id,)
        return tuple(one for one in self.table.c if _refers_to(one, member))

    @property
    def exported(self) -> tuple[Column[Any], ...]:
        own = tuple(one for one in self.table.c if one.name not in self.left_out)
        beside = () if self.beside is None else tuple(self.beside.c)
        return own + tuple(one for one in beside if not one.primary_key)


PERSONAL: Final = (
    Held(table=person, about="Who you are to us, one for each account: your settings."),
    Held(table=account, about="Your accounts on chat platforms, and what they say."),
    Held(table=member, about="You in each community."),
    Held(
        table=submission,
        about="What you handed in, with its verdict. `place` is where it was answered.",
    ),
    Held(table=draft, about="Code of which you were asked which is meant."),
    Held(
        table=review_request,
        about="Where you asked to be reviewed.",
        # A digest of what was handed in.
        left_out=frozenset({"alike"}),
    ),
    Held(table=review, about="Reviews that you were given, and those that you gave."),
    Held(table=saved_answer, about="What you keep to say again in reviews."),
    Held(table=reminder, about="Days on which you were reminded of your streak."),
    Held(table=event, about="What happened: points, streaks and boards come from it."),
    Held(table=certificate, about="Your certificates, as others can read them."),
    Held(
        table=board_total,
        about="Your totals on leaderboards, each with the board that it is on.",
        left_out=frozenset({"board_id"}),
        beside=board,
    ),
    Held(table=follow, about="Whom you follow, and who follows you, as friends."),
    Held(table=entry, about="Your conversation in the web chat."),
    Held(
        table=news,
        about="News of you that your community is to read.",
        left_out=frozenset({"batch", "claimed_at"}),
    ),
    Held(table=notice, about="What you are to be told in private."),
    Held(
        table=link_code,
        about="A code to link another account, while it is good.",
        left_out=frozenset({"digest"}),
    ),
    Held(
        table=sign_in,
        about="Browsers in which you are signed in to the web pages.",
        left_out=frozenset({"digest"}),
    ),
    Held(
        table=sign_in_link,
        about="A link to sign in, while it is good.",
        left_out=frozenset({"digest"}),
    ),
    Held(table=link_try, about="How many codes you entered lately."),
    Held(table=person_link, about="Which of your accounts were linked, and when."),
    Held(
        table=rejudge_turn,
        about="When what you handed in to a challenge was judged again.",
        beside=rejudge,
    ),
    Held(
        table=similarity_answer,
        about="What organisers answered where a submission of yours was like another.",
        # The other's submission is the other's.
        left_out=frozenset({"pair"}),
    ),
    Held(
        table=mentor_offer,
        about="What you offer as a mentor. Hours are counted from Monday at midnight.",
    ),
    Held(table=mentor_request, about="What you asked of a mentor."),
    Held(
        table=pairing,
        about="With whom you were paired, and how it ended.",
        left_out=frozenset({"claimed_at"}),
    ),
    Held(table=pairing_step, about="What you did in a pairing, and when."),
    Held(table=mentor_session, about="Sessions that you proposed."),
    Held(table=session_reminder, about="Sessions of which you wanted a reminder."),
    Held(table=check_in, about="What you answered when asked how a pairing goes."),
    Held(
        table=pairing_feedback, about="How you rated a pairing, and your words to it."
    ),
    Held(
        table=mentor_block,
        about="With whom you are never to be paired.",
        untold=frozenset({"blocked_id"}),
    ),
    Held(table=mentor_report, about="What you reported to the organisers."),
    Held(
        table=audit_entry,
        about="What organisers did to you, or you as an organiser. It stays without"
        " your name, and without the reason where it was about you.",
        fate=Fate.UNNAMED,
    ),
)


def references(table: Table) -> tuple[Column[Any], ...]:
    """What of a table refers to a person or a member."""
    return tuple(
        one for one in table.c if _refers_to(one, person) or _refers_to(one, member)
    )


def _refers_to(column: Column[Any], table: Table) -> bool:
    keys: set[ForeignKey] = column.foreign_keys
    return any(key.column.table is table for key in keys)
