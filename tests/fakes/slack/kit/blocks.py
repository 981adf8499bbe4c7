"""Blocks: what each type must and may have, and where it may stand."""

from collections.abc import Callable, Iterator
from typing import Any, Literal

from tests.fakes.slack.errors import Json, Problem, Problems
from tests.fakes.slack.kit.elements import IN_ACTIONS, IN_INPUT, IN_SECTION, element
from tests.fakes.slack.kit.rules import (
    Rule,
    fields,
    items,
    plain,
    shape,
    string,
    text,
)

Surface = Literal["message", "modal", "home"]

SHAPES: dict[str, tuple[str, str]] = {
    # type: required, optional
    "section": ("", "text fields accessory expand"),
    "actions": ("elements", ""),
    "context": ("elements", ""),
    "divider": ("", ""),
    "header": ("text", ""),
    "image": ("alt_text", "image_url slack_file title"),
    "input": ("label element", "hint optional dispatch_action"),
    "markdown": ("text", ""),
    "rich_text": ("elements", ""),
}
ONLY_IN: dict[str, frozenset[str]] = {"markdown": frozenset({"message"})}


def _elements_of(allowed: frozenset[str]) -> Rule:
    return lambda pointer, value: element(pointer, value, allowed)


def _context_element(pointer: str, value: Any) -> Problems:
    if isinstance(value, dict) and value.get("type") == "image":
        yield from element(pointer, value, frozenset({"image"}))
    else:
        yield from text("text")(pointer, value)


def _rich_element(pointer: str, value: Any) -> Problems:
    kinds = ("section", "preformatted", "quote", "list")
    kind = value.get("type") if isinstance(value, dict) else None
    if kind not in {f"rich_text_{kind}" for kind in kinds}:
        yield Problem(pointer=pointer, text=f"unsupported type: {kind}")
    elif not isinstance(value.get("elements"), list):
        yield Problem(pointer=pointer, text="missing required field: elements")


def _rich_elements(pointer: str, value: Any) -> Problems:
    for index, one in enumerate(value if isinstance(value, list) else []):
        yield from _rich_element(f"{pointer}/{index}", one)


RULES: dict[str, dict[str, Rule]] = {
    "section": {
        "text": text("section.text"),
        "fields": items("section.fields", text("section.fields.item")),
        "accessory": _elements_of(IN_SECTION),
    },
    "actions": {"elements": items("actions.elements", _elements_of(IN_ACTIONS))},
    "context": {"elements": items("context.elements", _context_element)},
    "header": {"text": plain("header.text")},
    "image": {
        "image_url": string("image.image_url"),
        "alt_text": string("image.alt_text"),
        "title": plain("image.alt_text"),
    },
    "input": {
        "label": plain("input.label"),
        "hint": plain("input.hint"),
        "element": _elements_of(IN_INPUT),
    },
    "markdown": {"text": string("markdown.text")},
    "rich_text": {"elements": _rich_elements},
}


def block(pointer: str, value: Any, surface: Surface) -> Problems:
    kind = value.get("type") if isinstance(value, dict) else None
    if kind not in SHAPES or surface not in ONLY_IN.get(kind, {surface}):
        yield Problem(pointer=pointer, text=f"unsupported type: {kind}")
        return
    required, optional = (names.split() for names in SHAPES[kind])
    yield from shape(
        pointer, value, required=required, optional=[*optional, "block_id"]
    )
    rules = {"block_id": string("block_id"), **RULES.get(kind, {})}
    yield from fields(pointer, value, rules)
    yield from SPECIAL.get(kind, _nothing)(pointer, value, surface)


def _nothing(pointer: str, value: Json, surface: Surface) -> Problems:
    yield from ()


def _section(pointer: str, value: Json, surface: Surface) -> Problems:
    if not value.get("text") and not value.get("fields"):
        yield Problem(pointer=pointer, text="missing required field: text")


def _image(pointer: str, value: Json, surface: Surface) -> Problems:
    if bool(value.get("image_url")) == bool(value.get("slack_file")):
        yield Problem(pointer=pointer, text="image_url or slack_file must be provided")


def _input(pointer: str, value: Json, surface: Surface) -> Problems:
    written = value.get("element")
    kind = written.get("type") if isinstance(written, dict) else None
    if kind == "file_input" and surface != "modal":
        yield Problem(pointer=f"{pointer}/element", text=f"unsupported type: {kind}")


SPECIAL: dict[str, Callable[[str, Json, Surface], Problems]] = {
    "section": _section,
    "image": _image,
    "input": _input,
}


def elements(blocks: list[Json]) -> Iterator[tuple[str, Json, Json]]:
    """Pointer, block and element of each thing that can be acted on."""
    for index, one in enumerate(blocks):
        for name in ("accessory", "element"):
            if isinstance(one.get(name), dict):
                yield f"/blocks/{index}/{name}", one, one[name]
        if one.get("type") == "actions":
            for number, inner in enumerate(one.get("elements") or []):
                if isinstance(inner, dict):
                    yield f"/blocks/{index}/elements/{number}", one, inner
