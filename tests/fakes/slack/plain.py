"""What a person reads: messages and views as plain text."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.fakes.slack.errors import Json

CONTROL = re.compile(r"<([^<>\s][^<>]*)>")
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def unescaped(text: str) -> str:
    for entity, character in ENTITIES:
        text = text.replace(entity, character)
    return text


def escaped(text: str) -> str:
    """How Slack hands over what a person typed into a message."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def read(text: str, names: Mapping[str, str]) -> str:
    """Mrkdwn as it is shown, less its weights: mentions by name, links by label."""

    def shown(match: re.Match[str]) -> str:
        target, _, label = match[1].partition("|")
        match target[0]:
            case "@":
                return "@" + names.get(target[1:], target[1:])
            case "#":
                return "#" + (label or names.get(target[1:], target[1:]))
            case "!":
                return label or "@" + target[1:].partition("^")[0]
            case _:
                return label or target

    return unescaped(CONTROL.sub(shown, text))


def blocks(value: list[Json], names: Mapping[str, str]) -> str:
    """One line or more for each block; what can be pressed stands in brackets."""
    return "\n".join(line for block in value for line in _block(block, names) if line)


def _block(block: Json, names: Mapping[str, str]) -> Iterator[str]:
    match block["type"]:
        case "divider":
            yield "---"
        case "image":
            yield f"[image: {block['alt_text']}]"
        case "markdown":
            yield unescaped(block["text"])
        case "rich_text":
            yield _rich(block)
        case "input":
            yield block["label"]["text"]
            yield _text(block.get("hint"), names)
            yield _element(block["element"], names)
        case _:
            yield _text(block.get("text"), names)
            for field in block.get("fields") or []:
                yield _text(field, names)
            yield _element(block.get("accessory") or {}, names)
            parts = (_element(one, names) for one in block.get("elements") or [])
            yield " ".join(part for part in parts if part)


def _text(value: Json | None, names: Mapping[str, str]) -> str:
    if not value:
        return ""
    text: str = value["text"]
    return read(text, names) if value["type"] == "mrkdwn" else text


def _element(value: Json, names: Mapping[str, str]) -> str:
    match value.get("type"):
        case None:
            return ""
        case "plain_text" | "mrkdwn":
            return _text(value, names)
        case "image":
            return f"[image: {value['alt_text']}]"
        case _:
            label = value.get("text") or value.get("placeholder")
            options = value.get("options") or []
            texts = [_text(one["text"], names) for one in options]
            return f"[{_text(label, names) or ' | '.join(texts)}]"


def _rich(value: Any) -> str:
    if isinstance(value, list):
        return "".join(map(_rich, value))
    return str(value.get("text", "")) + _rich(value.get("elements", []))
