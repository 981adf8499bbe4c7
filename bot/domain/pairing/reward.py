"""What a mentor earns by a pairing, and when: by what the mentee had of it.

A pairing counts that ran to its end, in which they met, and of which both say that it
helped. What the mentee solved meanwhile of the topics that they came for is added, up
to a bound: mentors take whom they can help, and not only whom success is certain with.
"""

from collections.abc import Iterable

from bot.domain.pairing.hearing import Feedback
from bot.domain.pairing.life import ENDED_WELL, Pairing, PairingKind
from bot.domain.pairing.session import Session, SessionState

FOR_ENDING_WELL = 30
"""Some reviews' worth: a dozen hours, and what was prepared for them."""
FOR_EACH_SOLVED = 2
MOST_SOLVED = 10


def has_helped(
    pairing: Pairing, feedback: Iterable[Feedback], sessions: Iterable[Session]
) -> bool:
    good = {one.member_id for one in feedback if one.is_good}
    return (
        pairing.kind is not PairingKind.PEERS
        and pairing.ended_why in ENDED_WELL
        and good == {pairing.mentor_id, pairing.mentee_id}
        and any(one.state is SessionState.HELD for one in sessions)
    )


def reputation_for(solved: int) -> int:
    """`solved`: challenges of the wanted topics that the mentee solved first then."""
    return FOR_ENDING_WELL + FOR_EACH_SOLVED * min(solved, MOST_SOLVED)
