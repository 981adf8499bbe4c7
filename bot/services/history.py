"""What a person has handed in."""

from collections.abc import Sequence
from uuid import UUID

from bot.domain.member import Member
from bot.domain.submission import Submission
from bot.services.errors import SubmissionNotFound
from bot.services.find_challenge import find_challenge
from bot.services.world import World

# As many as one screen shows on every platform.
HISTORY_LENGTH = 10


async def history(
    world: World, member: Member, challenge_id: str | None
) -> Sequence[Submission]:
    """The latest, newest first. Raises ChallengeNotFound."""
    if challenge_id is not None:
        challenge_id = find_challenge(world.catalogue, challenge_id).id
    async with world.unit_of_work() as unit:
        return await unit.submissions.history(
            member.person_id, challenge_id, limit=HISTORY_LENGTH
        )


async def own_submission(
    world: World, member: Member, submission_id: UUID
) -> Submission:
    """Raises SubmissionNotFound, also when it is somebody else's."""
    async with world.unit_of_work() as unit:
        submission = await unit.submissions.get(submission_id)
    if submission.person_id != member.person_id:
        raise SubmissionNotFound
    return submission
