"""Plain data to JSON and back, strictly: what crosses the border of a sandbox.

    JSON as it is     None, bool, int up to 63 bits, finite float, str, list,
                      dict whose keys are str and do not open with "$"
    tagged, as        {"$tuple": [1, 2]}, {"$int": "-1f…"}, {"$float": "nan"},
    {"$<tag>": …}     {"$str": base64}, {"$bytes": base64}, {"$set": […]},
                      {"$frozenset": […]}, {"$dict": [[key, value], …]},
                      {"$decimal": "1.10"}, {"$date": "2024-02-29"},
                      {"$time": ["12:00", fold]}, {"$datetime": ["…", fold]},
                      {"$timedelta": [days, seconds, microseconds]},
                      {"$record": ["Point", {"x": 1}]}

Types are exact: a subclass can lie about itself. Depth, count and size are bounded, and
whatever the bytes are, nothing but CodecError comes out. Standard library only: the
harness inside the sandbox runs this very file.
"""

import base64
import binascii
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal, InvalidOperation
from typing import Any, Final

MAX_DEPTH: Final = 40
"""A value's nesting. The tags make it at most four times deeper as JSON, which pydantic
reads to a depth of 200."""
MAX_NODES: Final = 250_000
"""Values inside a value: a million cells would take the host seconds to compare."""
MAX_INT_BITS: Final = 65_536
"""About 20,000 digits: the factorial of 6000 passes, a memory bomb does not."""
MAX_BYTES: Final = 1 << 20
MAX_DECIMAL_DIGITS: Final = 4_300
MAX_COLLISIONS: Final = 64
"""Keys with one hash. Numbers hash the same on every machine, so a hostile set could
make the host compare each element with each other."""
PLAIN_INT_BITS: Final = 63


class CodecError(ValueError):
    """`problem` is type, depth, size or malformed; `detail` a type's name, if any."""

    def __init__(self, problem: str, detail: str = "") -> None:
        super().__init__(problem, detail)
        self.problem = problem
        self.detail = detail


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
        scalar = _SCALARS_OUT.get(kind)
        if scalar is not None:
            return scalar(value)
        branch = self._BRANCHES.get(kind)
        if branch is not None:
            return branch(self, value, depth - 1)
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


def _exact_text(text: object) -> str:
    if type(text) is str and _unicode(text):
        return text
    raise CodecError("type", "field name")


def _unicode(text: str) -> bool:
    """False for lone surrogates: JSON would join two of them into another character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _plain_key(key: str) -> bool:
    return not key.startswith("$") and _unicode(key)


def _int_out(value: Any) -> Any:
    bits = value.bit_length()
    if bits > MAX_INT_BITS:
        raise CodecError("size", "int")
    return value if bits <= PLAIN_INT_BITS else {"$int": format(value, "x")}


def _float_out(value: Any) -> Any:
    if value - value == 0:
        return value
    return {"$float": repr(value)}


def _str_out(value: Any) -> Any:
    if _unicode(value):
        return value
    return {"$str": _base64(value.encode("utf-8", "surrogatepass"))}


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _decimal_out(value: Any) -> Any:
    text = str(value)
    if len(text) > MAX_DECIMAL_DIGITS:
        raise CodecError("size", "Decimal")
    return {"$decimal": text}


def _moment_out(value: Any) -> Any:
    # A named zone is told by its offset at that moment; one that cannot say its offset
    # (a time of day alone) would be lost, as `fromisoformat` loses parts of a second.
    if value.tzinfo is not None:
        offset = value.utcoffset()
        if offset is None or offset.microseconds:
            raise CodecError("type", type(value.tzinfo).__name__)
    return {"$" + type(value).__name__: [value.isoformat(), value.fold]}


_SCALARS_OUT: Final[dict[type, Callable[[Any], Any]]] = {
    int: _int_out,
    float: _float_out,
    str: _str_out,
    bytes: lambda value: {"$bytes": _base64(value)},
    Decimal: _decimal_out,
    date: lambda value: {"$date": value.isoformat()},
    time: _moment_out,
    datetime: _moment_out,
    timedelta: lambda value: {
        "$timedelta": [value.days, value.seconds, value.microseconds]
    },
}


class _Reader(_Bounded):
    def read(self, tagged: object, depth: int) -> Any:
        self._enter(depth)
        kind = type(tagged)
        if tagged is None or kind is bool or kind is str:
            return tagged
        if kind is int or kind is float:
            return _number_in(tagged)
        if kind is dict:
            return self._object(tagged, depth)
        return self._all(tagged, depth - 1)

    def _object(self, tagged: Any, depth: int) -> Any:
        tag = next(iter(tagged), "")
        if not tag.startswith("$"):
            return self._plain_dict(tagged, depth - 1)
        if len(tagged) != 1:
            raise CodecError("malformed", tag)
        scalar = _SCALARS_IN.get(tag)
        if scalar is not None:
            return scalar(tagged[tag])
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


def _number_in(tagged: Any) -> Any:
    # JSON allows 1e999; only the tag may say inf.
    if tagged - tagged != 0:
        raise CodecError("malformed", "float")
    if type(tagged) is int and tagged.bit_length() > PLAIN_INT_BITS:
        raise CodecError("size", "int")
    return tagged


def _int_in(tagged: Any) -> Any:
    if len(tagged) > MAX_INT_BITS // 4 + 1:
        raise CodecError("size", "int")
    return int(tagged, 16)


def _float_in(tagged: Any) -> Any:
    if tagged not in {"nan", "inf", "-inf"}:
        raise CodecError("malformed", "$float")
    return float(tagged)


def _bytes_in(tagged: Any) -> bytes:
    try:
        return base64.b64decode(tagged, validate=True)
    except binascii.Error as fault:
        raise CodecError("malformed", "base64") from fault


def _decimal_in(tagged: Any) -> Any:
    if type(tagged) is not str or len(tagged) > MAX_DECIMAL_DIGITS:
        raise CodecError("size", "Decimal")
    try:
        return Decimal(tagged)
    except InvalidOperation as fault:
        raise CodecError("malformed", "$decimal") from fault


def _fixed(moment: Any, fold: Any) -> Any:
    if type(fold) is not int:
        raise CodecError("malformed", "fold")
    zone = moment.tzinfo
    if zone is not None and type(zone) is not timezone:
        raise CodecError("malformed", "tzinfo")
    return moment.replace(fold=fold)


def _moment_in(kind: Any, tagged: Any) -> Any:
    text, fold = tagged
    return _fixed(kind.fromisoformat(text), fold)


def _timedelta_in(tagged: Any) -> Any:
    days, seconds, microseconds = tagged
    if not (type(days) is type(seconds) is type(microseconds) is int):
        raise CodecError("malformed", "$timedelta")
    return timedelta(days=days, seconds=seconds, microseconds=microseconds)


_SCALARS_IN: Final[dict[str, Callable[[Any], Any]]] = {
    "$int": _int_in,
    "$float": _float_in,
    "$str": lambda tagged: _bytes_in(tagged).decode("utf-8", "surrogatepass"),
    "$bytes": _bytes_in,
    "$decimal": _decimal_in,
    "$date": date.fromisoformat,
    "$time": lambda tagged: _moment_in(time, tagged),
    "$datetime": lambda tagged: _moment_in(datetime, tagged),
    "$timedelta": _timedelta_in,
}
