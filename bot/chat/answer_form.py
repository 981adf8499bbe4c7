"""The form in which a challenge is answered, and the answer that comes back."""

import json
from collections.abc import Mapping

from bot.chat.buttons import action
from bot.chat.parse.code import MAX_SOURCE_BYTES, clean_source
from bot.chat.reply import FieldKind, Form, FormField
from bot.chat.texts import Texts
from challenges.challenge import Challenge, Kind

# Discord's bound, the tightest platform's.
TITLE_LENGTH = 45


def answer_form(texts: Texts, challenge: Challenge, earlier: str | None) -> Form:
    """`earlier` is the member's last answer, to go on from; else the starter code."""
    return Form(
        title=shortened(challenge.title.in_(texts.language), TITLE_LENGTH),
        action=action("challenge", "submit", challenge=challenge.id),
        fields=_fields(texts, challenge, earlier),
        submit=texts(f"form.submit_{_answer_kind(challenge)}"),
    )


def answer_in(challenge: Challenge, options: Mapping[str, str]) -> str | None:
    """The answer as it is stored, or None when the options hold none yet.

    Raises ParseError for code that cannot be taken as it is.
    """
    if challenge.kind is Kind.QUIZ:
        given = {
            question.id: options[f"answer_{number}"]
            for number, question in enumerate(challenge.questions, start=1)
            if f"answer_{number}" in options
        }
        return json.dumps(given) if given else None
    code = options.get("code")
    return None if code is None else clean_source(code)


def shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _answer_kind(challenge: Challenge) -> str:
    if challenge.kind in {Kind.QUIZ, Kind.REVIEW}:
        return challenge.kind
    return "code"


def _fields(
    texts: Texts, challenge: Challenge, earlier: str | None
) -> tuple[FormField, ...]:
    if challenge.kind is Kind.QUIZ:
        return tuple(
            FormField(
                name=f"answer_{number}",
                label=question.text.in_(texts.language),
                kind=FieldKind.CHOICE,
                choices=tuple(
                    (choice.id, choice.text.in_(texts.language))
                    for choice in question.choices
                ),
            )
            for number, question in enumerate(challenge.questions, start=1)
        )
    if challenge.kind is Kind.REVIEW:
        return (
            FormField(
                name="code",
                label=texts("form.review"),
                kind=FieldKind.PARAGRAPH,
                value=earlier or "",
            ),
        )
    return (
        FormField(
            name="code",
            label=texts("form.code"),
            kind=FieldKind.CODE,
            value=earlier or challenge.starter,
            max_length=MAX_SOURCE_BYTES,
        ),
    )
