from dataclasses import replace
from datetime import UTC, date, datetime

from bot.domain.event import Event, EventKind
from bot.domain.leadership import ASKED, Evidence, evidence_of, has_led


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
    return has_led(evidence_of(log, contributions={"merged"}))


def test_each_kind_of_evidence_is_asked_for() -> None:
    assert led(*enough())
    for evidence in Evidence:
        assert not led(*(one for one in enough() if one.facts["for"] != evidence))


def test_the_same_evidence_counts_once() -> None:
    reviews = [helped(Evidence.REVIEW)] * ASKED[Evidence.REVIEW]
    standing = evidence_of(reviews, contributions=())
    assert {one.evidence: one.given for one in standing}[Evidence.REVIEW] == 1


def test_what_was_taken_back_or_is_something_else_is_no_evidence() -> None:
    log = [helped(Evidence.MENTORING, reputation=-5), helped("kindness")]
    assert all(one.given == 0 for one in evidence_of(log, contributions=()))


def test_an_accepted_contribution_is_one() -> None:
    rest = [one for one in enough() if one.facts["for"] != Evidence.CONTRIBUTION]
    merged = replace(rest[0], kind=EventKind.SOLVED, key="s", challenge_id="merged")
    assert not led(*rest, replace(merged, challenge_id="sums"))
    assert led(*rest, merged)
