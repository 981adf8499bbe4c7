import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.again import return_facts
from bot.domain.badge import BADGES, BadgeRules, closest, earned, standings, to_give
from bot.domain.event import Event, EventKind
from bot.domain.struck_badges import struck_badges
from bot.domain.totals import rescore_facts

MONDAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Drill:
    skills: tuple[str, ...]
    phase: int = 1
    difficulty: int = 3
    kind: str = "function"


RULES = BadgeRules(
    challenges={
        "count": Drill(("loops",)),
        "greet": Drill(("functions",)),
        "rope": Drill(("classes",), phase=2, difficulty=5, kind="scenario"),
    },
    # There is no challenge for "patterns" yet.
    roadmap={
        1: {"syntax": ("loops",), "functions": ("functions",)},
        2: {"oop": ("classes", "patterns")},
        3: {"data": ("files",)},
    },
)


def event(
    kind: EventKind,
    n: int = 0,
    challenge_id: str | None = "count",
    facts: Mapping[str, str | int] | None = None,
) -> Event:
    on = MONDAY + timedelta(days=n)
    return Event(
        kind=kind,
        key=f"{kind}:{challenge_id}:{n}:{facts}",
        person_id=1,
        member_id=1,
        occurred_at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
        local_on=on,
        challenge_id=challenge_id,
        facts=facts or {},
    )


def solved(n: int, challenge_id: str = "count", **facts: int) -> Event:
    return event(EventKind.SOLVED, n, challenge_id, facts)


def many_failed(n: int, times: int) -> list[Event]:
    return [
        event(EventKind.ATTEMPT_FAILED, n, facts={"n": serial})
        for serial in range(times)
    ]


def got(*log: Event) -> set[str]:
    return set(earned(log, RULES))


def test_there_are_enough_and_each_is_named_once() -> None:
    assert len(BADGES) >= 20
    assert len({badge.id for badge in BADGES}) == len(BADGES)


def test_of_a_deed_they_come_the_smaller_first() -> None:
    for one, other in itertools.pairwise(BADGES):
        if (one.deed, one.phase) == (other.deed, other.phase):
            assert one.asked < other.asked


def test_nobody_starts_with_a_badge() -> None:
    assert got(event(EventKind.JOINED, challenge_id=None)) == set()


def test_the_first_solved_challenge_is_one() -> None:
    assert "first_light" in got(solved(0))


def test_streaks_count_days_and_not_hours() -> None:
    week = [solved(n, f"gone-{n}") for n in range(7)]
    assert "week_long" in got(*week)
    late = [
        replace(one, occurred_at=one.occurred_at + timedelta(hours=n % 9))
        for n, one in enumerate(week)
    ]
    assert got(*late) == got(*week)
    assert "week_long" not in got(*week[:6])


def test_what_a_rejudge_took_back_was_done_all_the_same() -> None:
    week = [solved(n, f"gone-{n}") for n in range(7)]
    facts = {**rescore_facts(week[3], -1), "accepted": 0}
    assert got(*week) <= got(*week, event(EventKind.RESCORED, 8, "gone-3", facts))


def test_a_struck_badge_is_told_by_the_event_that_earned_it() -> None:
    week = [solved(n, f"gone-{n}") for n in range(7)]
    struck = struck_badges([*week, solved(9, "gone-9")], RULES)
    assert struck["first_light"] == week[0]
    assert struck["week_long"] == week[6]


def test_who_comes_back_after_a_missed_day_has_come_back() -> None:
    assert "comeback" not in got(solved(0), solved(1, "greet"))
    assert "comeback" in got(solved(0), solved(2, "greet"))


def test_a_failure_is_cracked_on_another_day_and_tenacity_takes_five() -> None:
    assert "cracked" not in got(*many_failed(0, 5), solved(0))
    assert "tenacious" in got(*many_failed(0, 5), solved(0))
    assert got(*many_failed(0, 1), solved(1)) >= {"cracked"}
    assert "tenacious" not in got(*many_failed(0, 4), solved(1))


def test_help_is_no_unaided_solving() -> None:
    own = {one.badge.id: one.reached for one in standings([solved(0)], RULES)}
    hint = event(EventKind.HINT_TAKEN)
    aided = standings([hint, solved(0)], RULES)
    assert own["on_my_own"] == 1
    assert {one.badge.id: one.reached for one in aided}["on_my_own"] == 0


def test_a_phase_is_done_topic_by_topic_and_what_has_no_challenge_waits() -> None:
    assert got(solved(0)) >= {"first_topic"}
    assert "phase_1" not in got(solved(0))
    assert "phase_1" in got(solved(0), solved(90, "greet"))
    assert "phase_2" in got(solved(0, "rope"))
    assert "phase_3" not in got(solved(0), solved(0, "greet"), solved(0, "rope"))


def test_returns_in_their_time_count_and_others_do_not() -> None:
    again = [
        event(EventKind.REPEATED, n, facts=return_facts(in_time=True))
        for n in range(10)
    ]
    assert "kept_fresh" in got(*again)
    assert "kept_fresh" not in got(*(replace(one, facts={}) for one in again))


def test_helping_is_told_by_reputation() -> None:
    helped = replace(event(EventKind.REPUTATION_EARNED), reputation=100)
    assert got(helped) >= {"first_hand", "pillar"}


def test_what_is_given_stays_and_is_not_given_again() -> None:
    given_ = event(EventKind.BADGE_EARNED, facts={"badge": "year_long"})
    assert "year_long" in got(given_)
    log = [solved(0)]
    first = to_give(log, RULES)
    log += [event(EventKind.BADGE_EARNED, facts={"badge": one}) for one in first]
    assert first
    assert to_give(log, RULES) == ()


def test_the_next_ones_are_those_with_least_missing() -> None:
    week = [solved(n, f"gone-{n}") for n in range(6)]
    near = closest(standings(week, RULES), limit=2)
    assert [one.badge.id for one in near] == ["week_long", "ten_solved"]
    assert [one.reached for one in near] == [6, 6]


logs = st.lists(
    st.builds(
        event,
        st.sampled_from(
            [
                EventKind.SOLVED,
                EventKind.REPEATED,
                EventKind.ATTEMPT_FAILED,
                EventKind.HINT_TAKEN,
            ]
        ),
        st.integers(0, 30),
        st.sampled_from([*RULES.challenges, "gone"]),
    ),
    max_size=15,
)


@given(logs, st.data())
def test_order_and_duplicates_change_nothing(
    log: list[Event], data: st.DataObject
) -> None:
    again = data.draw(st.lists(st.sampled_from(log))) if log else []
    shuffled = data.draw(st.permutations([*log, *again]))
    assert earned(shuffled, RULES) == earned(log, RULES)


@given(logs)
def test_giving_as_it_comes_is_the_fold_of_the_whole(log: list[Event]) -> None:
    """What verdicts gave one by one, and what the log earns: the same badges."""
    written: list[Event] = []
    given_: set[str] = set()
    # Hints are free once it is solved, and not logged: on its day they come before.
    hint = EventKind.HINT_TAKEN
    for one in sorted(log, key=lambda each: (each.local_on, each.kind is not hint)):
        written.append(one)
        for badge in to_give(written, RULES):
            given_.add(badge)
            facts = {"badge": badge}
            written.append(
                event(EventKind.BADGE_EARNED, (one.local_on - MONDAY).days, None, facts)
            )
    assert given_ == set(earned(log, RULES))
