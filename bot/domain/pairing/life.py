"""The life of a pairing, from the offer to its end.

                 one says yes
    offered ──► mentor_said_yes ──┐ the other does, too
       │    └─► mentee_said_yes ──┴──► accepted ──► active ◄──► stalled
       │ (or one of these two)             │           │            │
       ├──► declined     by either         └───────────┴────────────┴──► ended
       ├──► ran_out      48 hours without both
       └──► withdrawn    the request or the offer is gone

*Accepted* lasts until the platform has opened their conversation. An end has a reason,
and whether the mentee waits again follows from it: who did not choose the end goes back
into the queue ahead of others, and nobody is asked whose fault it was.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

ANSWER_WITHIN = timedelta(hours=48)
"""Two evenings, in whatever zone. Longer, and the mentee waits for somebody absent."""

SHORTEST_WEEKS = 4
"""Under a month two people have hardly met."""
LONGEST_WEEKS = 24
"""Two terms of a school: beyond it, one learns more from another mentor."""
USUAL_WEEKS = 12


class PairingKind(StrEnum):
    MENTOR = "mentor"
    TRIO = "trio"
    """A second mentee beside a pairing of the same mentor."""
    PEERS = "peers"
    """Two who wait: neither is mentor, and the older request stands in that place."""


class PairingState(StrEnum):
    OFFERED = "offered"
    MENTOR_SAID_YES = "mentor_said_yes"
    MENTEE_SAID_YES = "mentee_said_yes"
    ACCEPTED = "accepted"
    ACTIVE = "active"
    STALLED = "stalled"
    ENDED = "ended"
    DECLINED = "declined"
    RAN_OUT = "ran_out"
    WITHDRAWN = "withdrawn"


OPEN_OFFERS = frozenset(
    {
        PairingState.OFFERED,
        PairingState.MENTOR_SAID_YES,
        PairingState.MENTEE_SAID_YES,
    }
)
STANDING = frozenset({PairingState.ACCEPTED, PairingState.ACTIVE, PairingState.STALLED})
LIVE = OPEN_OFFERS | STANDING
"""They take a place of the mentor's."""


class PairingEvent(StrEnum):
    MENTOR_ACCEPTED = "mentor_accepted"
    MENTEE_ACCEPTED = "mentee_accepted"
    DECLINED = "declined"
    RAN_OUT = "ran_out"
    WITHDRAWN = "withdrawn"
    OPENED = "opened"
    """Their conversation stands, or cannot be had and they know of each other."""
    FELL_SILENT = "fell_silent"
    RESUMED = "resumed"
    ENDED = "ended"


class EndReason(StrEnum):
    TERM = "term"
    """The weeks that they agreed on are over."""
    DONE = "done"
    """The goal is reached."""
    MENTOR_LEFT = "mentor_left"
    MENTEE_LEFT = "mentee_left"
    SILENT = "silent"
    BLOCKED = "blocked"
    MENTOR_FOUND = "mentor_found"
    """Of peers: one of them has a mentor now."""


ENDED_WELL = frozenset({EndReason.TERM, EndReason.DONE})

_OFFERED, _STATE, _EVENT = PairingState.OFFERED, PairingState, PairingEvent

TRANSITIONS: Mapping[tuple[PairingState, PairingEvent], PairingState] = {
    (_OFFERED, _EVENT.MENTOR_ACCEPTED): _STATE.MENTOR_SAID_YES,
    (_OFFERED, _EVENT.MENTEE_ACCEPTED): _STATE.MENTEE_SAID_YES,
    (_STATE.MENTOR_SAID_YES, _EVENT.MENTEE_ACCEPTED): _STATE.ACCEPTED,
    (_STATE.MENTEE_SAID_YES, _EVENT.MENTOR_ACCEPTED): _STATE.ACCEPTED,
    **{
        (state, event): after
        for state in OPEN_OFFERS
        for event, after in (
            (_EVENT.DECLINED, _STATE.DECLINED),
            (_EVENT.RAN_OUT, _STATE.RAN_OUT),
            (_EVENT.WITHDRAWN, _STATE.WITHDRAWN),
        )
    },
    (_STATE.ACCEPTED, _EVENT.OPENED): _STATE.ACTIVE,
    (_STATE.ACTIVE, _EVENT.FELL_SILENT): _STATE.STALLED,
    (_STATE.STALLED, _EVENT.RESUMED): _STATE.ACTIVE,
    **{(state, _EVENT.ENDED): _STATE.ENDED for state in STANDING},
}


