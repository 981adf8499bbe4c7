"""Tell a member what came of a submission, where they handed it in."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol
from uuid import UUID

from bot.chat.buttons import today_button
from bot.chat.command import Place, Platform
from bot.chat.language import language_for
from bot.chat.milestones import milestones
from bot.chat.news import NewsPoster
from bot.chat.place import place_from
from bot.chat.reply import Buttons, Line, Reply, Text, Words
from bot.chat.report import report_reply
from bot.chat.texts import Texts, texts_in
from bot.domain.event import Event
from bot.domain.score import Term
from bot.domain.submission import Submission
from bot.services.judged_submission import JudgedSubmission, read_judged
from bot.services.world import World
from runner.verdict import Verdict


class ChatAdapter(Protocol):
    """What a platform does for answers that come later than the command."""

    async def deliver(self, place: Place, reply: Reply) -> None:
        """In place of the reply that was given there, or after it."""
        ...


class Announcer:
    """Delivers at least once: a crash in between tells twice, never not at all."""

    def __init__(
        self,
        world: World,
        adapters: Mapping[Platform, ChatAdapter],
        news: NewsPoster | None = None,
    ) -> None:
        """Without `news` they wait for whoever sweeps them up."""
        self._world = world
        self._news = news
        self.adapters = adapters

    async def __call__(self, submission_id: UUID) -> None:
        """Raises SubmissionNotFound, and what the adapter raises."""
        outcome = await read_judged(self._world, submission_id)
        if outcome.submission.answered_at is not None:
            return
        await self._tell(outcome)
        async with self._world.unit_of_work() as unit:
            submission = await unit.submissions.get(submission_id, lock=True)
            answered = replace(submission, answered_at=self._world.now())
            await unit.submissions.save(answered)
            await unit.commit()
        if self._news is not None:
            self._news.wake(outcome.member.community)

    async def _tell(self, outcome: JudgedSubmission) -> None:
        submission, member = outcome.submission, outcome.member
        place = place_from(submission.place)
        adapter = self.adapters[place.platform]
        texts = texts_in(language_for(member, place.locale))
        if not self._world.catalogue.has(submission.challenge_id):
            await adapter.deliver(place, _without_challenge(texts, submission))
            return
        challenge = self._world.catalogue.get(submission.challenge_id)
        progress = _progress(texts, self._world, outcome)
        report = report_reply(
            texts, challenge, submission, progress=progress, reviews=outcome.reviews
        )
        await adapter.deliver(place, report)


def _without_challenge(texts: Texts, submission: Submission) -> Reply:
    """For a challenge that left the catalogue while its submission waited."""
    verdict = submission.verdict or Verdict.JUDGE_ERROR
    line = texts.line("report.none", outcome=texts(f"verdict.{verdict}"))
    return Reply(blocks=(Text(line), Buttons((today_button(texts),))))


def _progress(
    texts: Texts, world: World, outcome: JudgedSubmission
) -> tuple[Line, ...]:
    """What it earned and why, and what it led to."""
    lines: list[Line] = []
    if outcome.solved is not None:
        lines = [
            _earned(texts, outcome.solved),
            texts.line("report.streak", n=outcome.streak.current),
        ]
    return (*lines, *milestones(texts, world, outcome))


def _earned(texts: Texts, solved: Event) -> Line:
    if not solved.points:
        return texts.line("report.no_points")
    terms = [
        texts(f"report.term.{term}", points=int(solved.facts[term]))
        for term in Term
        if term in solved.facts
    ]
    total = texts.line("report.points", n=solved.points)
    why = "." if len(terms) == 1 else f" ({', '.join(terms)})."
    return (*total, Words(why))
