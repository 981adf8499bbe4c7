"""Scalars to JSON and back; the table of their tags stands in `runner.codec`."""

import base64
import binascii
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal, InvalidOperation
from typing import Any, Final

MAX_INT_BITS: Final = 65_536
"""About 20,000 digits: the factorial of 6000 passes, a memory bomb does not."""
MAX_DECIMAL_DIGITS: Final = 4_300
PLAIN_INT_BITS: Final = 63


class CodecError(ValueError):
    """`problem` is type, depth, size or malformed; `detail` a type's name, if any."""

    def __init__(self, problem: str, detail: str = "") -> None:
        super().__init__(problem, detail)
        self.problem = problem
        self.detail = detail


def is_unicode(text: str) -> bool:
    """False for lone surrogates: JSON would join two of them into another character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


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
    if is_unicode(value):
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


SCALARS_OUT: Final[dict[type, Callable[[Any], Any]]] = {
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


def number_in(tagged: Any) -> Any:
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


SCALARS_IN: Final[dict[str, Callable[[Any], Any]]] = {
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
