"""Accept a submission: its row and its job are written together, or neither is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from bot.domain.member import Member
from bot.domain.submission import Submission
from bot.services.errors import Refused
from bot.services.evidence import hand_to_readers
from bot.services.find_challenge import find_challenge, require_open
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.record import record_of
from bot.services.world import World
from challenges.challenge import Challenge, Kind


@dataclass(frozen=True, kw_only=True)
class NewSubmission:
    """What a member hands in.

    `source` is code; for a quiz a JSON object, question to choice; for a review a text.
    """

    challenge_id: str
    source: str
    place: Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Accepted:
    submission: Submission
    challenge: Challenge


async def submit(world: World, member: Member, answer: NewSubmission) -> Accepted:
    """Raises ChallengeNotFound; Refused: challenge_closed, empty_answer, too_fast; of
    evidence also evidence_accepted and evidence_being_read.
    """
    challenge = find_challenge(world.catalogue, answer.challenge_id)
    if not answer.source.strip():
        raise Refused("empty_answer", challenge=challenge.id)
    async with world.unit_of_work() as unit:
        record = record_of(await unit.events.of_person(member.person_id))
        require_open(challenge, record)
        if challenge.kind is Kind.REVIEW and challenge.id in record.solved:
            # Readers' time is for those who still wait.
            raise Refused("evidence_accepted", challenge=challenge.id)
        await _require_pace(world, unit, member)
        submission = await _write(world, unit, member, challenge, answer)
        await unit.commit()
    return Accepted(submission=submission, challenge=challenge)


async def _require_pace(world: World, unit: UnitOfWork, member: Member) -> None:
    a_minute_ago = world.now() - timedelta(minutes=1)
    recent = await unit.submissions.count_since(member.person_id, a_minute_ago)
    if recent >= world.submissions_per_minute:
        raise Refused("too_fast", limit=world.submissions_per_minute)


async def _write(
    world: World,
    unit: UnitOfWork,
    member: Member,
    challenge: Challenge,
    answer: NewSubmission,
) -> Submission:
    daily = await unit.dailies.find(
        member.community.id, challenge.phase, world.today_in(member.community)
    )
    submission = Submission(
        id=uuid4(),
        member_id=member.id,
        person_id=member.person_id,
        challenge_id=challenge.id,
        challenge_digest=challenge.digest,
        source=answer.source,
        place=answer.place,
        submitted_at=world.now(),
        local_on=world.today_of(member),
        is_daily=daily is not None and daily.challenge_id == challenge.id,
    )
    if challenge.kind is Kind.REVIEW:
        return await hand_to_readers(world, unit, member, challenge, submission)
    await unit.submissions.add(submission)
    await unit.queue.defer_judging(submission)
    return submission
