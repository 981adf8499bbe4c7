"""What the web chat keeps as JSON, without what should not be in it."""

from collections.abc import Collection
from typing import Final

UNNAMED: Final = "…"

# Pictures and files that we drew ourselves: base64, and of no meaning to a reader.
_DRAWN: Final = frozenset({"png", "content"})


def unnamed(body: object, names: Collection[str]) -> object:
    """Without the names, where a reply names somebody: words by themselves, cells of a
    table, who asked. What others typed stays as they typed it.
    """
    if isinstance(body, list):
        return [unnamed(one, names) for one in body]
    if not isinstance(body, dict):
        return body
    naming = {"words": "text", "table": "rows"}.get(str(body.get("kind")), "asked_by")
    return {
        key: _of(one, names) if key == naming else unnamed(one, names)
        for key, one in body.items()
    }


def without_drawings(value: object, secrets: Collection[str]) -> object:
    match value:
        case dict():
            return {
                key: without_drawings(one, secrets)
                for key, one in value.items()
                if key not in _DRAWN and key not in secrets
            }
        case list():
            return [without_drawings(one, secrets) for one in value]
        case _:
            return value


def _of(said: object, names: Collection[str]) -> object:
    if isinstance(said, list):
        return [_of(one, names) for one in said]
    return UNNAMED if said in names else said
