"""What a person's hands do to a field, and what Slack's client checks on the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.fakes.slack.errors import Json
from tests.fakes.slack.kit.elements import offered
from tests.fakes.slack.modals import holder, holds_many
from tests.fakes.slack.world import Message, View

REQUIRED = "Please complete this required field."


class NotThere(AssertionError):
    """There is no such thing to press, choose or fill in."""


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file from a person's disk, or a snippet."""

    name: str
    content: bytes
    snippet: bool = False


@dataclass(frozen=True, kw_only=True)
class Found:
    where: View | Message
    block: Json
    element: Json


def answer(element: Json, chosen: Any) -> Json:
    """How the element reports that; options go by their value, or as they are."""
    kind = element["type"]
    if kind == "button":
        return {k: element[k] for k in ("type", "text", "value") if k in element}
    if (
        kind == "overflow"
        or "static" in kind
        or kind in ("checkboxes", "radio_buttons")
    ):
        chosen = _options(element, chosen)
    name = "selected_option" if kind == "overflow" else holder(kind)
    if holds_many(kind) and not isinstance(chosen, list):
        chosen = [chosen]
    return {"type": kind, name: chosen}


def _options(element: Json, chosen: Any) -> Any:
    if isinstance(chosen, Sequence) and not isinstance(chosen, str):
        return [_option(element, one) for one in chosen]
    return _option(element, chosen)


def _option(element: Json, chosen: Any) -> Json:
    for one in offered(element):
        if chosen in (one, one["value"]):
            return one
    values = [one["value"] for one in offered(element)]
    raise NotThere(f"{chosen!r} is not among {values}")


def is_pressed(element: Json) -> bool:
    """Leaves nothing behind in the state."""
    return element["type"] in ("button", "overflow")


def write(found: Found, chosen: Any) -> Json:
    """Into the state of the place; the answer comes back."""
    told = answer(found.element, chosen)
    if not is_pressed(found.element):
        block = found.where.values.setdefault(found.block["block_id"], {})
        block[found.element["action_id"]] = told
    return told


def objections(view: View) -> dict[str, str]:
    """What keeps Slack's client from sending the form, by the block's id."""
    told = {}
    for block in view.blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        value = view.values[block["block_id"]][element["action_id"]]
        if text := _objection(element, value, optional=bool(block.get("optional"))):
            told[block["block_id"]] = text
    return told


def _objection(element: Json, value: Json, *, optional: bool) -> str:
    content = value.get(holder(element["type"]))
    if not content:
        return "" if optional else REQUIRED
    if not isinstance(content, str):
        files = element.get("max_files", 10)
        many = element["type"] == "file_input" and len(content) > files
        return f"At most {files} files." if many else ""
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if not least <= len(content) <= most:
        return f"Write from {least} to {most} characters."
    return ""
