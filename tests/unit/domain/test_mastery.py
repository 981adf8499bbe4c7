from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.event import Event, EventKind
from bot.domain.mastery import (
    COUNTED_FROM,
    FIRST_HALF_LIFE_DAYS,
    MASTERED_FROM,
    MOST_HALF_LIFE_DAYS,
    UNSEEN,
    Memory,
    SkillState,
    memories,
    weight_of,
)
from bot.domain.totals import rescore_facts

MONDAY = date(2026, 3, 2)
# Sums of powers of two differ in the last bit with their order.
ROUNDING = 1e-9


@dataclass(frozen=True)
class Drill:
    skills: tuple[str, ...]
    difficulty: int


CATALOGUE = {
    "easy": Drill(("loops",), 1),
    "middling": Drill(("loops", "functions"), 3),
    "hard": Drill(("loops",), 5),
}


def day(n: int) -> date:
    return MONDAY + timedelta(days=n)


def event(kind: EventKind, n: int, challenge_id: str = "easy") -> Event:
    on = day(n)
    return Event(
        kind=kind,
        key=f"{kind}:{challenge_id}:{n}",
        person_id=1,
        member_id=1,
        occurred_at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
        local_on=on,
        challenge_id=challenge_id,
    )


def solved(n: int, challenge_id: str = "easy") -> Event:
    return event(EventKind.SOLVED, n, challenge_id)


def repeated(n: int, challenge_id: str = "easy") -> Event:
    return event(EventKind.REPEATED, n, challenge_id)


def failed(n: int, challenge_id: str = "easy") -> Event:
    return event(EventKind.ATTEMPT_FAILED, n, challenge_id)


def loops(*events: Event) -> Memory:
    return memories(events, challenges=CATALOGUE).get("loops", UNSEEN)


DAYS = st.integers(0, 400)
events = st.builds(
    event,
    st.sampled_from(
        [
            EventKind.SOLVED,
            EventKind.REPEATED,
            EventKind.ATTEMPT_FAILED,
            EventKind.HINT_TAKEN,
            EventKind.SOLUTION_OPENED,
        ]
    ),
    DAYS,
    st.sampled_from(sorted(CATALOGUE)),
)
logs = st.lists(events, max_size=12)
successes = st.builds(
    event,
    st.sampled_from([EventKind.SOLVED, EventKind.REPEATED]),
    DAYS,
    st.sampled_from(sorted(CATALOGUE)),
)


def test_what_nobody_tried_is_unseen() -> None:
    assert loops(event(EventKind.JOINED, 0), event(EventKind.HINT_TAKEN, 0)) == UNSEEN
    assert UNSEEN.state_on(MONDAY) is SkillState.UNSEEN


@pytest.mark.parametrize("challenge_id", CATALOGUE)
def test_one_unaided_success_masters(challenge_id: str) -> None:
    memory = loops(solved(0, challenge_id))
    assert memory.state_on(MONDAY) is SkillState.MASTERED
    assert memory.counts_on(MONDAY)


def test_each_skill_of_a_challenge_is_trained() -> None:
    assert set(memories([solved(0, "middling")], challenges=CATALOGUE)) == {
        "loops",
        "functions",
    }


def test_the_easier_the_sooner_it_fades() -> None:
    fading = [loops(solved(0, one)).fades_on for one in ("easy", "middling", "hard")]
    assert fading == [day(8), day(21), day(31)]


def test_every_hint_weighs_and_many_leave_it_to_be_learnt() -> None:
    hints = [replace_key(event(EventKind.HINT_TAKEN, 0), n) for n in range(3)]
    levels = [loops(*hints[:n], solved(0)).level for n in range(4)]
    assert levels == sorted(levels, reverse=True)
    assert len(set(levels)) == 4
    assert loops(*hints, solved(0)).state_on(MONDAY) is SkillState.LEARNING


def replace_key(one: Event, n: int) -> Event:
    return Event(**{**vars(one), "key": f"{one.key}:{n}"})


def test_an_opened_solution_is_no_recall_and_a_return_without_it_is() -> None:
    opened = [event(EventKind.SOLUTION_OPENED, 0, "hard"), solved(0, "hard")]
    assert loops(*opened).state_on(MONDAY) is SkillState.LEARNING
    memory = loops(*opened, repeated(3, "hard"))
    assert memory.state_on(day(3)) is SkillState.MASTERED


def test_a_failure_left_alone_is_failing_until_it_is_solved() -> None:
    assert loops(failed(0)).state_on(day(5)) is SkillState.FAILING
    assert loops(failed(0), solved(5)).state_on(day(5)) is SkillState.MASTERED


def test_a_failure_on_the_way_to_a_success_is_part_of_the_day() -> None:
    assert loops(failed(0), solved(0)) == loops(solved(0))


