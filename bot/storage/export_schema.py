"""The schema of `/privacy export`, from the tables that it is made of.

Shipped as `deploy/privacy/export.schema.json`, which `cordada documents` writes and a
test compares. What is added keeps the version; what is changed or goes raises it.
"""

from typing import Any, Final

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    Uuid,
)

from bot.services.privacy import EXPORT_VERSION
from bot.storage.tables.personal import PERSONAL, Held

Schema = dict[str, Any]

_FORMATS: Final = ((DateTime, "date-time"), (Date, "date"), (Uuid, "uuid"))


def export_schema() -> Schema:
    sections = {held.name: _section(held) for held in PERSONAL}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "All that Cordada holds of a person",
        "description": "Written by `/privacy export`. Sections are named for what they"
        " are kept in. Left out are digests of secrets, tokens that answer in the bot's"
        " name, and pictures and files that the bot drew itself.",
        "type": "object",
        "properties": {
            "version": {"type": "integer", "enum": [EXPORT_VERSION]},
            "exported_at": {"type": "string", "format": "date-time"},
            "held": {
                "type": "object",
                "properties": sections,
                "required": list(sections),
                "additionalProperties": False,
            },
        },
        "required": ["version", "exported_at", "held"],
        "additionalProperties": False,
    }


def _section(held: Held) -> Schema:
    return {
        "description": held.about,
        "type": "array",
        "items": {
            "type": "object",
            "properties": {one.name: _column(one) for one in held.exported},
            "required": [one.name for one in held.exported],
            "additionalProperties": False,
        },
    }


def _column(column: Column[Any]) -> Schema:
    if isinstance(column.type, JSON):
        # As the platform or the game wrote it, whatever that was.
        return {}
    kind: dict[str, Any] = {"type": _kind(column)}
    for shape, name in _FORMATS:
        if isinstance(column.type, shape):
            kind["format"] = name
    if column.nullable:
        kind["type"] = [kind["type"], "null"]
    return kind


def _kind(column: Column[Any]) -> str:
    match column.type:
        case Boolean():
            return "boolean"
        case Integer():
            return "integer"
        case LargeBinary():
            # Nobody could read it: leave it out, or say what it is.
            raise TypeError(column)
        case _:
            return "string"
