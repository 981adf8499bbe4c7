"""Look for accepted submissions that are alike, for organisers, and answer it.

Nothing follows by itself: no points, no message to anybody, no mark on a member.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from bot.domain.audit import AuditAct, AuditEntry
from bot.domain.member import Member
from bot.domain.similarity import Alike, Compared, alike
from bot.services.errors import Refused, SubmissionNotFound
from bot.services.find_challenge import find_challenge
from bot.services.ports.similarities import AlikeAnswer, pair_of
from bot.services.world import World
from challenges.challenge import Challenge
from runner.verdict import Verdict

MOST_COMPARED: Final = 300
"""The newest people's: with two milliseconds each, under a second of one thread."""


@dataclass(frozen=True, kw_only=True)
class AlikePair:
    alike: Alike
    one: Member
    other: Member


@dataclass(frozen=True, kw_only=True)
class Similar:
    challenge: Challenge
    compared: int
    pairs: Sequence[AlikePair]
    """Those that nobody has answered yet, most alike first."""


async def find_similar(world: World, organiser: Member, challenge_id: str) -> Similar:
    """Of the organiser's community. Raises ChallengeNotFound."""
    challenge = find_challenge(world.catalogue, challenge_id)
    async with world.unit_of_work() as unit:
        compared = await unit.similarities.accepted(
            organiser.community.id, challenge.id, limit=MOST_COMPARED
        )
    # Parsing holds the loop for a second with three hundred of them: not for others.
    found = await asyncio.to_thread(_compare, challenge, compared)
    async with world.unit_of_work() as unit:
        ids = {side.id for one in found for side in (one.one, one.other)}
        answered = await unit.similarities.answered(sorted(ids))
        pairs = [
            AlikePair(
                alike=one,
                one=await unit.members.get(one.one.member_id),
                other=await unit.members.get(one.other.member_id),
            )
            for one in found
            if pair_of(one.one.id, one.other.id) not in answered
        ]
    return Similar(challenge=challenge, compared=len(compared), pairs=pairs)


async def answer_similar(
    world: World,
    organiser: Member,
    submissions: tuple[UUID, UUID],
    answer: AlikeAnswer,
) -> None:
    """Raises SubmissionNotFound, also for another community's."""
    async with world.unit_of_work() as unit:
        one, other = [await unit.submissions.get(each) for each in submissions]
        members = [await unit.members.get(each.member_id) for each in (one, other)]
        here = organiser.community.id
        if any(member.community.id != here for member in members):
            raise SubmissionNotFound
        if one.id == other.id:
            raise Refused("alike_itself")
        await unit.similarities.answer(
            (one.member_id, other.member_id),
            (str(one.id), str(other.id)),
            answer,
            world.now(),
        )
        await unit.audit.append(
            AuditEntry(
                community_id=here,
                act=AuditAct(f"alike_{answer}"),
                actor_id=organiser.id,
                facts={"challenge": one.challenge_id},
                at=world.now(),
            )
        )
        await unit.commit()


def _compare(challenge: Challenge, compared: Sequence[Compared]) -> Sequence[Alike]:
    known = [challenge.starter or "", challenge.solution or ""]
    known += [
        sample.source
        for sample in challenge.samples
        if sample.verdict is Verdict.ACCEPTED
    ]
    return alike(compared, known=known)
