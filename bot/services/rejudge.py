"""Judge a challenge's submissions again, and mend what follows from their verdicts.

    propose (counts) ─► confirm (a row a member, one job) ─┐
                          ┌────────────────────────────────┘
                          ▼
    a member's turn: run all in the sandbox (no transaction) ─► settle, and put off the
    next turn, in one transaction

So it goes on where a killed worker left it, and settles each member once; between two
turns whatever members hand in comes first. A fault of ours changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

import structlog

from bot.domain.audit import AuditAct, AuditEntry
from bot.domain.calendar import local_date
from bot.domain.correction import JudgedTry, corrections
from bot.domain.event import Event
from bot.domain.member import Member
from bot.domain.notice import NoticeKind
from bot.domain.rejudge import Rejudge, RejudgeCount, RejudgeState
from bot.domain.submission import Submission, SubmissionState
from bot.domain.totals import board_facts, gains_of
from bot.services.certificates import withdraw_certificates
from bot.services.errors import Refused, SubmissionNotFound
from bot.services.find_challenge import find_challenge
from bot.services.judge_submission import grade_submission
from bot.services.keep_score import keep_score
from bot.services.mark_progress import mark_progress
from bot.services.notify import notify
from bot.services.ports.judging import Judge
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.world import COMMUNITY_DAY_STARTS_AT, World
from challenges.challenge import Challenge
from challenges.grading.grade import Grade
from runner.verdict import Verdict

# More than anybody hands in to one challenge at six a minute.
ALL = 100_000

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class RejudgeView:
    rejudge: Rejudge
    challenge: Challenge
    count: RejudgeCount


async def propose_rejudge(
    world: World,
    organiser: Member,
    challenge_id: str,
    *,
    submission_id: UUID | None,
    reason: str,
) -> RejudgeView:
    """Nothing is judged yet. Raises ChallengeNotFound, Refused(nothing_to_rejudge)."""
    challenge = find_challenge(world.catalogue, challenge_id)
    proposed = Rejudge(
        id=uuid4(),
        community_id=organiser.community.id,
        challenge_id=challenge.id,
        submission_id=submission_id,
        reason=reason,
        at=world.now(),
    )
    async with world.unit_of_work() as unit:
        count = await unit.rejudges.count(proposed)
        if not count.submissions:
            raise Refused("nothing_to_rejudge", challenge=challenge.id)
        await unit.rejudges.propose(proposed)
        await unit.commit()
    return RejudgeView(rejudge=proposed, challenge=challenge, count=count)


async def confirm_rejudge(
    world: World, organiser: Member, rejudge_id: UUID
) -> RejudgeView:
    """Starts it; how far it has come, when it was started before.

    Raises Refused(rejudge_gone), ChallengeNotFound.
    """
    async with world.unit_of_work() as unit:
        found = await unit.rejudges.get(rejudge_id, lock=True)
        if found is None or found.community_id != organiser.community.id:
            raise Refused("rejudge_gone")
        challenge = find_challenge(world.catalogue, found.challenge_id)
        count = await unit.rejudges.count(found)
        if found.state is RejudgeState.PROPOSED:
            await unit.rejudges.start(found)
            await unit.audit.append(
                AuditEntry(
                    community_id=found.community_id,
                    act=AuditAct.REJUDGED,
                    actor_id=organiser.id,
                    reason=found.reason,
                    facts={
                        "challenge": found.challenge_id,
                        "submissions": count.submissions,
                    },
                    at=world.now(),
                )
            )
            await unit.commit()
    return RejudgeView(rejudge=found, challenge=challenge, count=count)


async def take_turn(world: World, judge: Judge, rejudge_id: UUID) -> None:
    """Judges and settles one member; the next turn is put off.

    Raises `runner.errors.SandboxFull`.
    """
    async with world.unit_of_work() as unit:
        run = await unit.rejudges.get(rejudge_id)
        if run is None or run.state is not RejudgeState.RUNNING:
            return
        member_id = await unit.rejudges.whose_turn(rejudge_id)
        if member_id is None:
            await unit.rejudges.end(rejudge_id)
            await unit.commit()
            return
        member = await unit.members.get(member_id)
        meant = await _meant(unit, run, member)
    grades = {one.id: await grade_submission(world, judge, one) for one in meant}
    await _settle(world, run, member, grades)


async def pass_turn(world: World, rejudge_id: UUID) -> None:
    """Leaves a member as they are, whom no try could judge, and goes on."""
    async with world.unit_of_work() as unit:
        member_id = await unit.rejudges.whose_turn(rejudge_id)
        if member_id is None:
            return
        log.error("rejudge_passed", rejudge=str(rejudge_id), member=member_id)
        await unit.rejudges.settle(rejudge_id, member_id)
        await unit.rejudges.go_on(rejudge_id)
        await unit.commit()


async def _meant(
    unit: UnitOfWork, run: Rejudge, member: Member
) -> Sequence[Submission]:
    every = await unit.submissions.history(member.person_id, run.challenge_id, ALL)
    return [
        one
        for one in every
        if one.member_id == member.id
        and _is_judged(one)
        and run.submission_id in {None, one.id}
    ]


def _is_judged(submission: Submission) -> bool:
    is_judged = submission.state is SubmissionState.JUDGED
    return is_judged and submission.verdict is not Verdict.JUDGE_ERROR


async def _settle(
    world: World, run: Rejudge, member: Member, grades: Mapping[UUID, Grade]
) -> None:
    challenge = find_challenge(world.catalogue, run.challenge_id)
    async with world.unit_of_work() as unit:
        # As a verdict locks: the submissions, then the person, so that none waits for
        # another for ever.
        changed = [await _regraded(unit, *one) for one in sorted(grades.items())]
        member = await unit.members.get(member.id, lock=True)
        if await unit.rejudges.whose_turn(run.id) != member.id:
            return
        before = await unit.events.of_person(member.person_id)
        tried = await _tried(unit, member, challenge)
        new = corrections(
            challenge.id, challenge.difficulty, tried, before, world.now()
        )
        await keep_score(unit, before, new)
        change = await _follow(world, unit, challenge, member) - _points(before)
        await withdraw_certificates(world, unit, member, before)
        if change:
            await notify(
                unit,
                member,
                NoticeKind.RESCORED,
                world.now(),
                challenge=challenge.id,
                change=f"{change:+d}",
            )
        elif any(changed):
            await notify(
                unit, member, NoticeKind.REJUDGED, world.now(), challenge=challenge.id
            )
        await unit.rejudges.settle(run.id, member.id)
        await unit.rejudges.go_on(run.id)
        await unit.commit()


async def _regraded(unit: UnitOfWork, submission_id: UUID, grade: Grade) -> bool:
    """Whether the verdict is another."""
    if grade.verdict is Verdict.JUDGE_ERROR:
        return False
    try:
        submission = await unit.submissions.get(submission_id, lock=True)
    except SubmissionNotFound:
        # Its author has had everything deleted meanwhile.
        return False
    await unit.submissions.save(replace(submission, verdict=grade.verdict, grade=grade))
    return submission.verdict is not grade.verdict


async def _tried(
    unit: UnitOfWork, member: Member, challenge: Challenge
) -> Sequence[JudgedTry]:
    members = await unit.members.of_person(member.person_id)
    zone_of = {one.id: one.community.time_zone for one in members}
    every = await unit.submissions.history(member.person_id, challenge.id, ALL)
    return [
        JudgedTry(
            id=str(one.id),
            person_id=one.person_id,
            member_id=one.member_id,
            accepted=one.verdict is Verdict.ACCEPTED,
            submitted_at=one.submitted_at,
            local_on=one.local_on,
            is_daily=one.is_daily,
            board_facts=board_facts(
                local_date(
                    one.submitted_at, zone_of[one.member_id], COMMUNITY_DAY_STARTS_AT
                ),
                challenge.phase,
            ),
        )
        for one in every
        if _is_judged(one)
    ]


async def _follow(
    world: World, unit: UnitOfWork, challenge: Challenge, member: Member
) -> int:
    """Brings the submissions' points to the log's, and the phase to what is solved.
    The points that the person then has.
    """
    events = await unit.events.of_person(member.person_id)
    points = {
        str(gain.event.facts.get("submission")): gain.points
        for gain in gains_of(events)
        if gain.solved
    }
    for one in await unit.submissions.history(member.person_id, challenge.id, ALL):
        earned = points.get(str(one.id), 0)
        if one.points != earned:
            scored = replace(one, points=earned)
            await unit.submissions.save(scored)
            if earned:
                # One challenge has one solving, by whichever account: once.
                author = await unit.members.get(scored.member_id, lock=True)
                await mark_progress(world, unit, author, events, scored)
    return _points(events)


def _points(events: Sequence[Event]) -> int:
    return sum(gain.points for gain in gains_of(events))
