"""All that there is to tell of a judged submission."""

from dataclasses import dataclass
from uuid import UUID

from bot.domain.event import Event, EventKind
from bot.domain.member import Member
from bot.domain.streak import Streak, fold
from bot.domain.submission import Submission
from bot.services.world import World


@dataclass(frozen=True, kw_only=True)
class JudgedSubmission:
    submission: Submission
    member: Member
    streak: Streak
    solved: Event | None
    """The event by which this very submission solved its challenge, and its points."""


async def read_judged(world: World, submission_id: UUID) -> JudgedSubmission:
    """Raises SubmissionNotFound."""
    async with world.unit_of_work() as unit:
        submission = await unit.submissions.get(submission_id)
        member = await unit.members.get(submission.member_id)
        events = await unit.events.of_person(submission.person_id)
    return JudgedSubmission(
        submission=submission,
        member=member,
        streak=fold(events, today=world.today_of(member)),
        solved=next((one for one in events if _is_solved_by(one, submission)), None),
    )


def _is_solved_by(event: Event, submission: Submission) -> bool:
    return event.kind is EventKind.SOLVED and event.facts.get("submission") == str(
        submission.id
    )
