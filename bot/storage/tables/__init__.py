"""The tables. Those of the queue are Procrastinate's, and made by its own schema.

    community ─┬─< member >─ person ─< account     a person for each account …
               │      │         └─< person_link  … until a link joins them
               │      ├─< submission ── review_request ─< review
               │      ├─< event            the log: nothing is ever changed in it
               │      ├─< certificate      that they asked for
               │      ├─< news             what their channel is to read of them
               │      ├─< notice           what they are to be told, until they are
               │      └─< board_total >─ board ─< board_count
               ├─< daily
               ├─< audit_entry             what organisers did
               ├─< entry                   the web chat
               └── open_boards             the web pages, with sign_in and sign_in_link
               ├── …                        mentors and mentees: see `mentoring`
    installation                           of a community that came over the web
    oauth_state                            of one that is on its way
    certificate_revocation                 of one that stands no more
    receipt                                what was done once for everybody

Foreign text may hold what PostgreSQL's text cannot (NUL, half a surrogate pair): JSON
columns are therefore `json` written in ASCII, which keeps every string as it came, and
never `jsonb`; plain columns replace such characters.
"""

from bot.storage.tables.boards import (
    WHOLE_COMMUNITY,
    board,
    board_count,
    board_total,
    follow,
)
from bot.storage.tables.certificates import certificate, certificate_revocation
from bot.storage.tables.columns import METADATA
from bot.storage.tables.dailies import (
    daily,
    daily_post,
    daily_setting,
    heartbeat,
    outage,
    reminder,
)
from bot.storage.tables.game import draft, event, submission
from bot.storage.tables.installations import installation, oauth_state
from bot.storage.tables.linking import link_code, link_try, person_link
from bot.storage.tables.mentoring import (
    check_in,
    mentor_block,
    mentor_offer,
    mentor_report,
    mentor_request,
    mentor_session,
    pairing,
    pairing_batch,
    pairing_feedback,
    pairing_step,
    session_reminder,
)
from bot.storage.tables.news import news
from bot.storage.tables.notices import notice
from bot.storage.tables.organising import audit_entry
from bot.storage.tables.pages import (
    board_post,
    open_boards,
    sign_in,
    sign_in_link,
)
from bot.storage.tables.people import account, community, member, person
from bot.storage.tables.receipts import receipt
from bot.storage.tables.rejudges import rejudge, rejudge_turn
from bot.storage.tables.reviews import review, review_request, saved_answer
from bot.storage.tables.similarity import similarity_answer
from bot.storage.tables.web import ENTRY_REVISION, entry

__all__ = [
    "ENTRY_REVISION",
    "METADATA",
    "WHOLE_COMMUNITY",
    "account",
    "audit_entry",
    "board",
    "board_count",
    "board_post",
    "board_total",
    "certificate",
    "certificate_revocation",
    "check_in",
    "community",
    "daily",
    "daily_post",
    "daily_setting",
    "draft",
    "entry",
    "event",
    "follow",
    "heartbeat",
    "installation",
    "link_code",
    "link_try",
    "member",
    "mentor_block",
    "mentor_offer",
    "mentor_report",
    "mentor_request",
    "mentor_session",
    "news",
    "notice",
    "oauth_state",
    "open_boards",
    "outage",
    "pairing",
    "pairing_batch",
    "pairing_feedback",
    "pairing_step",
    "person",
    "person_link",
    "receipt",
    "rejudge",
    "rejudge_turn",
    "reminder",
    "review",
    "review_request",
    "saved_answer",
    "session_reminder",
    "sign_in",
    "sign_in_link",
    "similarity_answer",
    "submission",
]
