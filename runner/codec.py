"""Plain data to JSON and back, strictly: what crosses the border of a sandbox.

    JSON as it is     None, bool, int up to 63 bits, finite float, str, list,
                      dict whose keys are str and do not open with "$"
    tagged, as        {"$tuple": [1, 2]}, {"$int": "-1f…"}, {"$float": "nan"},
    {"$<tag>": …}     {"$str": base64}, {"$bytes": base64}, {"$set": […]},
                      {"$frozenset": […]}, {"$dict": [[key, value], …]},
                      {"$decimal": "1.10"}, {"$date": "2024-02-29"},
                      {"$time": ["12:00", fold]}, {"$datetime": ["…", fold]},
                      {"$timedelta": [days, seconds, microseconds]},
                      {"$record": ["Point", {"x": 1}]},
                      {"$array": [[1, 2]]}, {"$series": [values, index, name]},
                      {"$frame": [columns, index, rows]}

Types are exact: a subclass can lie about itself. Depth, count and size are bounded, and
whatever the bytes are, nothing but CodecError comes out. Standard library only: the
harness inside the sandbox runs this very file. A library's table is told by its cells.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from runner import tables
from runner.codec_scalars import (
    MAX_INT_BITS,
    PLAIN_INT_BITS,
    SCALARS_IN,
    SCALARS_OUT,
    CodecError,
    is_unicode,
    number_in,
)

__all__ = [
    "MAX_BYTES",
    "MAX_INT_BITS",
    "CodecError",
    "Record",
    "decode",
    "encode",
    "from_tagged",
    "to_tagged",
]

MAX_DEPTH: Final = 40
"""A value's nesting. The tags make it at most four times deeper as JSON, which pydantic
reads to a depth of 200."""
MAX_NODES: Final = 250_000
"""Values inside a value: a million cells would take the host seconds to compare."""
MAX_BYTES: Final = 1 << 20
MAX_COLLISIONS: Final = 64
"""Keys with one hash. Numbers hash the same on every machine, so a hostile set could
make the host compare each element with each other."""


class Record:
    """A dataclass instance as data: its class's name and its fields."""

    __slots__ = ("fields", "name")

    def __init__(self, name: str, fields: Mapping[str, object]) -> None:
        self.name = name
        self.fields = dict(fields)

    def __eq__(self, other: object) -> bool:
        if type(other) is not Record:
            return NotImplemented
        return self.name == other.name and self.fields == other.fields

    def __hash__(self) -> int:
        return hash((self.name, tuple(self.fields.items())))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={value!r}" for name, value in self.fields.items())
        return f"{self.name}({fields})"


def encode(value: object, max_bytes: int = MAX_BYTES) -> bytes:
    """Raises CodecError when the value is not plain, or too large."""
    text = json.dumps(to_tagged(value), ensure_ascii=True, separators=(",", ":"))
    if len(text) > max_bytes:
        raise CodecError("size")
    return text.encode("ascii")


def decode(data: bytes, max_bytes: int = MAX_BYTES) -> Any:
    """Raises CodecError, and nothing else, for bytes that `encode` never wrote."""
    if len(data) > max_bytes:
        raise CodecError("size")
    try:
        tagged = json.loads(
            data.decode("ascii"), parse_int=_short_int, parse_constant=_no_constant
        )
    except (ValueError, RecursionError, MemoryError) as fault:
        raise CodecError("malformed") from fault
    return from_tagged(tagged)


def to_tagged(value: object) -> Any:
    """The value as JSON types; raises CodecError."""
    return _Writer().write(value, MAX_DEPTH)


def from_tagged(tagged: object) -> Any:
    """The value of parsed JSON; raises CodecError."""
    try:
        return _Reader().read(tagged, MAX_DEPTH)
    except CodecError:
        raise
    except (ValueError, TypeError, ArithmeticError, RecursionError) as fault:
        raise CodecError("malformed") from fault


def _short_int(digits: str) -> int:
    if len(digits) > len(str(-(2**PLAIN_INT_BITS))):
        raise CodecError("size")
    return int(digits)


def _no_constant(name: str) -> object:
    raise CodecError("malformed", name)


class _Bounded:
    """Counts what one value holds; raises CodecError past MAX_NODES or its depth."""

    def __init__(self) -> None:
        self._nodes = 0

    def _enter(self, depth: int) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise CodecError("size")
        if depth < 0:
            raise CodecError("depth")