def test_a_failure_takes_nothing_at_once_and_makes_it_fade_sooner() -> None:
    before = loops(solved(0), repeated(10))
    after = loops(solved(0), repeated(10), failed(11))
    assert after.level_on(day(11)) == before.level_on(day(11))
    assert after.level_on(day(40)) < before.level_on(day(40))


def test_what_fades_counts_until_half_of_mastery_is_left() -> None:
    memory = loops(solved(0, "middling"))
    states = [memory.state_on(day(n)) for n in (20, 21, 50, 51)]
    assert states == [
        SkillState.MASTERED,
        SkillState.FADING,
        SkillState.FADING,
        SkillState.FADED,
    ]
    assert [memory.counts_on(day(n)) for n in (50, 51)] == [True, False]


def test_a_return_after_a_week_doubles_the_half_life_and_sooner_a_part() -> None:
    assert loops(solved(0)).half_life_days == FIRST_HALF_LIFE_DAYS
    assert loops(solved(0), repeated(7)).half_life_days == 2 * FIRST_HALF_LIFE_DAYS
    sooner = loops(solved(0), repeated(1)).half_life_days
    assert FIRST_HALF_LIFE_DAYS < sooner < 1.2 * FIRST_HALF_LIFE_DAYS


def test_a_morning_of_repetition_is_one_success() -> None:
    many = [replace_key(repeated(0), n) for n in range(9)]
    assert loops(solved(0), *many) == loops(solved(0))


def test_nothing_is_known_for_ever() -> None:
    memory = loops(*(repeated(n) for n in range(0, 400, 10)))
    assert memory.half_life_days == MOST_HALF_LIFE_DAYS


def test_what_a_rejudge_took_back_is_not_known() -> None:
    first = solved(0)
    facts = {**rescore_facts(first, -1), "accepted": 0}
    mended = replace(event(EventKind.RESCORED, 1), facts=facts)
    memory = loops(first, mended)
    assert (memory.level, memory.was_mastered) == (0, False)
    assert memory.state_on(first.local_on) is SkillState.FAILING


def test_what_left_the_catalogue_counts_no_more() -> None:
    assert loops(solved(0, "withdrawn")) == UNSEEN


@given(logs, DAYS, DAYS)
def test_levels_stay_in_bounds_and_only_fall_with_time(
    log: list[Event], one: int, other: int
) -> None:
    memory = loops(*log)
    earlier, later = sorted((one, other))
    assert 0 <= memory.level_on(day(later)) <= memory.level_on(day(earlier)) <= 1
    assert (
        FIRST_HALF_LIFE_DAYS <= memory.half_life_days <= MOST_HALF_LIFE_DAYS
        or memory == UNSEEN
    )


@given(logs, successes, DAYS)
def test_a_success_never_lowers_whenever_it_came(
    log: list[Event], more: Event, wait: int
) -> None:
    on = day(400 + wait)
    # A solving more of what was solved with help is a repetition.
    better = loops(*log, more).level_on(on)
    assert better >= loops(*log).level_on(on) - ROUNDING


@given(logs, DAYS, DAYS)
def test_a_failure_never_raises(log: list[Event], n: int, wait: int) -> None:
    on = day(400 + wait)
    assert loops(*log, failed(n)).level_on(on) <= loops(*log).level_on(on) + ROUNDING


@given(logs, st.data())
def test_order_and_duplicates_change_nothing(
    log: list[Event], data: st.DataObject
) -> None:
    unaided = [one for one in log if one.kind is not EventKind.HINT_TAKEN]
    again = data.draw(st.lists(st.sampled_from(unaided))) if unaided else []
    shuffled = data.draw(st.permutations([*log, *again]))
    assert loops(*shuffled) == loops(*log)


@given(logs)
def test_it_fades_on_the_first_day_that_it_is_mastered_no_more(
    log: list[Event],
) -> None:
    memory = loops(*log)
    if memory.fades_on is None:
        assert not memory.was_mastered
        return
    assert memory.level_on(memory.fades_on) < MASTERED_FROM
    if memory.on is not None and memory.fades_on > memory.on:
        before = memory.fades_on - timedelta(days=1)
        assert memory.level_on(before) >= MASTERED_FROM


@given(logs, DAYS)
def test_a_state_says_whether_it_counts(log: list[Event], n: int) -> None:
    memory, on = loops(*log), day(n)
    counted = memory.state_on(on) in {SkillState.MASTERED, SkillState.FADING}
    assert memory.counts_on(on) is counted
    assert not counted or memory.level_on(on) >= COUNTED_FROM


@given(st.integers(1, 5), st.integers(0, 9))
def test_weights_are_shares_and_help_never_adds(difficulty: int, hints: int) -> None:
    weight = weight_of(difficulty, hints=hints)
    assert 0 < weight <= weight_of(difficulty) <= 1
    assert 0 < weight_of(difficulty, hints=hints + 1) <= weight
    assert 0 < weight_of(difficulty, opened=True) < weight_of(difficulty)
