"""What every text and block that leaves for people is held against."""

import re
from collections.abc import Iterator
from typing import Any

from tests.fakes.slack.errors import Json, Problem, Refused, refuse
from tests.fakes.slack.kit import surfaces
from tests.fakes.slack.kit.limits import TEXT_CHARACTERS, UPDATED_TEXT_BYTES
from tests.fakes.slack.state import State

BROADCAST = re.compile(r"<!(?:channel|here|everyone|subteam\^)[^>]*>")
SEQUENCE = re.compile(r"<(?:[@#!]|https?://|mailto:|tel:)[^<>]+>")
# A quotation may begin a line.
LOOSE = re.compile(r"<|&(?!(?:amp|lt|gt);)|(?<!^)(?<!^>)(?<!^>>)>", re.MULTILINE)
CODE_OR_LINK = re.compile(r"```|https?://")


def blocks_of(value: Any) -> list[Json]:
    if value in (None, ""):
        return []
    if not isinstance(value, list):
        raise Refused("invalid_blocks_format")
    return value


def content(arguments: Json) -> tuple[str, list[Json]]:
    """Text and blocks; `markdown_text` stands for a block of that type, alone.

    :raises Refused: both are given.
    """
    text, blocks = arguments.get("text") or "", blocks_of(arguments.get("blocks"))
    markdown = arguments.get("markdown_text")
    if not markdown:
        return text, blocks
    if text or blocks:
        raise Refused("markdown_text_conflict")
    return markdown, [{"type": "markdown", "text": markdown}]


def check_metadata(value: Any) -> None:
    sound = isinstance(value, dict) and {"event_type", "event_payload"} <= value.keys()
    if value and not sound:
        raise Refused("invalid_metadata_format")


def check_message(state: State, where: str, arguments: Json) -> None:
    """Of a message, ephemeral or not, new or changed.

    :raises Refused: as Slack does; what Slack lets through is a violation.
    """
    text, blocks = content(arguments)
    check_metadata(arguments.get("metadata"))
    if not text and not blocks and not arguments.get("attachments"):
        raise Refused("no_text")
    refuse("invalid_blocks", surfaces.message_blocks(blocks))
    if surfaces.too_long(blocks):
        posting = where == "chat.postMessage"
        raise Refused("msg_blocks_too_long" if posting else "msg_too_long")
    if where == "chat.update" and len(text.encode()) > UPDATED_TEXT_BYTES:
        raise Refused("msg_too_long")
    if len(text) > TEXT_CHARACTERS:
        state.violate("message_truncated", where, f"{len(text)} characters")
    if blocks and not text:
        state.violate("no_fallback_text", where)
    if arguments.get("parse") == "full" or arguments.get("link_names"):
        state.violate("names_become_mentions", where, arguments)
    check_mentions(state, where, [text, *surfaces.mentioning(blocks)])
    written = arguments.get("text") or ""
    check_escaping(state, where, [written, *surfaces.mrkdwn(blocks)])


def check_unfurling(state: State, where: str, arguments: Json) -> None:
    """Code and links must not grow previews."""
    texts = [arguments.get("text") or "", *surfaces.mentioning(arguments.get("blocks"))]
    off = all(arguments.get(f"unfurl_{what}") is False for what in ("links", "media"))
    if not off and any(CODE_OR_LINK.search(text) for text in texts):
        state.violate("unfurling_not_off", where)


def check_view(state: State, where: str, definition: Any) -> None:
    """:raises Refused: as Slack does."""
    if not isinstance(definition, dict):
        problem = Problem(pointer="/view", text="must provide an object")
        raise Refused("invalid_arguments", [problem])
    refuse("invalid_arguments", surfaces.view(definition))
    if surfaces.too_large(definition):
        raise Refused("view_too_large")
    check_mentions(state, where, list(surfaces.mentioning(definition)))
    check_escaping(state, where, list(surfaces.mrkdwn(definition)))


def check_mentions(state: State, where: str, texts: list[str]) -> None:
    """Nobody is called unless the test said so, and nothing typed becomes mark-up."""
    for found in controls(texts):
        if found in state.allowed:
            continue
        if BROADCAST.fullmatch(found):
            state.violate("broadcast", where, found)
        elif found in state.hostile:
            state.violate("unescaped", where, found)


def check_escaping(state: State, where: str, texts: list[str]) -> None:
    """Mark-up stands on purpose; whatever else looks like it has been escaped."""
    for text in texts:
        if loose := LOOSE.search(SEQUENCE.sub("", text)):
            state.violate("not_escaped", where, text[loose.start() :][:80])


def controls(texts: list[str]) -> Iterator[str]:
    for text in texts:
        for match in re.finditer(r"<[^<>\s][^<>]*>", text):
            yield match[0]
