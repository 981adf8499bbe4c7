"""`/review` mine and thank: what one has asked, and what was said."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from bot.chat.buttons import action
from bot.chat.command import CommandSpec, Option
from bot.chat.commands.review_named import challenge_of, title_of, uuid_in
from bot.chat.context import Context
from bot.chat.reply import (
    Banner,
    Block,
    Button,
    Buttons,
    ButtonStyle,
    Heading,
    Reply,
    Select,
    Table,
    Text,
    Tone,
)
from bot.chat.review_buttons import own_button, queue_button, withdraw_button
from bot.chat.review_view import reader_name, review_blocks
from bot.domain.review import ReviewRequest, ReviewRequestState, ReviewState
from bot.services.errors import Refused
from bot.services.read_reviews import (
    GivenToOthers,
    OwnRequest,
    ReadRequest,
    ReadReview,
    read_given,
    read_own,
    read_request,
)
from bot.services.thank_review import thank_review


async def handle_mine(context: Context, options: Mapping[str, str]) -> Reply:
    if "request" in options:
        found = await read_request(
            context.world, context.member, uuid_in(options["request"])
        )
        return Reply(blocks=_request_blocks(context, found))
    if "given" in options:
        found = await read_given(
            context.world, context.member, uuid_in(options["given"])
        )
        return Reply(blocks=_reviews(context, found))
    own = await read_own(context.world, context.member)
    texts = context.texts
    blocks: list[Block] = [Heading(texts.line("review.mine.title"))]
    if own.asked:
        blocks += _list(context, own.asked)
    else:
        blocks.append(Text(texts.line("review.mine.nothing")))
    if own.given:
        blocks.append(Heading(texts.line("review.mine.given"), level=3))
        blocks.append(_given(context, own.given))
    blocks.append(Buttons((queue_button(texts),)))
    return Reply(blocks=tuple(blocks))


async def handle_thank(context: Context, options: Mapping[str, str]) -> Reply:
    """The review that is named, else the last one that is not thanked yet."""
    if "review" in options:
        review_id = uuid_in(options["review"])
    else:
        review_id = await _last_unthanked(context)
    thanked = await thank_review(
        context.world, context.member, review_id, options.get("words", "")
    )
    name = reader_name(context.texts, thanked.request, thanked.read)
    line = context.texts.line("review.thanked", None, name=name)
    return Reply(blocks=(Banner(line, Tone.GOOD),))


async def _last_unthanked(context: Context) -> UUID:
    own = await read_own(context.world, context.member)
    for asked in own.asked:
        read = await read_request(context.world, context.member, asked.request.id)
        for one in read.reviews:
            if one.is_own and one.review.thanked_at is None:
                return one.review.id
    raise Refused("review_none_to_thank")


def _list(context: Context, asked: Sequence[OwnRequest]) -> list[Block]:
    texts = context.texts
    rows = tuple(
        (
            title_of(context, one.request.challenge_id),
            context.member.date_of(one.request.asked_at).isoformat(),
            texts(f"review.state.{_state(one)}"),
        )
        for one in asked
    )
    header = ("challenge", "asked", "state")
    return [
        Table(header=tuple(texts(f"review.column.{one}") for one in header), rows=rows),
        Select(
            label=texts("review.mine.open"),
            action=action("review", "mine"),
            option="request",
            choices=tuple(
                (str(one.request.id), " · ".join((row[0], row[2])))
                for one, row in zip(asked, rows, strict=True)
            ),
        ),
    ]


def _given(context: Context, given: Sequence[GivenToOthers]) -> Select:
    """What they wrote, and whether its author thanked them."""
    texts = context.texts
    return Select(
        label=texts("review.mine.open_given"),
        action=action("review", "mine"),
        option="given",
        choices=tuple(
            (
                str(one.review.id),
                " · ".join(
                    (
                        title_of(context, one.challenge_id),
                        texts(
                            "review.state.thanked"
                            if one.review.thanked_at
                            else "review.state.given"
                        ),
                    )
                ),
            )
            for one in given
        ),
    )


def _state(own: OwnRequest) -> str:
    is_waiting = own.request.state is ReviewRequestState.OPEN
    return "read" if is_waiting and own.is_read else own.request.state


def _request_blocks(context: Context, found: ReadRequest) -> tuple[Block, ...]:
    texts, request = context.texts, found.request
    if not found.reviews:
        title = title_of(context, request.challenge_id)
        blocks: list[Block] = [Heading(texts.line("review.title", None, title=title))]
        blocks.append(Text(texts.line(f"review.told.{request.state}")))
    else:
        blocks = list(_reviews(context, found))
    buttons = [
        _thank_button(context, request, one) for one in found.reviews if _may_thank(one)
    ]
    if request.state is ReviewRequestState.ANSWERED:
        buttons.append(own_button(texts, request.id))
    if request.state is ReviewRequestState.OPEN and not found.reviews:
        buttons.append(withdraw_button(texts, request.id))
    return (*blocks, Buttons((*buttons, queue_button(texts))))


def _reviews(context: Context, found: ReadRequest) -> tuple[Block, ...]:
    texts = context.texts
    challenge = challenge_of(context, found.request.challenge_id)
    title = title_of(context, found.request.challenge_id)
    blocks: list[Block] = [Heading(texts.line("review.title", None, title=title))]
    for one in found.reviews:
        blocks += review_blocks(texts, challenge, found, one)
    return tuple(blocks)


def _may_thank(read: ReadReview) -> bool:
    review = read.review
    return (
        read.is_own and review.state is ReviewState.GIVEN and review.thanked_at is None
    )


def _thank_button(context: Context, request: ReviewRequest, read: ReadReview) -> Button:
    name = reader_name(context.texts, request, read)
    return Button(
        context.texts("review.button.thank", name=name),
        action("review", "thank", review=str(read.review.id)),
        ButtonStyle.PRIMARY,
    )


COMMANDS = (
    CommandSpec(
        path=("review", "mine"),
        handler=handle_mine,
        options=(
            Option(name="request", is_listed=False),
            Option(name="given", is_listed=False),
        ),
    ),
    CommandSpec(
        path=("review", "thank"),
        handler=handle_thank,
        options=(Option(name="words"), Option(name="review", is_listed=False)),
    ),
)
