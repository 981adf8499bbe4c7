"""`/review` ask, mine, thank: the author's side of a review."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from bot.chat.buttons import action
from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.commands.challenge import CHALLENGE
from bot.chat.commands.focus import challenge_in_hand
from bot.chat.context import Context
from bot.chat.place import place_json
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
from bot.chat.review_buttons import queue_button, read_button
from bot.chat.review_view import reader_name, review_blocks
from bot.domain.review import ReviewRequest, ReviewRequestState, ReviewState
from bot.services.ask_review import (
    Ask,
    AskedReview,
    ask_own_review,
    ask_review,
    withdraw_review,
)
from bot.services.errors import Refused, ReviewNotFound
from bot.services.read_reviews import (
    OwnRequest,
    ReadRequest,
    ReadReview,
    read_given,
    read_own,
    read_request,
)
from bot.services.thank_review import thank_review
from challenges.challenge import Challenge


async def handle_ask(context: Context, options: Mapping[str, str]) -> Reply:
    """Of the code of a message, of a challenge that is named, or of the one in hand."""
    code = options.get("code")
    named = options.get("challenge")
    if code is None and named is None:
        named = await challenge_in_hand(context, {})
    asked = await ask_review(
        context.world,
        context.member,
        Ask(
            challenge_id=named,
            place=place_json(context.place),
            code=code,
            note=options.get("note", ""),
        ),
    )
    return Reply(blocks=_asked(context, asked))


def _asked(context: Context, asked: AskedReview) -> tuple[Block, ...]:
    texts, request = context.texts, asked.request
    title = asked.challenge.title.in_(texts.language)
    if request.state is ReviewRequestState.ANSWERED:
        line = texts.line("review.asked_answered", None, title=title)
        buttons = (read_button(texts, request.id), _own_button(context, request))
        return (Banner(line, Tone.GOOD), Buttons(buttons))
    line = texts.line("review.asked", None, title=title)
    ahead = texts.line("review.ahead", asked.ahead)
    buttons = (_withdraw_button(context, request), queue_button(texts))
    return (Banner(line, Tone.WAITING), Text(ahead), Buttons(buttons))


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
        blocks.append(Text(texts.line("review.mine.given", len(own.given))))
    blocks.append(Buttons((queue_button(texts),)))
    return Reply(blocks=tuple(blocks))


async def handle_own(context: Context, options: Mapping[str, str]) -> Reply:
    """One of their own, in place of an equal solution's."""
    await ask_own_review(context.world, context.member, uuid_in(options["request"]))
    line = context.texts.line("review.asked_own")
    return Reply(blocks=(Banner(line, Tone.WAITING),))


async def handle_withdraw(context: Context, options: Mapping[str, str]) -> Reply:
    await withdraw_review(context.world, context.member, uuid_in(options["request"]))
    return Reply(blocks=(Banner(context.texts.line("review.withdrawn")),))


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


def uuid_in(typed: str) -> UUID:
    """Raises ReviewNotFound for what is none."""
    try:
        return UUID(typed)
    except ValueError:
        raise ReviewNotFound(typed) from None


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
        buttons.append(_own_button(context, request))
    if request.state is ReviewRequestState.OPEN and not found.reviews:
        buttons.append(_withdraw_button(context, request))
    return (*blocks, Buttons((*buttons, queue_button(texts))))


def _reviews(context: Context, found: ReadRequest) -> tuple[Block, ...]:
    texts = context.texts
    challenge = _challenge(context, found.request.challenge_id)
    title = title_of(context, found.request.challenge_id)
    blocks: list[Block] = [Heading(texts.line("review.title", None, title=title))]
    for one in found.reviews:
        blocks += review_blocks(texts, challenge, found, one)
    return tuple(blocks)


def title_of(context: Context, challenge_id: str) -> str:
    challenge = _challenge(context, challenge_id)
    return challenge_id if challenge is None else challenge.title.in_(context.language)


def _challenge(context: Context, challenge_id: str) -> Challenge | None:
    """None for one that has left the catalogue."""
    catalogue = context.world.catalogue
    return catalogue.get(challenge_id) if catalogue.has(challenge_id) else None


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


def _own_button(context: Context, request: ReviewRequest) -> Button:
    again = action("review", "own", request=str(request.id))
    return Button(context.texts("review.button.own"), again)


def _withdraw_button(context: Context, request: ReviewRequest) -> Button:
    back = action("review", "withdraw", request=str(request.id))
    return Button(context.texts("review.button.withdraw"), back)


_REQUEST = Option(name="request", required=True, is_listed=False)

COMMANDS = (
    CommandSpec(
        path=("review", "ask"),
        handler=handle_ask,
        options=(
            CHALLENGE,
            Option(name="note"),
            Option(name="code", kind=OptionKind.CODE, is_listed=False),
        ),
        takes_message=True,
    ),
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
    CommandSpec(
        path=("review", "own"),
        handler=handle_own,
        options=(_REQUEST,),
        is_listed=False,
    ),
    CommandSpec(
        path=("review", "withdraw"),
        handler=handle_withdraw,
        options=(_REQUEST,),
        is_listed=False,
    ),
)
