"""Buttons to requests and reviews, which several replies share."""

from collections.abc import Mapping
from uuid import UUID

from bot.chat.buttons import action
from bot.chat.reply import Button, Buttons, ButtonStyle
from bot.chat.texts import Texts


def read_button(texts: Texts, request_id: UUID | str) -> Button:
    return Button(
        texts("review.button.read"),
        action("review", "mine", request=str(request_id)),
        ButtonStyle.PRIMARY,
    )


def write_button(texts: Texts, review_id: UUID, draft: int | None = None) -> Button:
    """`draft`: what was written already, to go on from."""
    kept = {} if draft is None else {"draft": str(draft)}
    return Button(
        texts("review.button.write" if draft is None else "review.button.go_on"),
        action("review", "give", review=str(review_id), **kept),
        ButtonStyle.PRIMARY,
    )


def return_button(texts: Texts, review_id: UUID) -> Button:
    return Button(
        texts("review.button.return"), action("review", "return", review=str(review_id))
    )


def queue_button(texts: Texts) -> Button:
    return Button(texts("review.button.queue"), action("review", "queue"))


def take_button(texts: Texts) -> Button:
    return Button(texts("review.button.take"), action("review", "take"))


def ask_button(texts: Texts, challenge_id: str) -> Button:
    return Button(
        texts("review.button.ask"), action("review", "ask", challenge=challenge_id)
    )


def own_button(texts: Texts, request_id: UUID) -> Button:
    """A review of their own, in place of an equal solution's."""
    return Button(
        texts("review.button.own"), action("review", "own", request=str(request_id))
    )


def withdraw_button(texts: Texts, request_id: UUID) -> Button:
    return Button(
        texts("review.button.withdraw"),
        action("review", "withdraw", request=str(request_id)),
    )


def review_buttons(texts: Texts, facts: Mapping[str, str | int]) -> tuple[Buttons, ...]:
    """To what a notice is about."""
    if "request" in facts:
        return (Buttons((read_button(texts, str(facts["request"])),)),)
    if "review" in facts:
        again = action("review", "mine", given=str(facts["review"]))
        return (Buttons((Button(texts("review.button.read"), again),)),)
    return ()
