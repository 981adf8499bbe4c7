from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.event import EventKind
from bot.domain.leaderboard import Period
from bot.domain.member import Member
from bot.domain.score import SolveEffort, effort_of
from bot.domain.submission import SubmissionState
from bot.domain.totals import rescore_facts
from bot.services.enter import enter
from bot.services.hints import take_hint
from bot.services.judge_submission import give_up, judge_submission, seed_of
from bot.services.judged_submission import read_judged
from bot.services.keep_score import keep_score
from bot.services.leaderboard import read_board
from bot.services.ports.members import Account
from bot.services.record import record_of
from bot.services.solution import open_solution
from bot.services.streaks import read_streak
from bot.services.submit import NewSubmission, submit
from bot.services.world import World
from challenges.catalogue_index import Catalogue
from challenges.roadmap import load_roadmap
from runner.verdict import Verdict
from tests.fakes.catalogue import ADD, CRASH, RIGHT, WRONG, FakeJudge
from tests.fakes.clock import FakeClock
from tests.fakes.storage.store import FakeStore
from tests.unit.services.conftest import ADA, Play


async def points_on_board(world: World, member: Member) -> int:
    view = await read_board(world, member, period=Period.WEEK, phase=None)
    return view.own.points if view.own else 0


async def test_a_right_answer_scores_and_starts_a_streak(
    world: World, ada: Member, play: Play
) -> None:
    judged = await play(ada, RIGHT)
    assert judged.verdict is Verdict.ACCEPTED
    assert judged.points == 80
    assert await points_on_board(world, ada) == 80
    assert (await read_streak(world, ada)).current == 1


async def test_a_wrong_answer_is_an_attempt_and_scores_nothing(
    world: World, ada: Member, play: Play
) -> None:
    judged = await play(ada, WRONG)
    assert (judged.attempt, judged.points) == (1, 0)
    assert await points_on_board(world, ada) == 0


async def test_solving_twice_scores_once(world: World, ada: Member, play: Play) -> None:
    await play(ada, RIGHT)
    again = await play(ada, RIGHT)
    assert (again.verdict, again.points) == (Verdict.ACCEPTED, 0)
    assert await points_on_board(world, ada) == 80


async def test_a_judged_submission_is_not_judged_again(
    world: World, ada: Member, play: Play, store: FakeStore
) -> None:
    judged = await play(ada, RIGHT)
    assert await judge_submission(world, play.judge, judged.id) is None
    assert len(play.judge.jobs) == 1
    assert store.submissions[judged.id] == judged


async def test_a_judge_error_is_no_attempt(ada: Member, play: Play) -> None:
    broken = await play(ada, CRASH)
    assert broken.verdict is Verdict.JUDGE_ERROR
    assert broken.state is SubmissionState.JUDGED
    assert broken.attempt is None
    assert (await play(ada, WRONG)).attempt == 1


async def test_every_verdict_but_a_fault_of_ours_is_in_the_log(
    ada: Member, play: Play, store: FakeStore
) -> None:
    for source in (WRONG, CRASH, RIGHT, RIGHT, WRONG):
        await play(ada, source)
    log = [one for one in store.events.values() if one.challenge_id is not None]
    assert [(one.kind, one.points) for one in log] == [
        (EventKind.ATTEMPT_FAILED, 0),
        (EventKind.SOLVED, 80),
        (EventKind.REPEATED, 0),
        (EventKind.ATTEMPT_FAILED, 0),
    ]
    assert log[0].facts["verdict"] == Verdict.WRONG_ANSWER
    effort = effort_of(log[1].facts)
    assert effort == SolveEffort(difficulty=1, wrong_attempts=1)


async def test_what_a_rejudge_took_back_can_be_solved_again(
    world: World, ada: Member, play: Play, store: FakeStore
) -> None:
    await play(ada, RIGHT)
    (solved,) = [one for one in store.events.values() if one.kind is EventKind.SOLVED]
    async with world.unit_of_work() as unit:
        before = await unit.events.of_person(ada.person_id)
        taken = replace(
            solved,
            kind=EventKind.RESCORED,
            key="rescored",
            points=-80,
            facts=rescore_facts(solved, -1),
        )
        await keep_score(unit, before, [taken])
        await unit.commit()
    assert await points_on_board(world, ada) == 0
    assert (await play(ada, RIGHT)).points == 80
    assert await points_on_board(world, ada) == 80
    async with world.unit_of_work() as unit:
        events = await unit.events.of_person(ada.person_id)
    record = record_of(events)
    assert record.points == 80
    assert record.solved == {"add-up"}


async def test_the_third_wrong_attempt_begins_to_cost(ada: Member, play: Play) -> None:
    for _ in range(3):
        await play(ada, WRONG)
    assert (await play(ada, RIGHT)).points == 76


