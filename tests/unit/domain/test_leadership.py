import random
from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.event import Event, EventKind
from bot.domain.leadership import (
    ASKED,
    Evidence,
    evidence_of,
    has_led,
    leadership_score,
)


def helped(evidence: str, n: int = 0, reputation: int = 5) -> Event:
    return Event(
        kind=EventKind.REPUTATION_EARNED,
        key=f"{evidence}:{n}",
        person_id=1,
        member_id=1,
        occurred_at=datetime(2026, 3, 2, tzinfo=UTC),
        local_on=date(2026, 3, 2),
        reputation=reputation,
        facts={"for": evidence},
    )


def enough() -> list[Event]:
    return [helped(one, n) for one, asked in ASKED.items() for n in range(asked)]


def led(*log: Event) -> bool:
    return has_led(evidence_of(log))


def test_each_kind_of_evidence_is_asked_for() -> None:
    assert led(*enough())
    for evidence in Evidence:
        assert not led(*(one for one in enough() if one.facts["for"] != evidence))


def test_the_same_evidence_counts_once() -> None:
    reviews = [helped(Evidence.REVIEW)] * ASKED[Evidence.REVIEW]
    standing = evidence_of(reviews)
    assert {one.evidence: one.given for one in standing}[Evidence.REVIEW] == 1


def test_what_was_taken_back_or_is_something_else_is_no_evidence() -> None:
    log = [helped(Evidence.MENTORING, reputation=-5), helped("kindness")]
    assert all(one.given == 0 for one in evidence_of(log))


def test_what_the_phase_asks_with_mentees_who_got_far_is_a_hundred() -> None:
    log = [
        replace(one, facts={**one.facts, "solved": 10})
        if one.facts["for"] == Evidence.MENTORING
        else one
        for one in enough()
    ]
    score = leadership_score(log)
    assert (score.reviews, score.mentoring, score.progress) == (30, 30, 20)
    assert score.total == 100


@given(
    st.lists(
        st.tuples(st.sampled_from([*Evidence, "kindness"]), st.integers(-3, 40)),
        max_size=20,
    ),
    st.randoms(use_true_random=False),
)
def test_a_score_only_grows_and_knows_no_order(
    helps: list[tuple[str, int]], rng: random.Random
) -> None:
    log = [
        replace(helped(evidence, n), facts={"for": evidence, "solved": solved})
        for n, (evidence, solved) in enumerate(helps)
    ]
    totals = [leadership_score(log[:n]).total for n in range(len(log) + 1)]
    assert totals == sorted(totals)
    shuffled = [*log, *log]
    rng.shuffle(shuffled)
    assert leadership_score(shuffled) == leadership_score(log)
