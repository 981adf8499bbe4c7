"""What may stand in a field: each rule takes a pointer and a value, yields problems."""

from collections.abc import Callable, Iterable
from typing import Any

from tests.fakes.slack.errors import Json, Problem, Problems
from tests.fakes.slack.kit.limits import LIMITS

Rule = Callable[[str, Any], Problems]


def length(pointer: str, count: int, name: str, unit: str = "characters") -> Problems:
    least, most = LIMITS[name]
    if count > most and unit == "items":
        yield Problem(pointer=pointer, text=f"no more than {most} items allowed")
    elif count > most:
        text = f"must be less than {most + 1} characters"
        yield Problem(pointer=pointer, text=text)
    elif count < least:
        yield Problem(pointer=pointer, text=f"must be more than {least - 1} {unit}")


def string(name: str) -> Rule:
    def rule(pointer: str, value: Any) -> Problems:
        if isinstance(value, str):
            yield from length(pointer, len(value), name)
        else:
            yield Problem(pointer=pointer, text="must be a string")

    return rule


def text(name: str, *, plain: bool = False) -> Rule:
    """A text object; `plain` where Slack takes no mrkdwn."""

    def rule(pointer: str, value: Any) -> Problems:
        if not isinstance(value, dict):
            yield Problem(pointer=pointer, text="must provide an object")
            return
        kinds = ("plain_text",) if plain else ("plain_text", "mrkdwn")
        if value.get("type") not in kinds:
            yield Problem(
                pointer=f"{pointer}/type", text=f"must be one of {', '.join(kinds)}"
            )
        unknown = value.keys() - {"type", "text", "emoji", "verbatim"}
        if unknown or ("emoji" in value and value.get("type") == "mrkdwn"):
            extra = ", ".join(sorted(unknown)) or "emoji"
            yield Problem(pointer=pointer, text=f"invalid additional property: {extra}")
        content = value.get("text")
        if not isinstance(content, str) or not content:
            where = f"{pointer}/text"
            yield Problem(pointer=where, text="must be more than 0 characters")
        else:
            yield from length(f"{pointer}/text", len(content), name)

    return rule


def plain(name: str) -> Rule:
    return text(name, plain=True)


def items(name: str, each: Rule) -> Rule:
    def rule(pointer: str, value: Any) -> Problems:
        if not isinstance(value, list):
            yield Problem(pointer=pointer, text="must be an array")
            return
        yield from length(pointer, len(value), name, "items")
        for index, item in enumerate(value):
            yield from each(f"{pointer}/{index}", item)

    return rule


def one_of(*values: object) -> Rule:
    def rule(pointer: str, value: Any) -> Problems:
        if value not in values:
            known = ", ".join(map(str, values))
            yield Problem(pointer=pointer, text=f"must be one of {known}")

    return rule


def number(name: str) -> Rule:
    def rule(pointer: str, value: Any) -> Problems:
        least, most = LIMITS[name]
        if not isinstance(value, int) or not least <= value <= most:
            yield Problem(pointer=pointer, text=f"must be between {least} and {most}")

    return rule


def anything(pointer: str, value: Any) -> Problems:
    yield from ()


def shape(
    pointer: str,
    value: Any,
    *,
    required: Iterable[str] = (),
    optional: Iterable[str] = (),
) -> Problems:
    """An object that has what it must have and nothing that is not known."""
    if not isinstance(value, dict):
        yield Problem(pointer=pointer, text="must provide an object")
        return
    for name in required:
        if value.get(name) is None:
            yield Problem(pointer=pointer, text=f"missing required field: {name}")
    for name in value.keys() - {"type", *required, *optional}:
        yield Problem(pointer=pointer, text=f"invalid additional property: {name}")


def fields(pointer: str, value: Json, rules: dict[str, Rule]) -> Problems:
    for name, rule in rules.items():
        if value.get(name) is not None:
            yield from rule(f"{pointer}/{name}", value[name])