async def test_hints_cost_and_the_sum_is_kept_with_the_event(
    world: World, ada: Member, play: Play, store: FakeStore
) -> None:
    await take_hint(world, ada, "add-up")
    judged = await play(ada, RIGHT)
    assert judged.points == 72
    solved = (await read_judged(world, judged.id)).solved
    assert solved is not None
    assert (solved.facts["base"], solved.facts["hints"]) == (80, -8)


async def test_who_opened_the_solution_earns_no_points_but_a_day(
    world: World, ada: Member, play: Play
) -> None:
    await open_solution(world, ada, "add-up", gives_up=True)
    judged = await play(ada, RIGHT)
    assert judged.points == 0
    assert (await read_streak(world, ada)).current == 1


async def test_the_day_is_the_one_of_handing_in(
    world: World, ada: Member, play: Play, store: FakeStore, clock: FakeClock
) -> None:
    answer = NewSubmission(challenge_id="add-up", source=RIGHT, place={})
    accepted = await submit(world, ada, answer)
    handed_in_on = world.today_of(ada)
    clock.advance(timedelta(days=2))
    await judge_submission(world, play.judge, accepted.submission.id)
    solved = [e for e in store.events.values() if e.kind is EventKind.SOLVED]
    assert [event.local_on for event in solved] == [handed_in_on]


@pytest.mark.parametrize("source", [RIGHT, "[1]", '{"first": ["b"]}', "[" * 9_999])
async def test_what_is_no_answer_to_a_quiz_is_a_wrong_one(
    ada: Member, play: Play, source: str
) -> None:
    assert (await play(ada, source, "first-talk")).verdict is Verdict.WRONG_ANSWER


async def test_a_quiz_is_graded_without_the_sandbox(ada: Member, play: Play) -> None:
    wrong = await play(ada, '{"first": "a"}', "first-talk")
    assert wrong.verdict is Verdict.WRONG_ANSWER
    right = await play(ada, '{"first": "b"}', "first-talk")
    assert right.verdict is Verdict.ACCEPTED
    assert play.judge.jobs == []


async def test_a_challenge_that_left_the_catalogue_is_our_fault_and_no_attempt(
    world: World, ada: Member, play: Play
) -> None:
    answer = NewSubmission(challenge_id="add-up", source=RIGHT, place={})
    accepted = await submit(world, ada, answer)
    later = replace(world, catalogue=Catalogue((), load_roadmap()))
    judged = await judge_submission(later, play.judge, accepted.submission.id)
    assert judged is not None
    assert (judged.verdict, judged.attempt) == (Verdict.JUDGE_ERROR, None)


def test_hidden_cases_differ_between_people_and_stay_for_one() -> None:
    assert seed_of(1, "add-up") == seed_of(1, "add-up")
    assert len({seed_of(person, "add-up") for person in range(50)}) == 50


async def test_a_member_has_one_turn_in_the_runner_and_no_name(
    ada: Member, world: World, play: Play
) -> None:
    other = await enter(
        world, Account(platform="web", external_id="bob", name="Bob"), "home"
    )
    for member in (ada, ada, other):
        await play(member, WRONG)
    first, second, third = [job.fair_key for job in play.judge.jobs]
    assert first == second != third
    assert "ada" not in first.lower()


async def test_giving_up_is_a_fault_of_ours_and_no_attempt(
    world: World, ada: Member, store: FakeStore
) -> None:
    accepted = await submit(
        world, ada, NewSubmission(challenge_id="add-up", source=RIGHT, place={})
    )
    given_up = await give_up(world, accepted.submission.id)
    assert given_up is not None
    assert given_up.verdict is Verdict.JUDGE_ERROR
    assert given_up.attempt is None
    assert await give_up(world, accepted.submission.id) is None


async def test_points_count_for_the_week_of_handing_in(
    world: World, ada: Member, store: FakeStore, clock: FakeClock
) -> None:
    accepted = await submit(
        world, ada, NewSubmission(challenge_id="add-up", source=RIGHT, place={})
    )
    clock.advance(timedelta(days=7))
    await judge_submission(world, FakeJudge(), accepted.submission.id)
    assert await points_on_board(world, ada) == 0
    clock.advance(timedelta(days=-7))
    assert await points_on_board(world, ada) == 80


GENERATOR = """
def cases(rng):
    for _ in range(3):
        number = rng.randrange(10**9)
        yield {"group": "negative", "call": f"add({number}, -1)", "returns": "0"}
"""


async def test_a_member_meets_the_same_hidden_data_each_time_and_others_do_not(
    world: World, ada: Member, play: Play
) -> None:
    seeded = replace(ADD, generator=GENERATOR)
    play.world = replace(play.world, catalogue=Catalogue((seeded,), load_roadmap()))
    ben = await enter(world, replace(ADA, external_id="ben"), "home")
    for member in (ada, ada, ben):
        await play(member, WRONG)
    first, again, other = (
        [case.action for case in job.cases if "generated" in case.name]
        for job in play.judge.jobs
    )
    assert len(first) == 3
    assert again == first
    assert not any(action in first for action in other)
