"""All that there is to tell of a judged submission."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.domain.event import Event, EventKind
from bot.domain.member import Member
from bot.domain.placement import Sitting, SittingState, sittings
from bot.domain.review import Review
from bot.domain.streak import Streak, fold
from bot.domain.submission import Submission
from bot.services.evidence import reviews_of
from bot.services.world import World


@dataclass(frozen=True, kw_only=True)
class JudgedSubmission:
    submission: Submission
    member: Member
    streak: Streak
    solved: Event | None
    """The event by which this very submission solved its challenge, and its points."""
    moved: Event | None
    """The event by which it moved its author to another phase."""
    badges: tuple[str, ...]
    """Ids of those that it earned."""
    certificates: tuple[int, ...]
    """Phases of those that it earned."""
    reviews: tuple[Review, ...]
    """Of evidence, what its readers said."""
    sitting: Sitting | None
    """The placement test that asked for the challenge."""


async def read_judged(world: World, submission_id: UUID) -> JudgedSubmission:
    """Raises SubmissionNotFound."""
    async with world.unit_of_work() as unit:
        submission = await unit.submissions.get(submission_id)
        member = await unit.members.get(submission.member_id)
        events = await unit.events.of_person(submission.person_id)
        reviews = await reviews_of(unit, submission)
    return JudgedSubmission(
        submission=submission,
        member=member,
        streak=fold(events, today=world.today_of(member)),
        solved=_of_kind(EventKind.SOLVED, events, submission),
        moved=_of_kind(EventKind.PHASE_CHANGED, events, submission),
        badges=tuple(
            str(one.facts["badge"])
            for one in events
            if one.kind is EventKind.BADGE_EARNED and _is_of(one, submission)
        ),
        certificates=tuple(
            int(one.facts["phase"])
            for one in events
            if one.kind is EventKind.CERTIFICATE_EARNED and _is_of(one, submission)
        ),
        reviews=tuple(reviews),
        sitting=_sitting(events, submission),
    )


def _of_kind(
    kind: EventKind, events: Iterable[Event], submission: Submission
) -> Event | None:
    """The event of that kind that this very submission brought about."""
    of_it = (one for one in events if _is_of(one, submission))
    return next((one for one in of_it if one.kind is kind), None)


def _is_of(event: Event, submission: Submission) -> bool:
    return event.facts.get("submission") == str(submission.id)


def _sitting(events: Sequence[Event], submission: Submission) -> Sitting | None:
    """Of a test that is over, only the one that this very submission ended."""
    found = sittings(events, member_id=submission.member_id)
    before = [one for one in events if not _is_of(one, submission)]
    was_open = {
        one.key
        for one in sittings(before, member_id=submission.member_id)
        if one.state_on(submission.local_on) is SittingState.OPEN
    }
    asked = (one for one in found if one.asks(submission.challenge_id))
    return next((one for one in asked if one.key in was_open), None)
