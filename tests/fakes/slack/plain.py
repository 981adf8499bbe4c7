"""What a person reads: messages and views as plain text."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.fakes.slack.errors import Json

CONTROL = re.compile(r"<([^<>\s][^<>]*)>")
LINK = re.compile(r"https?://(?:(?!&[lg]t;)[^\s<>\"'`|)\]])+")
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def unescaped(text: str) -> str:
    for entity, character in ENTITIES:
        text = text.replace(entity, character)
    return text


def escaped(text: str) -> str:
    """How Slack hands over what a person typed into a message."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def typed(text: str, people: Mapping[str, str]) -> str:
    """A message from a person's keyboard: escaped, links and mentions recognised.

    Slack does so inside of code too. `people` are ids by name.
    """
    return _mentioned(LINK.sub(r"<\g<0>>", escaped(text)), people, "<@{id}>")


def typed_command(
    text: str, people: Mapping[str, str], places: Mapping[str, str]
) -> str:
    """Of a command whose manifest says `should_escape`."""
    text = LINK.sub(r"<\g<0>>", text)
    text = _mentioned(text, people, "<@{id}|{name}>")
    return _mentioned(text, places, "<#{id}|{name}>", sign="#")


def _mentioned(text: str, ids: Mapping[str, str], form: str, *, sign: str = "@") -> str:
    def found(match: re.Match[str]) -> str:
        name = match[1]
        return form.format(id=ids[name], name=name) if name in ids else match[0]

    return re.sub(rf"(?<![\w{sign}]){sign}([\w-]+)", found, text)


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
            yield _rich(block).rstrip("\n")
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
    text = str(value.get("text", "")) + _rich(value.get("elements", []))
    # Each section, list and piece of code stands in lines of its own.
    is_apart = str(value.get("type", "")).startswith("rich_text_")
    return f"{text}\n" if is_apart else text
