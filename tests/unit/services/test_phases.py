"""Promotion, placement and choice of a phase."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.event import Event, EventKind
from bot.domain.member import Member
from bot.domain.placement import SittingState
from bot.services.change_phase import choose_phase
from bot.services.enter import enter
from bot.services.errors import Refused
from bot.services.hints import take_hint
from bot.services.judge_submission import judge_submission
from bot.services.judged_submission import read_judged
from bot.services.phase import read_phase
from bot.services.placement import read_placement, start_placement
from bot.services.solution import open_solution
from bot.services.world import World
from tests.fakes.catalogue import CRASH, RIGHT, WRONG
from tests.fakes.clock import FakeClock
from tests.fakes.phases import PHASE_TWO, catalogue_of_phases
from tests.fakes.storage.store import FakeStore
from tests.unit.services.conftest import ADA, Play


@pytest.fixture
def world(world: World) -> World:
    return replace(world, catalogue=catalogue_of_phases())


async def now(world: World) -> Member:
    return await enter(world, ADA, "home")


def moves(store: FakeStore) -> list[Event]:
    log = store.events.values()
    return [event for event in log if event.kind is EventKind.PHASE_CHANGED]


async def test_finishing_a_phase_promotes_once_and_tells_with_the_verdict(
    world: World, ada: Member, play: Play, store: FakeStore
) -> None:
    await play(ada, RIGHT)
    assert (await now(world)).phase == 1
    last = await play(ada, RIGHT, "sums")
    assert (await now(world)).phase == 2
    (moved,) = moves(store)
    assert (moved.facts["from"], moved.facts["to"], moved.facts["how"]) == (
        1,
        2,
        "promoted",
    )
    assert (await read_judged(world, last.id)).moved == moved
    assert await judge_submission(world, play.judge, last.id) is None
    assert len(moves(store)) == 1


async def test_who_goes_back_to_a_finished_phase_stays_there(
    world: World, ada: Member, play: Play
) -> None:
    await play(ada, RIGHT)
    await play(ada, RIGHT, "sums")
    back = await choose_phase(world, await now(world), 1)
    assert back.phase == 1
    await play(back, RIGHT)
    assert (await now(world)).phase == 1
    assert (await read_phase(world, back)).farthest == 2


async def test_a_judge_error_promotes_nobody(
    world: World, ada: Member, play: Play, store: FakeStore
) -> None:
    await play(ada, RIGHT)
    await play(ada, CRASH, "sums")
    assert moves(store) == []


async def test_a_phase_that_nobody_has_shown_is_refused(
    world: World, ada: Member, store: FakeStore
) -> None:
    with pytest.raises(Refused, match="phase_unproven"):
        await choose_phase(world, ada, 3)
    assert moves(store) == []


async def test_choosing_the_phase_that_one_is_in_writes_nothing(
    world: World, ada: Member, store: FakeStore
) -> None:
    assert await choose_phase(world, ada, 1) == ada
    assert moves(store) == []


async def test_a_placement_asks_the_hardest_of_each_topic_and_opens_it(
    world: World, ada: Member, play: Play
) -> None:
    view = await start_placement(world, ada, 3)
    assert view.sitting is not None
    assert tuple(task.challenge_id for task in view.sitting.tasks) == PHASE_TWO
    # It requires another one, which who arrives knowing has not solved.
    judged = await play(ada, RIGHT, "suite")
    outcome = await read_judged(world, judged.id)
    assert outcome.sitting is not None
    assert (outcome.sitting.solved, outcome.sitting.needed) == (1, 3)


async def test_who_passes_starts_there_and_is_told_so(
    world: World, ada: Member, play: Play, store: FakeStore
) -> None:
    await start_placement(world, ada, 3)
    for challenge_id in PHASE_TWO:
        last = await play(ada, RIGHT, challenge_id)
    assert (await now(world)).phase == 3
    assert [one.facts["how"] for one in moves(store)] == ["placed"]
    outcome = await read_judged(world, last.id)
    assert outcome.moved == moves(store)[0]
    # And may come back to what they skipped.
    assert (await choose_phase(world, await now(world), 2)).phase == 2


async def test_starting_twice_is_one_sitting(
    world: World, ada: Member, store: FakeStore
) -> None:
    first = await start_placement(world, ada, 3)
    second = await start_placement(world, ada, 2)
    assert second.sitting == first.sitting
    started = EventKind.PLACEMENT_STARTED
    assert sum(event.kind is started for event in store.events.values()) == 1


async def test_a_test_that_time_ended_is_kindly_over_and_comes_again(
    world: World, ada: Member, play: Play, clock: FakeClock
) -> None:
    await start_placement(world, ada, 3)
    await play(ada, RIGHT, "errors")
    clock.advance(timedelta(days=3))
    view = await read_placement(world, ada, 3)
    assert view.state is SittingState.FAILED
    with pytest.raises(Refused, match="placement_too_soon"):
        await start_placement(world, ada, 3)
    clock.advance(timedelta(days=4))
    again = await start_placement(world, ada, 3)
    assert again.sitting is not None
    asked = [task.challenge_id for task in again.sitting.tasks]
    # What is solved is known; what was asked makes way for what was not.
    assert asked == ["classes", "simple-suite"]


async def test_help_is_closed_while_the_test_lasts_and_opens_after_it(
    world: World, ada: Member, clock: FakeClock
) -> None:
    await start_placement(world, ada, 3)
    with pytest.raises(Refused, match="placement_unaided"):
        await take_hint(world, ada, "errors")
    with pytest.raises(Refused, match="placement_unaided"):
        await open_solution(world, ada, "errors", gives_up=True)
    assert (await take_hint(world, ada, "add-up")).hints
    clock.advance(timedelta(days=3))
    assert (await take_hint(world, ada, "errors")).hints


async def test_a_test_for_what_is_reached_or_cannot_be_asked_is_refused(
    world: World, ada: Member, play: Play
) -> None:
    await play(ada, RIGHT)
    await play(ada, RIGHT, "sums")
    promoted = await now(world)
    with pytest.raises(Refused, match="placement_reached"):
        await start_placement(world, promoted, 2)
    with pytest.raises(Refused, match="placement_nothing"):
        await start_placement(world, promoted, 7)


async def test_a_wrong_answer_outside_of_a_test_is_no_part_of_one(
    world: World, ada: Member, play: Play
) -> None:
    judged = await play(ada, WRONG)
    assert (await read_judged(world, judged.id)).sitting is None