class PairingStepRefused(Exception):
    def __init__(self, state: PairingState, event: PairingEvent) -> None:
        super().__init__(f"{event} does not follow {state}")
        self.state = state
        self.event = event


@dataclass(frozen=True, kw_only=True)
class Pairing:
    id: int
    community_id: int
    kind: PairingKind
    mentor_id: int
    """Members, both of them."""
    mentee_id: int
    request_id: int
    """The mentee's."""
    other_request_id: int | None = None
    """Of peers: that of who stands in the mentor's place."""
    beside_id: int | None = None
    """Of a trio: the pairing whose place it shares."""
    terms: Mapping[str, int] = field(default_factory=dict)
    """What it cost, by `PairTerm`."""
    weeks: int = USUAL_WEEKS
    state: PairingState = PairingState.OFFERED
    state_at: datetime
    """Since when it is so."""
    offered_at: datetime
    heard_at: datetime
    """When either of them last gave a sign that they meet."""
    active_at: datetime | None = None
    ended_why: EndReason | None = None
    channel: str | None = None
    """Of their conversation, by the platform's id."""
    asked_days: int = 0
    """The last day of the pairing for which both were asked how it goes."""

    def advance(
        self,
        event: PairingEvent,
        at: datetime,
        *,
        why: EndReason | None = None,
    ) -> "Pairing":
        """Raises PairingStepRefused when the event does not follow the state."""
        state = TRANSITIONS.get((self.state, event))
        if state is None:
            raise PairingStepRefused(self.state, event)
        moved = replace(self, state=state, state_at=at, ended_why=why)
        if event is PairingEvent.OPENED:
            return replace(moved, active_at=at, heard_at=at)
        if event is PairingEvent.RESUMED:
            return replace(moved, heard_at=at)
        return moved

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def is_standing(self) -> bool:
        return self.state in STANDING

    @property
    def runs_out_at(self) -> datetime:
        return self.offered_at + ANSWER_WITHIN

    @property
    def ends_at(self) -> datetime | None:
        """None until it is active."""
        return self.active_at and self.active_at + timedelta(weeks=self.weeks)

    def has(self, member_id: int) -> bool:
        return member_id in {self.mentor_id, self.mentee_id}

    def other_than(self, member_id: int) -> int:
        return self.mentee_id if member_id == self.mentor_id else self.mentor_id

    def awaits(self, member_id: int) -> bool:
        """Whether this side has still to say yes or no."""
        if member_id == self.mentor_id:
            return self.state in {PairingState.OFFERED, PairingState.MENTEE_SAID_YES}
        return member_id == self.mentee_id and self.state in {
            PairingState.OFFERED,
            PairingState.MENTOR_SAID_YES,
        }

    def acceptance_of(self, member_id: int) -> PairingEvent:
        is_mentor = member_id == self.mentor_id
        return (
            PairingEvent.MENTOR_ACCEPTED if is_mentor else PairingEvent.MENTEE_ACCEPTED
        )


def places_taken(pairings: Iterable[Pairing]) -> Counter[int]:
    """How many places of each mentor are taken; a trio's two mentees share one."""
    live = {one.id: one for one in pairings if one.is_live}
    return Counter(
        one.mentor_id
        for one in live.values()
        if one.kind is not PairingKind.PEERS and one.beside_id not in live
    )


def waits_again(why: EndReason, *, by_mentee: bool, mentee_answered: bool) -> bool:
    """Whether the mentee goes back into the queue by themselves.

    Of a silence only who answered something in it: who has gone would keep a mentor
    waiting, too.
    """
    match why:
        case EndReason.MENTOR_LEFT:
            return True
        case EndReason.BLOCKED:
            return not by_mentee
        case EndReason.SILENT:
            return mentee_answered
        case _:
            return False


@dataclass(frozen=True, kw_only=True)
class PairingStep:
    """A line of the history, which is never changed."""

    pairing_id: int
    at: datetime
    event: PairingEvent
    state: PairingState
    """After it."""
    by_id: int | None = None
    """The member; None: the clock."""
