"""`/review ask`: have read what one has solved, and take it back."""

from collections.abc import Mapping

from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.commands.challenge import CHALLENGE
from bot.chat.commands.focus import challenge_in_hand
from bot.chat.commands.review_named import uuid_in
from bot.chat.context import Context
from bot.chat.place import place_json
from bot.chat.reply import (
    Banner,
    Block,
    Buttons,
    Reply,
    Text,
    Tone,
)
from bot.chat.review_buttons import (
    own_button,
    queue_button,
    read_button,
    withdraw_button,
)
from bot.domain.review import ReviewRequestState
from bot.services.ask_review import (
    Ask,
    AskedReview,
    ask_own_review,
    ask_review,
    withdraw_review,
)


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
        buttons = (read_button(texts, request.id), own_button(texts, request.id))
        return (Banner(line, Tone.GOOD), Buttons(buttons))
    line = texts.line("review.asked", None, title=title)
    ahead = (
        texts.line("review.ahead", asked.ahead)
        if asked.ahead
        else texts.line("review.ahead_none")
    )
    buttons = (withdraw_button(texts, request.id), queue_button(texts))
    return (Banner(line, Tone.WAITING), Text(ahead), Buttons(buttons))


async def handle_own(context: Context, options: Mapping[str, str]) -> Reply:
    """One of their own, in place of an equal solution's."""
    await ask_own_review(context.world, context.member, uuid_in(options["request"]))
    line = context.texts.line("review.asked_own")
    return Reply(blocks=(Banner(line, Tone.WAITING),))


async def handle_withdraw(context: Context, options: Mapping[str, str]) -> Reply:
    await withdraw_review(context.world, context.member, uuid_in(options["request"]))
    return Reply(blocks=(Banner(context.texts.line("review.withdrawn")),))


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
