"""Bodies of messages and views."""

from collections.abc import Mapping
from typing import Any

from bot.chat.slack.render import DrawnForSlack
from bot.chat.slack.rows import plain_label
from bot.chat.texts import Texts

Payload = Mapping[str, Any]

PAGE = "page"
"""The callback id of an answer that is a modal, beside that of a form."""
NAME = "Cordada"
CLOSE_LENGTH = 24


def message(drawn: DrawnForSlack, *, thread: str | None = None) -> dict[str, Any]:
    body: dict[str, Any] = {"text": drawn.summary, "blocks": list(drawn.blocks)}
    return body if thread is None else body | {"thread_ts": thread}


def response(drawn: DrawnForSlack, *, thread: str | None = None) -> dict[str, Any]:
    """By a response URL: for who asked alone, and beside what was there."""
    return message(drawn, thread=thread) | {
        "response_type": "ephemeral",
        "replace_original": False,
    }


def page(drawn: DrawnForSlack, texts: Texts) -> dict[str, Any]:
    """For who pressed something in a view, where no message can be answered with."""
    return {
        "type": "modal",
        "callback_id": PAGE,
        "title": {"type": "plain_text", "text": NAME},
        "close": plain_label(texts("slack.page.close"), CLOSE_LENGTH),
        "blocks": list(drawn.blocks),
    }


def home(drawn: DrawnForSlack) -> Payload:
    return {"type": "home", "blocks": list(drawn.blocks)}
