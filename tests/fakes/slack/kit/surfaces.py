"""Rules for the whole of a message's blocks, or of a view."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from tests.fakes.slack.errors import Json, Problem, Problems
from tests.fakes.slack.kit.blocks import Surface, block, elements
from tests.fakes.slack.kit.limits import (
    BLOCK_CHARACTERS,
    EXTERNAL_ID,
    MESSAGE_BLOCKS,
    VIEW_BYTES,
)
from tests.fakes.slack.kit.rules import (
    Rule,
    fields,
    length,
    one_of,
    plain,
    shape,
    string,
)

VIEW_FIELDS: dict[str, list[str]] = {
    "modal": [
        "title",
        "submit",
        "close",
        "private_metadata",
        "callback_id",
        "clear_on_close",
        "notify_on_close",
        "external_id",
        "submit_disabled",
    ],
    "home": ["private_metadata", "callback_id", "external_id"],
}


def message_blocks(blocks: Any) -> Problems:
    yield from _blocks(blocks, "message")
    if isinstance(blocks, list) and len(blocks) > MESSAGE_BLOCKS:
        text = f"no more than {MESSAGE_BLOCKS} items allowed"
        yield Problem(pointer="/blocks", text=text)


def view(definition: Any) -> Problems:
    kind = definition.get("type") if isinstance(definition, dict) else None
    if kind not in VIEW_FIELDS:
        yield from one_of("modal", "home")("/view/type", kind)
        return
    required = ("blocks", "title") if kind == "modal" else ("blocks",)
    yield from shape("/view", definition, required=required, optional=VIEW_FIELDS[kind])
    rules: dict[str, Rule] = {part: plain(f"view.{part}") for part in PARTS}
    rules |= {
        name: string(f"view.{name}") for name in ("private_metadata", "callback_id")
    }
    yield from fields("/view", definition, rules)
    blocks = definition.get("blocks")
    for problem in _blocks(blocks, kind):
        yield Problem(pointer=f"/view{problem.pointer}", text=problem.text)
    if isinstance(blocks, list):
        yield from length("/view/blocks", len(blocks), "view.blocks", "items")
        asked = any(one.get("type") == "input" for one in blocks)
        if kind == "modal" and asked and not definition.get("submit"):
            text = "`submit` is required when an input block is within blocks array"
            yield Problem(pointer="/view/submit", text=text)
    if len(definition.get("external_id") or "") > EXTERNAL_ID:
        text = f"must be less than {EXTERNAL_ID + 1} characters"
        yield Problem(pointer="/view/external_id", text=text)


PARTS = ("title", "submit", "close")


def too_large(definition: Json) -> bool:
    return len(json.dumps(definition).encode()) > VIEW_BYTES


def _blocks(blocks: Any, surface: Surface) -> Problems:
    if not isinstance(blocks, list):
        yield Problem(pointer="/blocks", text="must be an array")
        return
    for index, one in enumerate(blocks):
        yield from block(f"/blocks/{index}", one, surface)
    sound = [one for one in blocks if isinstance(one, dict)]
    yield from _once((one.get("block_id") for one in sound), "block_id")
    # Within one block; the pair of both ids names an answer.
    for one in sound:
        inner = (value.get("action_id") for _, _, value in elements([one]))
        yield from _once(inner, "action_id")
    if surface == "message":
        markdown = sum(len(str(one.get("text"))) for one in sound if _is_markdown(one))
        yield from length("/blocks", markdown, "markdown.text") if markdown else ()


def _is_markdown(one: Json) -> bool:
    return one.get("type") == "markdown"


def _once(ids: Iterable[str | None], name: str) -> Problems:
    for value, count in Counter(ids).items():
        if value and count > 1:
            text = f"`{name}` '{value}' already exists"
            yield Problem(pointer="/blocks", text=text)


def characters(blocks: list[Json]) -> int:
    """Of all text in the blocks."""
    return sum(len(one) for one in written(blocks))


def too_long(blocks: list[Json]) -> bool:
    return characters(blocks) > BLOCK_CHARACTERS


def written(value: Any) -> Iterator[str]:
    """Every text under `text`, wherever it is nested."""
    if isinstance(value, list):
        for one in value:
            yield from written(one)
    elif isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for name, one in value.items():
            if name != "text" or not isinstance(one, str):
                yield from written(one)


def mentioning(value: Any) -> Iterator[str]:
    """Every text in which Slack would read mentions."""
    return _of_types(value, {"mrkdwn", "markdown", "broadcast"})


def mrkdwn(value: Any) -> Iterator[str]:
    """Every text whose `&`, `<` and `>` must be escaped; Markdown's need not."""
    return _of_types(value, {"mrkdwn"})


def _of_types(value: Any, types: set[str]) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _of_types(one, types)
    elif isinstance(value, dict):
        if value.get("type") in types:
            yield str(value.get("text") or f"<!{value.get('range')}>")
        else:
            for one in value.values():
                yield from _of_types(one, types)