class _Writer(_Bounded):
    def write(self, value: object, depth: int) -> Any:
        self._enter(depth)
        kind = type(value)
        if value is None or kind is bool:
            return value
        scalar = SCALARS_OUT.get(kind)
        if scalar is not None:
            return scalar(value)
        branch = self._BRANCHES.get(kind)
        if branch is not None:
            return branch(self, value, depth - 1)
        if kind in tables.KINDS:
            parts = self._all(tables.parts(value), depth - 1)
            return {tables.TAGS[kind]: parts}
        table = _table(value)
        if table is not None:
            return self.write(table, depth)
        if "__dataclass_fields__" in kind.__dict__:
            names = list(kind.__dict__["__dataclass_fields__"])
            fields = {name: getattr(value, name) for name in names}
            return self._record(Record(kind.__name__, fields), depth - 1)
        raise CodecError("type", kind.__name__)

    def _all(self, values: Iterable[object], depth: int) -> list[Any]:
        return [self.write(value, depth) for value in values]

    def _tuple(self, value: Any, depth: int) -> Any:
        return {"$tuple": self._all(value, depth)}

    def _set(self, value: Any, depth: int) -> Any:
        return {"$" + type(value).__name__: self._all(value, depth)}

    def _dict(self, value: Any, depth: int) -> Any:
        if all(type(key) is str and _plain_key(key) for key in value):
            return {key: self.write(one, depth) for key, one in value.items()}
        pairs = [self._all(pair, depth) for pair in value.items()]
        return {"$dict": pairs}

    def _record(self, value: Any, depth: int) -> Any:
        name = _exact_text(value.name)
        fields = {_exact_text(key): one for key, one in value.fields.items()}
        return {
            "$record": [name, {key: self.write(fields[key], depth) for key in fields}]
        }

    _BRANCHES: Final[dict[type, Callable[["_Writer", Any, int], Any]]] = {
        list: _all,
        tuple: _tuple,
        set: _set,
        frozenset: _set,
        dict: _dict,
        Record: _record,
    }


def _table(value: object) -> object:
    try:
        return tables.of_library(value, MAX_NODES)
    except ValueError as fault:
        raise CodecError("size", type(value).__name__) from fault


def _exact_text(text: object) -> str:
    if type(text) is str and is_unicode(text):
        return text
    raise CodecError("type", "field name")


def _plain_key(key: str) -> bool:
    return not key.startswith("$") and is_unicode(key)


class _Reader(_Bounded):
    def read(self, tagged: object, depth: int) -> Any:
        self._enter(depth)
        kind = type(tagged)
        if tagged is None or kind is bool or kind is str:
            return tagged
        if kind is int or kind is float:
            return number_in(tagged)
        if kind is dict:
            return self._object(tagged, depth)
        return self._all(tagged, depth - 1)

    def _object(self, tagged: Any, depth: int) -> Any:
        tag = next(iter(tagged), "")
        if not tag.startswith("$"):
            return self._plain_dict(tagged, depth - 1)
        if len(tagged) != 1:
            raise CodecError("malformed", tag)
        scalar = SCALARS_IN.get(tag)
        if scalar is not None:
            return scalar(tagged[tag])
        if tag in tables.MAKERS:
            return tables.MAKERS[tag](*self._all(tagged[tag], depth - 1))
        branch = self._BRANCHES.get(tag)
        if branch is None:
            raise CodecError("malformed", tag)
        return branch(self, tagged[tag], depth - 1)

    def _all(self, tagged: object, depth: int) -> list[Any]:
        if type(tagged) is not list:
            raise CodecError("malformed")
        return [self.read(one, depth) for one in tagged]

    def _plain_dict(self, tagged: Any, depth: int) -> Any:
        if any(key.startswith("$") for key in tagged):
            raise CodecError("malformed")
        return {key: self.read(one, depth) for key, one in tagged.items()}

    def _tuple(self, tagged: object, depth: int) -> Any:
        return tuple(self._all(tagged, depth))

    def _set(self, tagged: object, depth: int) -> Any:
        return set(_few_collisions(self._all(tagged, depth)))

    def _frozenset(self, tagged: object, depth: int) -> Any:
        return frozenset(_few_collisions(self._all(tagged, depth)))

    def _dict(self, tagged: Any, depth: int) -> Any:
        if type(tagged) is not list:
            raise CodecError("malformed", "$dict")
        pairs = [self._all(pair, depth) for pair in tagged]
        _few_collisions([key for key, _ in pairs])
        return {key: value for key, value in pairs}  # noqa: C416 - pairs, checked here

    def _record(self, tagged: Any, depth: int) -> Any:
        name, fields = tagged
        if type(name) is not str or type(fields) is not dict:
            raise CodecError("malformed", "$record")
        return Record(name, {key: self.read(fields[key], depth) for key in fields})

    _BRANCHES: Final[dict[str, Callable[["_Reader", Any, int], Any]]] = {
        "$tuple": _tuple,
        "$set": _set,
        "$frozenset": _frozenset,
        "$dict": _dict,
        "$record": _record,
    }


def _few_collisions(keys: list[Any]) -> list[Any]:
    if len(keys) > MAX_COLLISIONS:
        [(_, most)] = Counter(map(hash, keys)).most_common(1)
        if most > MAX_COLLISIONS:
            raise CodecError("size", "hash")
    return keys
