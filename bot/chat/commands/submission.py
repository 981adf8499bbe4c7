"""`/challenge` submit, hint, solution, history: work on a challenge."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from bot.chat.answer_form import answer_form, answer_in
from bot.chat.buttons import action, hint_button, show_button, submit_button
from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.commands.challenge import CHALLENGE
from bot.chat.commands.focus import challenge_in_hand
from bot.chat.context import Context
from bot.chat.markdown import blocks_of
from bot.chat.place import place_json
from bot.chat.reply import (
    Banner,
    Block,
    Button,
    Buttons,
    ButtonStyle,
    Code,
    Details,
    Form,
    Heading,
    Reply,
    Select,
    Table,
    Text,
    Tone,
)
from bot.chat.report import report_reply
from bot.chat.texts import Texts, plain
from bot.domain.score import HINT_PERCENT
from bot.domain.submission import Submission
from bot.services.drafts import read_draft
from bot.services.errors import Refused, SubmissionNotFound
from bot.services.find_challenge import find_challenge
from bot.services.hints import HintsTaken, take_hint
from bot.services.history import history, own_submission
from bot.services.show import show
from bot.services.solution import open_solution
from bot.services.submit import NewSubmission, submit
from challenges.challenge import Challenge, Kind


async def handle_submit(context: Context, options: Mapping[str, str]) -> Reply | Form:
    """With an answer, hand it in; without, open the form to write it in."""
    challenge_id = await challenge_in_hand(context, options)
    challenge = find_challenge(context.world.catalogue, challenge_id)
    source = answer_in(challenge, options)
    if source is not None:
        return await _hand_in(context, challenge.id, source)
    shown = await show(context.world, context.member, challenge.id)
    if shown.missing:
        raise Refused(
            "challenge_closed", challenge=challenge.id, needs=", ".join(shown.missing)
        )
    earlier = await history(context.world, context.member, challenge.id)
    return answer_form(context.texts, challenge, earlier[0].source if earlier else None)


async def handle_choose(context: Context, options: Mapping[str, str]) -> Reply:
    """One of several blocks that came in a message (`bot.chat.code_choice`)."""
    challenge_id, source = await read_draft(
        context.world, context.member, int(options["draft"]), int(options["piece"])
    )
    return await _hand_in(context, challenge_id, source)


def opens_answer_form(options: Mapping[str, str]) -> bool:
    return not any(name == "code" or name.startswith("answer_") for name in options)


async def _hand_in(context: Context, challenge_id: str, source: str) -> Reply:
    accepted = await submit(
        context.world,
        context.member,
        NewSubmission(
            challenge_id=challenge_id, source=source, place=place_json(context.place)
        ),
    )
    texts = context.texts
    title = accepted.challenge.title.in_(texts.language)
    if accepted.challenge.kind is Kind.REVIEW:
        line = texts.line("submit.awaiting_review", title=title)
    else:
        line = texts.line("submit.judging", title=title)
    return Reply(blocks=(Banner(line, Tone.WAITING),))


async def handle_hint(context: Context, options: Mapping[str, str]) -> Reply:
    challenge_id = await challenge_in_hand(context, options)
    taken = await take_hint(context.world, context.member, challenge_id)
    return Reply(blocks=_hint_blocks(context.texts, taken))


def _hint_blocks(texts: Texts, taken: HintsTaken) -> tuple[Block, ...]:
    title = taken.challenge.title.in_(texts.language)
    level, total = len(taken.hints), len(taken.challenge.hints)
    blocks: list[Block] = [
        Heading(texts.line("hint.title", level=level, total=total, title=title)),
        *blocks_of(taken.hints[-1].in_(texts.language)),
    ]
    blocks.extend(
        Details(
            texts("hint.earlier", level=number),
            tuple(blocks_of(hint.in_(texts.language))),
        )
        for number, hint in enumerate(taken.hints[:-1], start=1)
    )
    if taken.is_free:
        blocks.append(Text(texts.line("hint.free")))
    elif taken.remaining:
        blocks.append(
            Text(texts.line("hint.remaining", n=taken.remaining, percent=HINT_PERCENT))
        )
    else:
        blocks.append(Text(texts.line("hint.last")))
    buttons = [submit_button(texts, taken.challenge)]
    if taken.remaining:
        buttons.append(hint_button(texts, taken.challenge.id))
    return (*blocks, Buttons(tuple(buttons)))


async def handle_solution(context: Context, options: Mapping[str, str]) -> Reply:
    challenge_id = await challenge_in_hand(context, options)
    try:
        challenge = await open_solution(
            context.world,
            context.member,
            challenge_id,
            gives_up=options.get("give_up") == "true",
        )
    except Refused as refused:
        if refused.reason != "not_solved":
            raise
        return _give_up_question(context, challenge_id)
    return Reply(blocks=_solution_blocks(context.texts, challenge))


def _give_up_question(context: Context, challenge_id: str) -> Reply:
    texts = context.texts
    challenge = find_challenge(context.world.catalogue, challenge_id)
    give_up = Button(
        texts("button.give_up"),
        action("challenge", "solution", challenge=challenge.id, give_up="true"),
        ButtonStyle.DANGER,
    )
    return Reply(
        blocks=(
            Text(
                texts.line(
                    "solution.not_solved", title=challenge.title.in_(texts.language)
                )
            ),
            Buttons(
                (
                    submit_button(texts, challenge),
                    *([hint_button(texts, challenge.id)] if challenge.hints else []),
                    give_up,
                )
            ),
        )
    )


def _solution_blocks(texts: Texts, challenge: Challenge) -> tuple[Block, ...]:
    title = challenge.title.in_(texts.language)
    blocks: list[Block] = [Heading(texts.line("solution.title", title=title))]
    if challenge.kind is Kind.QUIZ:
        for question in challenge.questions:
            right = next(one for one in question.choices if one.id == question.answer)
            blocks += [
                Heading(plain(question.text.in_(texts.language)), level=3),
                Text(
                    texts.line("solution.answer", answer=right.text.in_(texts.language))
                ),
                Text(plain(question.why.in_(texts.language))),
            ]
    else:
        blocks.append(Code(challenge.solution, challenge.language))
    return (*blocks, *blocks_of(challenge.explanation.in_(texts.language)))


async def handle_history(context: Context, options: Mapping[str, str]) -> Reply:
    submissions = await history(context.world, context.member, options.get("challenge"))
    texts = context.texts
    if not submissions:
        return Reply(blocks=(Text(texts.line("history.nothing")),))
    return Reply(blocks=_history_blocks(context, submissions))


def _history_blocks(
    context: Context, submissions: Sequence[Submission]
) -> tuple[Block, ...]:
    texts = context.texts
    return (
        Heading(texts.line("history.title")),
        Table(
            header=(
                texts("history.column.day"),
                texts("history.column.challenge"),
                texts("history.column.verdict"),
                texts("history.column.attempt"),
                texts("history.column.points"),
            ),
            rows=tuple(
                (
                    one.local_on.isoformat(),
                    _title(context, one.challenge_id),
                    _outcome(texts, one),
                    str(one.attempt or "–"),
                    str(one.points),
                )
                for one in submissions
            ),
            numeric=(3, 4),
        ),
        Select(
            label=texts("history.open"),
            action=action("challenge", "report"),
            option="submission",
            choices=tuple(
                (
                    str(one.id),
                    _summary(context, one),
                )
                for one in submissions
            ),
        ),
    )


def _summary(context: Context, submission: Submission) -> str:
    title = _title(context, submission.challenge_id)
    outcome = _outcome(context.texts, submission)
    return f"{submission.local_on.isoformat()} · {title} · {outcome}"


def _title(context: Context, challenge_id: str) -> str:
    catalogue = context.world.catalogue
    if not catalogue.has(challenge_id):
        return challenge_id
    return catalogue.get(challenge_id).title.in_(context.language)


def _outcome(texts: Texts, submission: Submission) -> str:
    if submission.verdict is None:
        return texts(f"state.{submission.state}")
    return texts(f"verdict.{submission.verdict}")


async def handle_report(context: Context, options: Mapping[str, str]) -> Reply:
    """One earlier submission: its code and its report."""
    try:
        submission_id = UUID(options["submission"])
    except ValueError:
        raise SubmissionNotFound from None
    submission = await own_submission(context.world, context.member, submission_id)
    texts = context.texts
    catalogue = context.world.catalogue
    is_known = catalogue.has(submission.challenge_id)
    challenge = catalogue.get(submission.challenge_id) if is_known else None
    language = challenge.language if challenge is not None else "python"
    source = Code(submission.source, language)
    code = Details(texts("report.your_code"), (source,))
    if submission.grade is None or challenge is None:
        line = texts.line("report.none", outcome=_outcome(texts, submission))
        show_it = Buttons((show_button(texts, submission.challenge_id),))
        return Reply(blocks=(Text(line), code, show_it))
    reply = report_reply(texts, challenge, submission)
    return Reply(blocks=(*reply.blocks, code))


COMMANDS = (
    CommandSpec(
        path=("challenge", "choose"),
        handler=handle_choose,
        options=tuple(
            Option(name=name, kind=OptionKind.INTEGER, required=True, is_listed=False)
            for name in ("draft", "piece")
        ),
        is_listed=False,
    ),
    CommandSpec(
        path=("challenge", "submit"),
        handler=handle_submit,
        options=(
            CHALLENGE,
            Option(name="code", kind=OptionKind.CODE),
            # A quiz's answers, in the order of its questions: five fill a form.
            *(Option(name=f"answer_{n}", is_listed=False) for n in range(1, 6)),
        ),
        opens_form=opens_answer_form,
        takes_message=True,
    ),
    CommandSpec(path=("challenge", "hint"), handler=handle_hint, options=(CHALLENGE,)),
    CommandSpec(
        path=("challenge", "solution"),
        handler=handle_solution,
        options=(CHALLENGE, Option(name="give_up", kind=OptionKind.BOOLEAN)),
    ),
    CommandSpec(
        path=("challenge", "history"), handler=handle_history, options=(CHALLENGE,)
    ),
    CommandSpec(
        path=("challenge", "report"),
        handler=handle_report,
        options=(Option(name="submission", required=True),),
        is_listed=False,
    ),
)
