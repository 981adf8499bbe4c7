from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pairing.hearing import (
    PARTS_AFTER,
    STALLS_AFTER,
    check_in_due,
    has_run_out,
    is_over,
    is_silent,
    is_to_part,
)
from bot.domain.pairing.life import (
    LIVE,
    TRANSITIONS,
    EndReason,
    Pairing,
    PairingEvent,
    PairingKind,
    PairingState,
    PairingStepRefused,
    waits_again,
)
from bot.domain.pairing.session import (
    OPEN_SESSIONS,
    Session,
    SessionEvent,
    SessionState,
    SessionStepRefused,
)
from bot.domain.pairing.session import TRANSITIONS as SESSION_STEPS
from tests.fakes.clock import A_MONDAY

DAY = timedelta(days=1)
ADA, BEN = 1, 2
NEW = Pairing(
    id=1,
    community_id=1,
    kind=PairingKind.MENTOR,
    mentor_id=ADA,
    mentee_id=BEN,
    request_id=1,
    weeks=4,
    state_at=A_MONDAY,
    offered_at=A_MONDAY,
    heard_at=A_MONDAY,
)
ACTIVE = (
    NEW.advance(PairingEvent.MENTOR_ACCEPTED, A_MONDAY)
    .advance(PairingEvent.MENTEE_ACCEPTED, A_MONDAY)
    .advance(PairingEvent.OPENED, A_MONDAY)
)


def test_every_state_is_reached_and_each_live_one_is_left() -> None:
    reached = {PairingState.OFFERED}
    while (
        new := {
            after for (before, _), after in TRANSITIONS.items() if before in reached
        }
        - reached
    ):
        reached |= new
    assert reached == set(PairingState)
    assert {before for before, _ in TRANSITIONS} == LIVE
    assert {event for _, event in TRANSITIONS} == set(PairingEvent)


@given(st.lists(st.sampled_from(PairingEvent), max_size=12))
def test_what_has_ended_never_lives_again(events: list[PairingEvent]) -> None:
    pairing, was_over = NEW, False
    for n, event in enumerate(events):
        why = EndReason.DONE if event is PairingEvent.ENDED else None
        try:
            pairing = pairing.advance(event, A_MONDAY + n * DAY, why=why)
        except PairingStepRefused:
            continue
        assert not was_over
        was_over = not pairing.is_live
        # Nobody is active without both having said yes.
        assert (pairing.active_at is None) <= (
            pairing.state not in {PairingState.ACTIVE, PairingState.STALLED}
        )


def test_nobody_says_yes_twice_or_for_the_other() -> None:
    assert NEW.awaits(ADA)
    assert NEW.awaits(BEN)
    assert not NEW.awaits(3)
    half = NEW.advance(NEW.acceptance_of(ADA), A_MONDAY)
    assert not half.awaits(ADA)
    assert half.awaits(BEN)
    with pytest.raises(PairingStepRefused):
        half.advance(half.acceptance_of(ADA), A_MONDAY)
    with pytest.raises(PairingStepRefused):
        half.advance(PairingEvent.OPENED, A_MONDAY)
    assert not half.advance(half.acceptance_of(BEN), A_MONDAY).awaits(BEN)


def test_an_offer_runs_out_after_48_hours() -> None:
    assert not has_run_out(NEW, A_MONDAY + timedelta(hours=47, minutes=59))
    assert has_run_out(NEW, A_MONDAY + timedelta(hours=48))
    assert not has_run_out(ACTIVE, A_MONDAY + 30 * DAY)


def test_both_are_asked_on_the_third_seventh_and_fourteenth_day() -> None:
    pairing, asked = replace(ACTIVE, weeks=24), []
    for day in range(24 * 7):
        due = check_in_due(pairing, A_MONDAY + day * DAY)
        if due is not None:
            pairing = replace(pairing, asked_days=due)
            asked.append((day, due))
    days = [3, 7, 14, 42, 70, 98, 126, 154]
    assert asked == [(day, day) for day in days]
    # After an outage one is asked once, for the latest.
    assert check_in_due(ACTIVE, A_MONDAY + 9 * DAY) == 7
    assert check_in_due(NEW, A_MONDAY + 9 * DAY) is None


def test_silence_stalls_and_then_parts() -> None:
    assert not is_silent(ACTIVE, A_MONDAY + STALLS_AFTER - timedelta(seconds=1))
    silent_at = A_MONDAY + STALLS_AFTER
    assert is_silent(ACTIVE, silent_at)
    stalled = ACTIVE.advance(PairingEvent.FELL_SILENT, silent_at)
    assert not is_silent(stalled, silent_at + 9 * DAY)
    assert not is_to_part(stalled, silent_at + PARTS_AFTER - timedelta(seconds=1))
    assert is_to_part(stalled, silent_at + PARTS_AFTER)
    resumed = stalled.advance(PairingEvent.RESUMED, silent_at + DAY)
    assert not is_silent(resumed, silent_at + DAY)
    assert resumed.ends_at == ACTIVE.ends_at


def test_a_term_ends() -> None:
    assert not is_over(ACTIVE, A_MONDAY + 28 * DAY - timedelta(seconds=1))
    assert is_over(ACTIVE, A_MONDAY + 28 * DAY)
    assert not is_over(NEW, A_MONDAY + 28 * DAY)


def test_who_did_not_choose_the_end_waits_again() -> None:
    def again(why: EndReason, *, chose: bool = False, answered: bool = True) -> bool:
        return waits_again(why, by_mentee=chose, mentee_answered=answered)

    assert again(EndReason.MENTOR_LEFT)
    assert again(EndReason.BLOCKED)
    assert not again(EndReason.BLOCKED, chose=True)
    assert again(EndReason.SILENT)
    assert not again(EndReason.SILENT, answered=False)
    for why in (EndReason.TERM, EndReason.DONE, EndReason.MENTEE_LEFT):
        assert not again(why)


def test_a_session_is_proposed_taken_and_held() -> None:
    times = (A_MONDAY, A_MONDAY + DAY)
    session = Session(id=1, pairing_id=1, proposed_by=ADA, times=times)
    assert not session.has_lapsed(A_MONDAY)
    assert session.has_lapsed(A_MONDAY + DAY)
    with pytest.raises(ValueError, match="2026"):
        session.taken(A_MONDAY + 2 * DAY)
    agreed = session.taken(times[0])
    with pytest.raises(SessionStepRefused):
        agreed.taken(times[0])
    assert not agreed.is_to_be_told(A_MONDAY + timedelta(minutes=59))
    assert agreed.is_to_be_told(A_MONDAY + timedelta(minutes=60))
    assert agreed.has_lapsed(A_MONDAY + 4 * DAY)
    held = agreed.advance(SessionEvent.HELD)
    assert not held.has_lapsed(A_MONDAY + 4 * DAY)
    assert not held.is_to_be_told(A_MONDAY + 4 * DAY)
    assert {before for before, _ in SESSION_STEPS} == OPEN_SESSIONS
    reached = {SessionState.PROPOSED, *SESSION_STEPS.values()}
    assert reached == set(SessionState)
