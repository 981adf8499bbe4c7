"""A review from being asked for to being thanked, on fakes."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.event import EventKind
from bot.domain.member import Member
from bot.domain.notice import NoticeKind
from bot.domain.review import (
    CLAIM_LASTS,
    MOST_OPEN,
    Comment,
    Decision,
    Opinion,
    ReviewRequestState,
)
from bot.domain.review_rubric import CODE_RUBRIC, Mark
from bot.domain.review_worth import (
    BETWEEN_TWO,
    GIVEN_EARNS,
    THANKS_EARN,
    Worthless,
)
from bot.services.ask_review import (
    Ask,
    AskedReview,
    ask_own_review,
    ask_review,
    withdraw_review,
)
from bot.services.enter import enter
from bot.services.errors import Refused, ReviewNotFound
from bot.services.give_review import GivenReview, give_review
from bot.services.read_reviews import read_given, read_own, read_request
from bot.services.saved_answers import remove_answer, save_answer
from bot.services.solution import open_solution
from bot.services.submit import NewSubmission, submit
from bot.services.take_review import (
    TakenReview,
    read_queue,
    return_review,
    take_review,
)
from bot.services.thank_review import thank_review
from bot.services.world import World
from tests.fakes.catalogue import REVIEW, RIGHT, WRONG
from tests.fakes.clock import FakeClock
from tests.fakes.storage.store import FakeStore
from tests.unit.services.conftest import ADA, Play

SAYS = "It reads well from top to bottom. Next I would name what the two numbers are"


def an_opinion(summary: str = SAYS, **changed: Any) -> Opinion:
    full = [Mark(criterion=one.criterion, mark=4, most=4) for one in CODE_RUBRIC]
    opinion = Opinion(decision=Decision.ACCEPTED, summary=summary, marks=tuple(full))
    return replace(opinion, **changed)


async def someone(world: World, name: str) -> Member:
    return await enter(world, replace(ADA, external_id=name, name=name), "home")


async def solve(play: Play, member: Member, source: str) -> None:
    """In their own words, of which the fake judge knows none."""
    submission = await play(member, RIGHT)
    changed = replace(submission, source=source)
    play.store.submissions[submission.id] = changed


async def ask(world: World, member: Member, **changed: Any) -> AskedReview:
    asked = Ask(challenge_id="add-up", place={"platform": "web"})
    return await ask_review(world, member, replace(asked, **changed))


async def give(world: World, taken: TakenReview, reviewer: Member) -> GivenReview:
    said = f"{SAYS} {'again ' * len(str(world.now()))}{taken.review.id}"
    return await give_review(world, reviewer, taken.review.id, an_opinion(said))


def told(store: FakeStore, member: Member) -> list[NoticeKind]:
    return [one.kind for one in store.notices.values() if one.member_id == member.id]


def reputation(store: FakeStore, member: Member) -> dict[str, int]:
    return {
        str(one.facts["for"]): one.reputation
        for one in store.events.values()
        if one.kind is EventKind.REPUTATION_EARNED and one.member_id == member.id
    }


async def test_a_review_is_asked_taken_given_read_and_thanked(
    world: World, store: FakeStore, play: Play, ada: Member
) -> None:
    ben = await someone(world, "ben")
    await play(ada, WRONG)
    with pytest.raises(Refused, match="review_not_accepted"):
        await ask(world, ada)
    await play(ada, RIGHT)
    with pytest.raises(Refused, match="review_not_accepted"):
        await ask(world, ada, code=WRONG)
    asked = await ask(world, ada, code=RIGHT, challenge_id=None, note="Is it clear?")
    assert asked.ahead == 0
    with pytest.raises(Refused, match="review_asked_already"):
        await ask(world, ada)
    with pytest.raises(Refused, match="review_own"):
        await take_review(world, ada, asked.request.id)
    with pytest.raises(Refused, match="review_unsolved"):
        await take_review(world, ben, asked.request.id)
    with pytest.raises(Refused, match="review_none_waiting"):
        await take_review(world, ben, None)
    await open_solution(world, ben, "add-up", gives_up=True)
    (waiting,) = (await read_queue(world, ben)).waiting
    assert waiting.request == asked.request
    taken = await take_review(world, ben, None)
    assert (taken.submission.source, taken.author.name) == (RIGHT, "Ada")
    with pytest.raises(Refused, match="review_being_read"):
        await withdraw_review(world, ada, asked.request.id)
    comment = Comment(first=2, last=2, text="sum() would do")
    opinion = an_opinion(comments=(comment,))
    given = await give_review(world, ben, taken.review.id, opinion)
    assert given.review.earned == GIVEN_EARNS
    assert given.badges == ("first_hand",)
    assert given.request.state is ReviewRequestState.REVIEWED
    assert told(store, ada) == [NoticeKind.REVIEWED]
    (own,) = (await read_own(world, ada)).asked
    assert (own.reviews, own.is_read) == (1, False)
    (read,) = (await read_request(world, ada, asked.request.id)).reviews
    assert (read.review.opinion, read.reviewer.name) == (opinion, "ben")
    assert (await read_given(world, ben, read.review.id)).reviews == [read]
    (wrote,) = (await read_own(world, ben)).given
    assert (wrote.review, wrote.challenge_id) == (read.review, "add-up")
    for stranger, what in ((ben, read_request), (ada, read_given)):
        named = asked.request.id if what is read_request else read.review.id
        with pytest.raises(ReviewNotFound):
            await what(world, stranger, named)
    with pytest.raises(ReviewNotFound):
        await thank_review(world, ben, read.review.id)
    await thank_review(world, ada, read.review.id, "Now I see it")
    with pytest.raises(Refused, match="review_thanked"):
        await thank_review(world, ada, read.review.id)
    assert told(store, ben) == [NoticeKind.REVIEW_THANKED]
    assert reputation(store, ben) == {"review": GIVEN_EARNS, "thanks": THANKS_EARN}
    assert GIVEN_EARNS + THANKS_EARN in {one.points for one in store.totals.values()}


async def test_a_claim_lapses_by_the_clock_and_who_is_late_gives_while_it_is_free(
    world: World, clock: FakeClock, play: Play, ada: Member
) -> None:
    ben, cy = [await someone(world, name) for name in ("ben", "cy")]
    for one in (ada, ben, cy):
        await play(one, RIGHT)
    request = (await ask(world, ada)).request
    late = await take_review(world, ben, request.id)
    with pytest.raises(Refused, match="review_taken"):
        await take_review(world, cy, request.id)
    clock.advance(CLAIM_LASTS)
    assert (await read_queue(world, ben)).open == []
    quick = await take_review(world, cy, None)
    with pytest.raises(Refused, match="review_taken"):
        await give(world, late, ben)
    await return_review(world, cy, quick.review.id)
    assert (await give(world, late, ben)).review.earned == GIVEN_EARNS
    with pytest.raises(Refused, match="review_over"):
        await give(world, late, ben)
    with pytest.raises(Refused, match="review_taken"):
        await give(world, quick, cy)
    with pytest.raises(ReviewNotFound):
        await return_review(world, cy, late.review.id)


async def test_nobody_holds_more_than_they_may_and_taking_again_takes_no_more(
    world: World, clock: FakeClock, play: Play, ada: Member
) -> None:
    ben = await someone(world, "ben")
    await play(ben, RIGHT)
    requests = []
    for number in range(MOST_OPEN + 1):
        author = await someone(world, f"author-{number}")
        await solve(play, author, f"def add(a{number}, b):\n    return a{number} + b\n")
        requests.append((await ask(world, author)).request)
        clock.advance(timedelta(minutes=1))
    for _ in range(MOST_OPEN):
        await take_review(world, ben, None)
    with pytest.raises(Refused, match="review_too_many"):
        await take_review(world, ben, None)
    with pytest.raises(Refused, match="review_too_many"):
        await take_review(world, ben, requests[-1].id)
    again = await take_review(world, ben, requests[0].id)
    assert again.request.id == requests[0].id
    assert len((await read_queue(world, ben)).open) == MOST_OPEN


async def test_equal_solutions_are_read_once_and_the_review_is_offered_on_its_lines(
    world: World, store: FakeStore, clock: FakeClock, play: Play, ada: Member
) -> None:
    ben, cy, dee, eve = [await someone(world, n) for n in ("ben", "cy", "dee", "eve")]
    for one in (ada, ben):
        await play(one, RIGHT)
    await solve(play, cy, f"# Mine.\n\n{RIGHT}")
    await play(dee, RIGHT)
    await play(eve, RIGHT)
    first = (await ask(world, ada)).request
    clock.advance(timedelta(hours=1))
    second = (await ask(world, cy)).request
    by_reviewer = (await ask(world, ben)).request
    assert len((await read_queue(world, eve)).waiting) == 1
    taken = await take_review(world, ben, None)
    assert taken.request.id == first.id
    comment = Comment(first=2, last=2, text="sum() would do")
    await give_review(world, ben, taken.review.id, an_opinion(comments=(comment,)))
    assert told(store, cy) == [NoticeKind.REVIEW_OFFERED]
    # To who wrote it, it would be no news.
    assert store.review_requests[by_reviewer.id].state is ReviewRequestState.OPEN
    found = await read_request(world, cy, second.id)
    (read,) = found.reviews
    assert not read.is_own
    assert read.review.opinion
    assert [one.first for one in read.review.opinion.comments] == [4]
    with pytest.raises(ReviewNotFound):
        await thank_review(world, cy, read.review.id)

    clock.advance(timedelta(hours=1))
    at_once = await ask(world, dee)
    assert at_once.request.state is ReviewRequestState.ANSWERED
    own = await ask_own_review(world, dee, at_once.request.id)
    waiting = [one.request.id for one in (await read_queue(world, eve)).waiting]
    assert waiting == [by_reviewer.id, own.id]
    with pytest.raises(Refused, match="review_not_answered"):
        await ask_own_review(world, dee, own.id)
    await withdraw_review(world, dee, own.id)
    assert len((await read_queue(world, eve)).waiting) == 1
    assert (await ask(world, dee)).request.id == own.id


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"summary": "Looks good to me"}, "review_says_nothing"),
        ({"marks": ()}, "review_mark_missing"),
        (
            {"comments": (Comment(first=1, last=4, text="there is no such line"),)},
            "review_line_unknown",
        ),
    ],
)
async def test_what_says_nothing_is_not_given(
    world: World, play: Play, ada: Member, changed: dict[str, Any], reason: str
) -> None:
    ben = await someone(world, "ben")
    await play(ada, RIGHT)
    await play(ben, RIGHT)
    await ask(world, ada)
    taken = await take_review(world, ben, None)
    with pytest.raises(Refused, match=reason):
        await give_review(world, ben, taken.review.id, an_opinion(**changed))
    assert (await read_queue(world, ben)).open == [taken]


async def test_two_who_only_review_each_other_stop_earning_and_words_count_once(
    world: World, store: FakeStore, clock: FakeClock, play: Play, ada: Member
) -> None:
    ben = await someone(world, "ben")
    seen: list[int | Worthless] = []
    for number in range(BETWEEN_TWO + 2):
        author, reviewer = (ada, ben) if number % 2 else (ben, ada)
        for one in (author, reviewer):
            await solve(
                play, one, f"def add(a, b{number}):\n    return a + b{number}\n"
            )
        await ask(world, author)
        taken = await take_review(world, reviewer, None)
        given = await give(world, taken, reviewer)
        seen.append(given.worthless or given.review.earned)
        thanked = await thank_review(world, author, given.review.id)
        assert thanked.read.review.thanked_at is not None
        clock.advance(timedelta(days=1))
    assert seen == [GIVEN_EARNS] * BETWEEN_TWO + [Worthless.SAME_TWO] * 2
    earned = [
        one for one in store.events.values() if one.kind is EventKind.REPUTATION_EARNED
    ]
    assert len(earned) == 2 * BETWEEN_TWO


async def test_nobody_is_offered_the_words_of_whom_they_blocked(
    world: World, store: FakeStore, clock: FakeClock, play: Play, ada: Member
) -> None:
    ben, cy, dee = [await someone(world, name) for name in ("ben", "cy", "dee")]
    for one in (ada, ben, cy, dee):
        await play(one, RIGHT)
    await ask(world, ada)
    async with world.unit_of_work() as unit:
        await unit.blocks.put(cy.id, ben.id, world.now())
        await unit.blocks.put(ben.id, dee.id, world.now())
        await unit.commit()
    clock.advance(timedelta(hours=1))
    waited = (await ask(world, cy)).request
    await give(world, await take_review(world, ben, None), ben)
    assert told(store, cy) == []
    assert store.review_requests[waited.id].state is ReviewRequestState.OPEN
    assert (await ask(world, dee)).request.state is ReviewRequestState.OPEN


async def test_what_one_account_took_a_linked_one_gives(
    world: World, store: FakeStore, play: Play, ada: Member
) -> None:
    ben = await someone(world, "ben")
    slack = await enter(
        world, replace(ADA, platform="slack", external_id="ben", name="ben"), "home"
    )
    for one in (ada, ben):
        await play(one, RIGHT)
    await ask(world, ada)
    taken = await take_review(world, ben, None)
    with pytest.raises(ReviewNotFound):
        await give(world, taken, slack)
    async with world.unit_of_work() as unit:
        await unit.links.join(ben.person_id, slack.person_id, world.now())
        await unit.commit()
    assert len((await read_queue(world, slack)).open) == 1
    await give(world, taken, slack)
    assert reputation(store, slack) == {"review": GIVEN_EARNS}
    assert reputation(store, ben) == {}


async def test_linked_accounts_and_blocked_people_do_not_review_each_other(
    world: World, store: FakeStore, play: Play, ada: Member
) -> None:
    ben, cy = [await someone(world, name) for name in ("ben", "cy")]
    for one in (ada, ben, cy):
        await play(one, RIGHT)
    request = (await ask(world, ada)).request
    async with world.unit_of_work() as unit:
        await unit.links.join(ada.person_id, ben.person_id, world.now())
        await unit.blocks.put(ada.id, cy.id, world.now())
        await unit.commit()
    assert (await read_queue(world, ben)).waiting == []
    with pytest.raises(Refused, match="review_own"):
        await take_review(world, ben, request.id)
    assert (await read_queue(world, cy)).waiting == []
    # Who has blocked whom is nobody's news.
    with pytest.raises(Refused, match="review_taken"):
        await take_review(world, cy, request.id)


async def test_evidence_wants_two_who_agree_and_a_third_where_they_do_not(
    world: World, store: FakeStore, ada: Member
) -> None:
    """Its author hears what was decided, by the queue, and not who said what."""
    answer = NewSubmission(challenge_id=REVIEW.id, source="I mended it", place={})
    submission = (await submit(world, ada, answer)).submission
    (request,) = store.review_requests.values()
    ahead = [await someone(world, name) for name in ("ben", "cy", "dee")]
    with pytest.raises(Refused, match="review_too_early"):
        await take_review(world, ahead[0], request.id)
    states = []
    for reader, said in zip(
        ahead,
        (Decision.ACCEPTED, Decision.NOT_YET, Decision.ACCEPTED),
        strict=True,
    ):
        store.members[reader.id] = replace(reader, phase=7)
        taken = await take_review(world, reader, None)
        assert len((await read_request(world, ada, request.id)).reviews) == 0
        marks = tuple(
            Mark(criterion=one.id, mark=0, most=one.points, reason="not there")
            for one in REVIEW.rubric
        )
        words = f"{SAYS} {reader.name}"
        opinion = Opinion(decision=said, summary=words, marks=marks)
        given = await give_review(world, reader, taken.review.id, opinion)
        states.append((given.request.state.value, given.request.wanted, store.jobs))
    done = [submission.id]
    assert states == [("open", 2, []), ("open", 3, []), ("reviewed", 3, done)]
    assert told(store, ada) == []
    assert len((await read_request(world, ada, request.id)).reviews) == 3
    with pytest.raises(Refused, match="review_over"):
        await withdraw_review(world, ada, request.id)


async def test_saved_answers_have_names_and_an_end(world: World, ada: Member) -> None:
    assert (await save_answer(world, ada, " Sets ", " Use a set ")).name == "sets"
    for name, text, reason in (
        ("two words", "x", "answer_name"),
        ("", "x", "answer_name"),
        ("x", "y" * 501, "answer_text"),
    ):
        with pytest.raises(Refused, match=reason):
            await save_answer(world, ada, name, text)
    await remove_answer(world, ada, "SETS")
    with pytest.raises(Refused, match="answer_unknown"):
        await remove_answer(world, ada, "sets")
    for number in range(25):
        await save_answer(world, ada, f"n{number}", "x")
    with pytest.raises(Refused, match="answers_full"):
        await save_answer(world, ada, "one-more", "x")
