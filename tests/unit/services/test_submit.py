from datetime import timedelta

import pytest

from bot.domain.member import Member
from bot.domain.submission import SubmissionState
from bot.services.errors import ChallengeNotFound, Refused
from bot.services.submit import NewSubmission, submit
from bot.services.today import today
from bot.services.world import World
from tests.fakes.catalogue import RIGHT
from tests.fakes.clock import FakeClock
from tests.fakes.storage.store import FakeStore


def an_answer(challenge_id: str = "add-up", source: str = RIGHT) -> NewSubmission:
    return NewSubmission(
        challenge_id=challenge_id, source=source, place={"platform": "web"}
    )


async def test_an_accepted_submission_has_its_job(
    world: World, ada: Member, store: FakeStore
) -> None:
    accepted = await submit(world, ada, an_answer())
    assert store.submissions[accepted.submission.id].state is SubmissionState.QUEUED
    assert store.jobs == [accepted.submission.id]


async def test_a_review_waits_for_a_mentor_and_has_no_job(
    world: World, ada: Member, store: FakeStore
) -> None:
    accepted = await submit(world, ada, an_answer("open-source", "https://…"))
    assert accepted.submission.state is SubmissionState.AWAITING_REVIEW
    assert store.jobs == []


@pytest.mark.parametrize("source", ["", "  \n\t"])
async def test_an_empty_answer_is_refused(
    world: World, ada: Member, store: FakeStore, source: str
) -> None:
    with pytest.raises(Refused, match="empty_answer"):
        await submit(world, ada, an_answer(source=source))
    assert store.submissions == {}


async def test_a_closed_challenge_tells_what_opens_it(
    world: World, ada: Member
) -> None:
    with pytest.raises(Refused) as refused:
        await submit(world, ada, an_answer("add-more"))
    assert refused.value.reason == "challenge_closed"
    assert refused.value.facts["needs"] == "add-up"


async def test_an_unknown_challenge_tells_the_ones_spelt_alike(
    world: World, ada: Member
) -> None:
    with pytest.raises(ChallengeNotFound) as missing:
        await submit(world, ada, an_answer("ad-up"))
    assert "add-up" in missing.value.near


async def test_the_rate_is_kept_over_a_moving_minute(
    world: World, ada: Member, clock: FakeClock
) -> None:
    for _ in range(3):
        await submit(world, ada, an_answer())
    with pytest.raises(Refused, match="too_fast"):
        await submit(world, ada, an_answer())
    clock.advance(timedelta(seconds=61))
    await submit(world, ada, an_answer())


async def test_only_the_daily_is_marked_as_the_daily(world: World, ada: Member) -> None:
    before = await submit(world, ada, an_answer())
    assert not before.submission.is_daily
    shown = await today(world, ada)
    after = await submit(world, ada, an_answer(shown.challenge.id))
    assert after.submission.is_daily
