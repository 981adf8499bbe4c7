"""Discord's published OpenAPI description, and bodies held against it.

Only what that description uses of JSON Schema is known here. A union is judged by its
`type` where it has one, so that an error names the field and not the union.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path as FilePath
from typing import Any, Self

from tests.fakes.discord.errors import Json, Path, Problem

ROOT = FilePath(__file__).parents[3]
FILE = "discord-openapi.json"
UNKNOWN_FIELD = "UNKNOWN_FIELD"
FORMATS = {
    "date-time": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"),
    "uri": re.compile(r"(https?|wss?|attachment|discord)://\S+"),
}


def kind_of(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "string"
        case Mapping():
            return "object"
        case _:
            return "array"


class Description:
    def __init__(self, document: Json) -> None:
        self._document = document
        self._schemas: Json = document["components"]["schemas"]
        # What each branch of a union takes, by the branch's identity.
        self._takes: dict[int, tuple[Sequence[str], Sequence[object] | None]] = {}

    @classmethod
    @cache
    def at_hand(cls) -> Self | None:
        """From the folder of contracts.

        :raises FileNotFoundError: the folder is named, as in CI, and has none.
        """
        named = os.environ.get("CORDADA_CONTRACTS")
        path = FilePath(named or ROOT.parent / "shared/contracts") / FILE
        if not named and not path.exists():
            return None
        return cls(json.loads(path.read_text(encoding="utf-8")))

    def routes(self) -> set[tuple[str, str]]:
        """Methods and paths."""
        return {
            (method.upper(), template)
            for template, operations in self._document["paths"].items()
            for method in operations
        }

    def problems(self, method: str, template: str, body: object) -> list[Problem]:
        """Of a request's body; a field that is not described is `UNKNOWN_FIELD`."""
        operation = self._document["paths"].get(template, {}).get(method.lower(), {})
        content = operation.get("requestBody", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema")
        return [] if schema is None else list(self.check(schema, body, ()))

    def answer_problems(
        self, method: str, template: str, body: object
    ) -> list[Problem]:
        """Of what is answered with 200 or 201; extra fields are no problem there."""
        answers = self._document["paths"][template][method.lower()]["responses"]
        answer = answers.get("200") or answers["201"]
        schema = answer["content"]["application/json"]["schema"]
        found = self.check(schema, body, ())
        return [one for one in found if one.code != UNKNOWN_FIELD]

    def _resolved(self, schema: Json) -> Json:
        reference = schema.get("$ref")
        if reference is None:
            return schema
        return self._resolved(self._schemas[reference.rpartition("/")[2]])

    def check(self, schema: Json, value: Any, path: Path = ()) -> Iterator[Problem]:
        if schema.get("$ref", "").endswith("/SnowflakeType") and kind_of(value) in (
            "integer",
            "string",
        ):
            # Described as a string; numbers are taken too, and discord.py sends them.
            if not str(value).isdecimal():
                yield _problem(path, "NUMBER_TYPE_COERCE", f"{value!r} is no snowflake")
            return
        schema = self._resolved(schema)
        kinds, kind = _kinds(schema), kind_of(value)
        if kinds and kind not in kinds:
            wanted = " or ".join(kinds)
            yield _problem(path, "BASE_TYPE_BAD_TYPE", f"{kind} where {wanted} must be")
            return
        yield from _scalar(schema, value, path)
        for part in schema.get("allOf", ()):
            yield from self.check(part, value, path)
        for union in ("oneOf", "anyOf"):
            if union in schema:
                yield from self._union(schema[union], value, path)
        if kind == "object":
            yield from self._object(schema, value, path)
        elif kind == "array":
            yield from self._array(schema, value, path)

    def _object(self, schema: Json, value: Json, path: Path) -> Iterator[Problem]:
        for name in schema.get("required", ()):
            if name not in value:
                yield _problem((*path, name), "BASE_TYPE_REQUIRED", "is required")
        if len(value) > schema.get("maxProperties", len(value)):
            yield _problem(path, "BASE_TYPE_BAD_LENGTH", "too many entries")
        properties = schema.get("properties", {})
        others = schema.get("additionalProperties", not properties)
        for name, part in value.items():
            if name in properties:
                yield from self.check(properties[name], part, (*path, name))
            elif isinstance(others, dict):
                yield from self.check(others, part, (*path, name))
            elif not others and properties:
                yield _problem((*path, name), UNKNOWN_FIELD, "not in the description")

    def _array(
        self, schema: Json, value: Sequence[object], path: Path
    ) -> Iterator[Problem]:
        least, most = schema.get("minItems", 0), schema.get("maxItems", len(value))
        if not least <= len(value) <= most:
            told = f"Must be between {least} and {most} in length."
            yield _problem(path, "BASE_TYPE_BAD_LENGTH", told)
        if schema.get("uniqueItems") and len(set(map(str, value))) < len(value):
            yield _problem(path, "SET_TYPE_ALREADY_CONTAINS_VALUE", "twice the same")
        for index, item in enumerate(value):
            yield from self.check(schema.get("items", {}), item, (*path, index))

    def _union(
        self, branches: Sequence[Json], value: Any, path: Path
    ) -> Iterator[Problem]:
        if value in _constants(branches):
            return
        fitting = [one for one in branches if self._may_be(one, value)] or branches
        if len(fitting) == 1:
            yield from self.check(fitting[0], value, path)
            return
        found = [list(self.check(one, value, path)) for one in fitting]
        # The branch that comes nearest is the one that was meant.
        yield from min(found, key=_distance)

    def _may_be(self, branch: Json, value: Any) -> bool:
        taken = self._takes.get(id(branch))
        if taken is None:
            taken = self._takes[id(branch)] = self._taken_by(branch)
        kinds, types = taken
        if kinds and kind_of(value) not in kinds:
            return False
        if types is None or not isinstance(value, Mapping) or "type" not in value:
            return True
        return value["type"] in types

    def _taken_by(self, branch: Json) -> tuple[Sequence[str], Sequence[object] | None]:
        """Kinds of JSON, none for any; and the values of `type`, if it must be one."""
        if branch.get("$ref", "").endswith("/SnowflakeType"):
            return ["integer", "string"], None
        schema = self._resolved(branch)
        named = self._resolved(schema.get("properties", {}).get("type", {}))
        types = named.get("enum", [named["const"]] if "const" in named else None)
        return _kinds(schema), types


def _kinds(schema: Json) -> Sequence[str]:
    """An integer is a number too."""
    said = schema.get("type", [])
    kinds = [said] if isinstance(said, str) else said
    return [*kinds, "integer"] if "number" in kinds else kinds


def _constants(branches: Sequence[Json]) -> Sequence[object]:
    """Of a union that lists values; the last branch tells whether it does."""
    if "const" not in branches[-1]:
        return ()
    return [branch.get("const") for branch in branches]


def _distance(found: Sequence[Problem]) -> tuple[int, int, int]:
    refusing = [one for one in found if one.code != UNKNOWN_FIELD]
    depth = max((len(one.path) for one in refusing), default=0)
    return len(refusing), -depth, len(found)


def _problem(path: Path, code: str, message: str) -> Problem:
    return Problem(path=path, code=code, message=message)


def _scalar(schema: Json, value: Any, path: Path) -> Iterator[Problem]:
    if "const" in schema and value != schema["const"]:
        yield _problem(path, "BASE_TYPE_CHOICES", f"Must be {schema['const']!r}.")
    if "enum" in schema and value not in schema["enum"]:
        yield _problem(path, "BASE_TYPE_CHOICES", f"Must be one of {schema['enum']}.")
    if isinstance(value, str):
        yield from _string(schema, value, path)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        least, most = schema.get("minimum", value), schema.get("maximum", value)
        if not least <= value <= most:
            yield _problem(path, "NUMBER_TYPE_MAX", f"Must be {least} to {most}.")


def _string(schema: Json, value: str, path: Path) -> Iterator[Problem]:
    least, most = schema.get("minLength", 0), schema.get("maxLength", len(value))
    if not least <= len(value) <= most:
        told = f"Must be between {least} and {most} in length."
        yield _problem(path, "BASE_TYPE_BAD_LENGTH", told)
    if "pattern" in schema and not re.search(schema["pattern"], value):
        told = f"{value!r} does not match {schema['pattern']}"
        yield _problem(path, "STRING_TYPE_REGEX", told)
    form = FORMATS.get(schema.get("format", ""))
    if form and not form.fullmatch(value):
        yield _problem(path, "BASE_TYPE_BAD_FORMAT", f"{value!r} is no {form.pattern}")
