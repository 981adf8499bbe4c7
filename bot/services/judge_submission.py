"""Judge one submission, once, whatever happens in between.

    take (transaction) ─► run in the sandbox (no transaction) ─► settle (transaction)

A worker may die at any point and another take the job up: taking again is allowed,
settling twice is not, and points hang on an event whose key can be written only once.
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import structlog

from bot.domain.event import Event, EventKind
from bot.domain.evidence import CONTRIBUTION_EARNS
from bot.domain.leadership import Evidence
from bot.domain.submission import Submission, SubmissionEvent, SubmissionState
from bot.services.again import is_return
from bot.services.evidence import grade_evidence
from bot.services.judged_event import judged_event
from bot.services.keep_score import keep_score
from bot.services.mark_progress import mark_progress
from bot.services.ports.judging import Judge
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.roadmap import is_contribution
from bot.services.spread_news import spread_verdict
from bot.services.world import World
from challenges.challenge import Kind
from challenges.errors import InvalidGenerator
from challenges.grading import build_job, grade, grade_quiz
from challenges.grading.grade import Grade
from runner.verdict import Verdict

log = structlog.get_logger(__name__)

_OUR_FAULT = Grade(verdict=Verdict.JUDGE_ERROR, share=0, passed=0, total=0)


async def judge_submission(
    world: World, judge: Judge, submission_id: UUID
) -> Submission | None:
    """Leaves the submission judged and scored; None when it was so already.

    Raises SubmissionNotFound.
    """
    submission = await _take(world, submission_id)
    if submission.state is SubmissionState.JUDGED:
        return None
    graded = await grade_submission(world, judge, submission)
    return await _settle(world, submission_id, graded)


async def give_up(world: World, submission_id: UUID) -> Submission | None:
    """Leaves what no retry could judge with a fault of ours, told as such."""
    submission = await _take(world, submission_id)
    if submission.state is SubmissionState.JUDGED:
        return None
    return await _settle(world, submission_id, _OUR_FAULT)


async def _take(world: World, submission_id: UUID) -> Submission:
    async with world.unit_of_work() as unit:
        submission = await unit.submissions.get(submission_id, lock=True)
        if submission.state is not SubmissionState.JUDGED:
            submission = submission.advance(SubmissionEvent.TAKEN)
            await unit.submissions.save(submission)
            await unit.commit()
    return submission


async def grade_submission(world: World, judge: Judge, submission: Submission) -> Grade:
    """Outside of any transaction. Raises `runner.errors.SandboxFull`."""
    if not world.catalogue.has(submission.challenge_id):
        # It left the catalogue while the submission waited, and no retry brings it.
        log.error("challenge_gone", challenge=submission.challenge_id)
        return _OUR_FAULT
    challenge = world.catalogue.get(submission.challenge_id)
    if challenge.kind is Kind.QUIZ:
        return grade_quiz(challenge, _answers(submission.source))
    if challenge.kind is Kind.REVIEW:
        decided = await grade_evidence(world, challenge, submission)
        return decided or _OUR_FAULT
    try:
        job = build_job(
            challenge,
            submission.source,
            job_id=str(submission.id),
            seed=seed_of(submission.person_id, challenge.id),
            fair_key=fair_key_of(submission.member_id),
        )
    except InvalidGenerator:
        log.exception("generator_failed", challenge=challenge.id)
        return _OUR_FAULT
    return grade(challenge, await judge.judge(job))


def _answers(source: str) -> Mapping[str, str]:
    """A quiz's answers; what is none is no answer, and no fault to try again."""
    try:
        given = json.loads(source)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(given, dict):
        return {}
    return {key: answer for key, answer in given.items() if isinstance(answer, str)}


def seed_of(person_id: int, challenge_id: str) -> int:
    """The same hidden cases for a person each time, other ones for the next person."""
    return zlib.crc32(f"{person_id}:{challenge_id}".encode())


def fair_key_of(member_id: int) -> str:
    """One member's turn, told to a runner that need not know who it is."""
    return f"{zlib.crc32(f'member:{member_id}'.encode()):08x}"


async def _settle(
    world: World, submission_id: UUID, graded: Grade
) -> Submission | None:
    at = world.now()
    async with world.unit_of_work() as unit:
        submission = await unit.submissions.get(submission_id, lock=True)
        if submission.state is SubmissionState.JUDGED:
            return None
        settled = replace(
            submission.advance(SubmissionEvent.GRADED),
            verdict=graded.verdict,
            grade=graded,
            judged_at=at,
        )
        if graded.verdict is not Verdict.JUDGE_ERROR:
            settled = await _count(world, unit, settled, at)
        await unit.submissions.save(settled)
        await unit.commit()
    if settled.verdict is Verdict.JUDGE_ERROR:
        log.error("judge_error", submission=str(settled.id))
    return settled


async def _count(
    world: World, unit: UnitOfWork, submission: Submission, at: datetime
) -> Submission:
    """The attempt, what it earned, and all that follows from it.

    One verdict of a person at a time: of two that finish a phase together the second
    sees the first. The log is read once, under that lock.
    """
    member = await unit.members.get(submission.member_id, lock=True)
    earlier = await unit.submissions.attempts(
        submission.person_id, submission.challenge_id
    )
    submission = replace(submission, attempt=earlier + 1)
    before = await unit.events.of_person(member.person_id)
    challenge = world.catalogue.get(submission.challenge_id)
    due = is_return(world.catalogue, before, challenge.id, submission.local_on)
    event = judged_event(member, challenge, submission, before, at, is_return=due)
    new = [event]
    if event.kind is EventKind.SOLVED and is_contribution(challenge):
        new.append(_contribution(event))
    written = await keep_score(unit, before, new)
    submission = replace(submission, points=event.points)
    log = [*before, *written]
    moved = await mark_progress(world, unit, member, log, submission)
    await spread_verdict(unit, member, submission, moved, at)
    return submission


def _contribution(solved: Event) -> Event:
    """What others have of it, beside the points for having done it."""
    return replace(
        solved,
        kind=EventKind.REPUTATION_EARNED,
        key=f"contribution:{solved.key}",
        points=0,
        reputation=CONTRIBUTION_EARNS,
        facts={
            "for": Evidence.CONTRIBUTION.value,
            "submission": solved.facts["submission"],
            "board_on": solved.facts["board_on"],
        },
    )
