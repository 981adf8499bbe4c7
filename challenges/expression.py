"""Python expressions that challenges' cases are written in, read without running them.

Only literals and the few calls of FORMAT.md are known; everything else is refused, so
that no text can do more than describe a value.
"""

import ast
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from challenges.errors import InvalidExpression
from runner import tables

# Far beyond what a person reads as a case, and small enough to parse at once.
MAX_LENGTH = 65_536

_FLOATS = ("nan", "inf", "-inf")


@dataclass(frozen=True, kw_only=True)
class ParsedCall:
    function: str
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]


def parse_value(text: str) -> Any:
    """Raises InvalidExpression."""
    return _value(_parse(text))


def parse_call(text: str) -> ParsedCall:
    """Raises InvalidExpression."""
    node = _parse(text)
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        raise InvalidExpression("must be a call of one function by its name")
    args, kwargs = _arguments(node)
    return ParsedCall(function=node.func.id, args=tuple(args), kwargs=kwargs)


def argument_texts(call: str) -> tuple[str, ...]:
    """The positional arguments of a call as its author wrote them."""
    node = _parse(call)
    args = node.args if isinstance(node, ast.Call) else []
    return tuple(ast.get_source_segment(call.strip(), arg) or "" for arg in args)


def _parse(text: str) -> ast.expr:
    if len(text) > MAX_LENGTH:
        raise InvalidExpression(f"is longer than {MAX_LENGTH} characters")
    try:
        return ast.parse(text.strip(), mode="eval").body
    except SyntaxError as error:
        raise InvalidExpression(f"is not a Python expression: {error.msg}") from None
    except (ValueError, RecursionError, MemoryError):
        raise InvalidExpression("is not a Python expression") from None


def _value(node: ast.expr) -> Any:
    try:
        return _evaluated(node)
    except RecursionError:
        raise InvalidExpression("is nested too deeply") from None


def _evaluated(node: ast.expr) -> Any:
    match node:
        case ast.Constant(value=value) if _is_plain(value):
            return value
        case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=operand):
            return _signed(sign, operand)
        case ast.List(elts=items):
            return [_value(item) for item in items]
        case ast.Tuple(elts=items):
            return tuple(_value(item) for item in items)
        case ast.Set(elts=items):
            return _hashed(set, (_value(item) for item in items))
        case ast.Dict(keys=keys, values=values):
            return _dict(keys, values)
        case ast.Call():
            return _made(node)
        case ast.Name() | ast.Attribute():
            return _named(node)
        case _:
            raise InvalidExpression(f"`{_shown(node)}` is not a plain value")


def _is_plain(value: object) -> bool:
    return value is None or type(value) in (bool, int, float, str, bytes)


def _signed(sign: ast.unaryop, operand: ast.expr) -> int | float:
    # `-inf` is how Python itself writes it.
    number = None
    if isinstance(operand, ast.Constant | ast.Name):
        number = _value(operand)
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise InvalidExpression(f"`{_shown(operand)}` takes no sign")
    return -number if isinstance(sign, ast.USub) else number


def _dict(keys: list[ast.expr | None], values: list[ast.expr]) -> Any:
    pairs = []
    for key, value in zip(keys, values, strict=True):
        if key is None:
            raise InvalidExpression("`**` is not allowed")
        pairs.append((_value(key), _value(value)))
    return _hashed(dict, pairs)


def _hashed(maker: Callable[[Iterable[Any]], Any], items: Iterable[Any]) -> Any:
    items = list(items)
    try:
        return maker(items)
    except TypeError:
        raise InvalidExpression("holds a key or member that cannot be hashed") from None


def _made(node: ast.Call) -> Any:
    name = _shown(node.func)
    maker = _MAKERS.get(name)
    if maker is None:
        raise InvalidExpression(f"`{name}(…)` is not a known value")
    args, kwargs = _arguments(node)
    try:
        return maker(*args, **kwargs)
    except (TypeError, ValueError, ArithmeticError, InvalidOperation) as error:
        raise InvalidExpression(f"`{_shown(node)}`: {error}") from None


def _arguments(node: ast.Call) -> tuple[list[Any], dict[str, Any]]:
    kwargs: dict[str, Any] = {}
    for keyword in node.keywords:
        if keyword.arg is None:
            raise InvalidExpression("`**` is not allowed")
        kwargs[keyword.arg] = _value(keyword.value)
    return [_value(arg) for arg in node.args], kwargs


def _named(node: ast.expr) -> Any:
    name = _shown(node)
    if name not in _NAMES:
        raise InvalidExpression(f"the name `{name}` is not known")
    return _NAMES[name]


def _shown(node: ast.expr) -> str:
    try:
        text = ast.unparse(node)
    except RecursionError:
        return "…"
    return text if len(text) <= 60 else text[:59] + "…"  # noqa: PLR2004 (one line)


def _float(text: Any) -> float:
    if text not in _FLOATS:
        raise ValueError(f"float() takes one of {', '.join(_FLOATS)}")
    return float(text)


def _decimal(text: Any) -> Decimal:
    if type(text) is not str:
        raise TypeError("Decimal() takes a string")
    return Decimal(text)


def _set(items: Any = ()) -> set[Any]:
    return set(_collection(items))


def _frozenset(items: Any = ()) -> frozenset[Any]:
    return frozenset(_collection(items))


def _collection(items: Any) -> Iterable[Any]:
    if type(items) not in (list, tuple, set):
        raise TypeError("takes a list, a tuple or a set")
    return items  # type: ignore[no-any-return]


def _with_module(makers: Mapping[str, Any]) -> Mapping[str, Any]:
    """`datetime.date(…)` is how Python itself writes a date."""
    return {**makers, **{f"datetime.{name}": maker for name, maker in makers.items()}}


_MAKERS: Mapping[str, Callable[..., Any]] = {
    "set": _set,
    "frozenset": _frozenset,
    "Decimal": _decimal,
    "float": _float,
    "array": tables.array,
    "series": tables.series,
    "frame": tables.frame,
    **_with_module(
        {
            "date": dt.date,
            "time": dt.time,
            "datetime": dt.datetime,
            "timedelta": dt.timedelta,
            "timezone": dt.timezone,
        }
    ),
}

_NAMES: Mapping[str, Any] = {
    "nan": float("nan"),
    "inf": float("inf"),
    **_with_module({"timezone.utc": dt.UTC}),
}
