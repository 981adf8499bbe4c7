from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.event import Event, EventKind
from bot.domain.placement import (
    DAYS,
    MOST_CHALLENGES,
    TRIES,
    Sitting,
    SittingState,
    draw,
    open_sitting,
    sittings,
    start_facts,
)

MONDAY = date(2026, 3, 2)
FOUR = ("files", "rest", "cron", "logs")


@dataclass(frozen=True)
class Exercise:
    id: str
    difficulty: int


def event(
    kind: EventKind, n: int = 0, challenge_id: str | None = None, serial: int = 0
) -> Event:
    on = MONDAY + timedelta(days=n)
    return Event(
        kind=kind,
        key=f"{kind}:{challenge_id}:{n}:{serial}",
        person_id=1,
        member_id=1,
        occurred_at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
        local_on=on,
        challenge_id=challenge_id,
    )


def started(*asked: str, n: int = 0) -> Event:
    return replace(
        event(EventKind.PLACEMENT_STARTED, n), facts=start_facts(4, asked or FOUR)
    )


def solved(challenge_id: str, n: int = 0) -> Event:
    return event(EventKind.SOLVED, n, challenge_id)


def failed(challenge_id: str, n: int = 0, times: int = 1) -> list[Event]:
    return [
        event(EventKind.ATTEMPT_FAILED, n, challenge_id, serial)
        for serial in range(times)
    ]


def sat(*log: Event) -> Sitting:
    (sitting,) = sittings(log, member_id=1)
    return sitting


def after(*log: Event, n: int = 0) -> SittingState:
    return sat(*log).state_on(MONDAY + timedelta(days=n))


def test_of_four_one_may_be_missed() -> None:
    assert after(started(), *map(solved, FOUR[:2])) is SittingState.OPEN
    assert after(started(), *map(solved, FOUR[:3])) is SittingState.PASSED


def test_of_three_none_may_be_missed() -> None:
    three = FOUR[:3]
    assert after(started(*three), *map(solved, three[:2])) is SittingState.OPEN
    assert after(started(*three), *failed("rest", times=TRIES)) is SittingState.FAILED


def test_three_wrong_tries_lose_a_challenge_and_two_lose_four() -> None:
    one_lost = [started(), *failed("files", times=TRIES)]
    assert after(*one_lost) is SittingState.OPEN
    assert after(*one_lost, *failed("rest", times=TRIES)) is SittingState.FAILED


def test_the_third_try_may_be_the_right_one_and_the_fourth_is_late() -> None:
    two = failed("files", times=TRIES - 1)
    assert sat(started(), *two, solved("files")).solved == 1
    three = failed("files", times=TRIES)
    assert sat(started(), *three, solved("files")).solved == 0


def test_it_lasts_three_dates_by_the_day_of_handing_in() -> None:
    answers = [solved("files"), solved("rest", 2)]
    assert after(started(), *answers, n=DAYS - 1) is SittingState.OPEN
    assert after(started(), *answers, n=DAYS) is SittingState.FAILED
    # Handed in on the last date, and judged whenever the queue came to it.
    in_time = solved("cron", DAYS - 1)
    assert after(started(), *answers, in_time, n=9) is SittingState.PASSED
    assert after(started(), *answers, solved("cron", DAYS), n=9) is SittingState.FAILED


def test_help_loses_the_challenge() -> None:
    hint = event(EventKind.HINT_TAKEN, 0, "files")
    assert sat(started(), hint, solved("files")).solved == 0


def test_what_was_before_it_does_not_count() -> None:
    log = [*failed("files", times=TRIES), started()]
    assert sat(*log).tasks[0].tries_left == TRIES


def test_sittings_are_the_members_own_and_one_is_open() -> None:
    log = [started(n=0), started(n=8)]
    assert [one.started_on.day for one in sittings(log, member_id=1)] == [2, 10]
    on = MONDAY + timedelta(days=8)
    current = open_sitting(log, member_id=1, on=on)
    assert current is not None
    assert current.started_on == on
    assert sittings(log, member_id=2) == ()


topics = st.dictionaries(
    st.sampled_from([f"topic-{n}" for n in range(7)]),
    st.lists(st.integers(1, 5), max_size=4),
).map(
    lambda drawn: {
        topic: [
            Exercise(id=f"{topic}-{n}", difficulty=difficulty)
            for n, difficulty in enumerate(difficulties)
        ]
        for topic, difficulties in drawn.items()
    }
)


@given(topics, st.integers(1, 99))
def test_a_test_is_short_and_asks_a_hardest_of_different_topics(
    found: dict[str, list[Exercise]], person_id: int
) -> None:
    asked = draw(found, (), person_id=person_id, phase=3)
    filled = [topic for topic, candidates in found.items() if candidates]
    assert len(asked) == min(MOST_CHALLENGES, len(filled))
    assert draw(found, (), person_id=person_id, phase=3) == asked
    for challenge_id in asked:
        topic = found[challenge_id.rsplit("-", 1)[0]]
        (chosen,) = (one for one in topic if one.id == challenge_id)
        assert chosen.difficulty == max(one.difficulty for one in topic)
    assert len({one.rsplit("-", 1)[0] for one in asked}) == len(asked)


def test_a_second_sitting_asks_something_else_where_there_is_something() -> None:
    found = {
        "files": [Exercise("read", 5), Exercise("write", 2)],
        "rest": [Exercise("get", 3)],
    }
    first = draw(found, (), person_id=1, phase=3)
    assert first == ("read", "get")
    earlier = sat(started(*first))
    assert draw(found, [earlier], person_id=1, phase=3) == ("write", "get")
