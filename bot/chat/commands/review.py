"""`/review` queue and take: what waits to be read, and a claim on it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.chat.buttons import action, show_button, solution_button
from bot.chat.command import CommandSpec, Option
from bot.chat.commands.review_answers import saved_block
from bot.chat.commands.review_named import title_of, uuid_in
from bot.chat.context import Context
from bot.chat.reply import (
    Banner,
    Block,
    Bullets,
    Button,
    Buttons,
    Heading,
    Line,
    Moment,
    Reply,
    Select,
    SpanStyle,
    Table,
    Text,
    Tone,
    Words,
)
from bot.chat.review_buttons import (
    queue_button,
    return_button,
    take_button,
    write_button,
)
from bot.chat.review_view import criterion_name, how_marked, submission_block
from bot.domain.review import RequestKind
from bot.services.errors import Refused
from bot.services.reviewer import rubric_of
from bot.services.take_review import (
    TakenReview,
    read_queue,
    return_review,
    take_review,
)

_A_DAY = 24
# As many rows as one screen shows on every platform.
SHOWN = 10


async def handle_queue(context: Context, _: Mapping[str, str]) -> Reply:
    view = await read_queue(context.world, context.member)
    texts = context.texts
    blocks: list[Block] = [Heading(texts.line("review.queue.title"))]
    for one in view.open:
        blocks += _claim(context, one)
    shown = view.waiting[:SHOWN]
    if not shown:
        blocks.append(Text(texts.line("review.queue.nothing")))
        mine = Button(texts("review.button.mine"), action("review", "mine"))
        return Reply(blocks=(*blocks, Buttons((mine,))))
    rows = tuple(
        (
            title_of(context, one.request.challenge_id),
            str(one.request.phase),
            _waited(context, one.request.asked_at),
        )
        for one in shown
    )
    header = ("challenge", "phase", "waiting")
    blocks.append(Text(texts.line("review.queue.order", len(view.waiting))))
    blocks.append(
        Table(
            header=tuple(texts(f"review.column.{one}") for one in header),
            rows=rows,
            numeric=(1,),
        )
    )
    blocks.append(
        Select(
            label=texts("review.queue.choose"),
            action=action("review", "take"),
            option="request",
            choices=tuple(
                (str(one.request.id), " · ".join((row[0], row[2])))
                for one, row in zip(shown, rows, strict=True)
            ),
        )
    )
    blocks.append(Buttons((take_button(texts),)))
    return Reply(blocks=tuple(blocks))


async def handle_take(context: Context, options: Mapping[str, str]) -> Reply:
    named = options.get("request")
    try:
        taken = await take_review(
            context.world, context.member, None if named is None else uuid_in(named)
        )
    except Refused as refused:
        if refused.reason != "review_unsolved":
            raise
        return _unsolved(context, str(refused.facts["challenge"]))
    return Reply(blocks=_taken(context, taken))


async def handle_return(context: Context, options: Mapping[str, str]) -> Reply:
    await return_review(context.world, context.member, uuid_in(options["review"]))
    line = context.texts.line("review.returned")
    return Reply(blocks=(Banner(line), Buttons((queue_button(context.texts),))))


def _claim(context: Context, taken: TakenReview) -> tuple[Block, ...]:
    """One that they have already, and until when it is kept for them."""
    texts = context.texts
    line = texts.line(
        "review.queue.yours",
        None,
        title=title_of(context, taken.request.challenge_id),
        until=Moment(taken.review.lock_ends_at),
    )
    buttons = (
        write_button(texts, taken.review.id),
        return_button(texts, taken.review.id),
    )
    return (Text(line), Buttons(buttons))


def _waited(context: Context, asked_at: datetime) -> str:
    hours = (context.world.now() - asked_at) // timedelta(hours=1)
    if hours < 1:
        return context.texts("review.waited_new")
    if hours < _A_DAY:
        return context.texts("review.waited_hours", hours)
    return context.texts("review.waited_days", hours // _A_DAY)


def _unsolved(context: Context, challenge_id: str) -> Reply:
    texts = context.texts
    line = texts.line("refusal.review_unsolved")
    buttons = (
        show_button(texts, challenge_id),
        solution_button(texts, challenge_id),
        queue_button(texts),
    )
    return Reply(blocks=(Banner(line, Tone.WAITING), Buttons(buttons)))


def _taken(context: Context, taken: TakenReview) -> tuple[Block, ...]:
    texts, kind = context.texts, taken.request.kind
    title = taken.challenge.title.in_(texts.language)
    blocks: list[Block] = [
        Heading(texts.line("review.take.title", None, title=title)),
        Text(
            texts.line(
                "review.take.of",
                None,
                name=taken.author.name,
                until=Moment(taken.review.lock_ends_at),
            )
        ),
    ]
    if taken.request.note:
        asks = texts.line("review.take.note")
        blocks.append(Text((*asks, Words(taken.request.note))))
    blocks.append(submission_block(taken.request, taken.submission))
    blocks.append(Text(texts.line(f"review.take.how_{kind}")))
    blocks.append(_rubric(context, taken))
    if taken.saved:
        blocks.append(saved_block(texts, taken.saved))
    buttons = (
        write_button(texts, taken.review.id),
        return_button(texts, taken.review.id),
        show_button(texts, taken.challenge.id),
    )
    return (*blocks, Buttons(buttons))


def _rubric(context: Context, taken: TakenReview) -> Bullets:
    """What to look at: of code in a sentence each, of evidence the challenge's own."""
    texts = context.texts
    items: list[Line] = []
    for line in rubric_of(taken.challenge, taken.request.kind):
        name = criterion_name(texts, taken.challenge, line.criterion)
        said = [Words(name, SpanStyle.STRONG), Words(f" {line.least}-{line.most}")]
        if taken.request.kind is RequestKind.CODE:
            about = texts(f"review.criterion_about.{line.criterion}")
            said.append(Words(f": {about}"))
        else:
            marks = how_marked(texts, taken.challenge, line.criterion)
            said.append(Words(f". {marks}"))
        items.append(tuple(said))
    return Bullets(tuple(items), numbered=True)


COMMANDS = (
    CommandSpec(path=("review", "queue"), handler=handle_queue),
    CommandSpec(
        path=("review", "take"),
        handler=handle_take,
        options=(Option(name="request", is_listed=False),),
    ),
    CommandSpec(
        path=("review", "return"),
        handler=handle_return,
        options=(Option(name="review", required=True, is_listed=False),),
        is_listed=False,
    ),
)
