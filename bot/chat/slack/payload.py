"""Bodies of messages and views."""

from collections.abc import Mapping
from typing import Any

from bot.chat.slack.render import DrawnForSlack

Payload = Mapping[str, Any]


def message(drawn: DrawnForSlack, *, thread: str | None = None) -> dict[str, Any]:
    body = {"text": drawn.summary, "blocks": list(drawn.blocks)}
    return body if thread is None else body | {"thread_ts": thread}


def response(drawn: DrawnForSlack, *, thread: str | None = None) -> dict[str, Any]:
    """By a response URL: for who asked alone, and beside what was there."""
    return message(drawn, thread=thread) | {
        "response_type": "ephemeral",
        "replace_original": False,
    }


def home(drawn: DrawnForSlack) -> Payload:
    return {"type": "home", "blocks": list(drawn.blocks)}
