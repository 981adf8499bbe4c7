"""Values that lie about themselves, and answers that are right but for one thing."""

from typing import Final

from runner.hostile.program import (
    ACCEPTED,
    ANSWER,
    ARGUMENTS,
    EXITED,
    NOT_PLAIN,
    RETURNED,
    Gets,
    Program,
    raised,
    returns,
)
from runner.job import Call, Expectation


def _lies(name: str, source: str, gets: Gets = NOT_PLAIN) -> Program:
    return Program(name, gets, source)


def _is(name: str, value: str, asked: object = ANSWER) -> Program:
    """`value` is an expression that looks like what is asked for, and is not."""
    return Program(
        name,
        RETURNED,
        f"""
        import datetime, decimal
        def act():
            return {value}
        """,
        expected=returns(asked),
    )


PROGRAMS: Final = (
    _lies(
        "integer that equals everything",
        """
        class Liar(int):
            def __eq__(self, other): return True
            def __ne__(self, other): return False
            __hash__ = int.__hash__
        def act(): return Liar(0)
        """,
    ),
    _lies(
        "object that equals everything",
        """
        class Liar:
            def __eq__(self, other): return True
            def __ne__(self, other): return False
            def __bool__(self): return True
            def __hash__(self): return 0
        def act(): return Liar()
        """,
    ),
    _lies(
        "object that says it is an integer",
        """
        class Liar:
            __class__ = int
            def __index__(self): return 0
            def __eq__(self, other): return True
        def act(): return Liar()
        """,
    ),
    _lies(
        "anything of the mocks",
        """
        from unittest.mock import ANY
        def act(): return ANY
        """,
    ),
    _lies(
        "mock",
        """
        from unittest.mock import MagicMock
        def act():
            mock = MagicMock()
            mock.__eq__.return_value = True
            return mock
        """,
    ),
    _lies(
        "text of a kind of its own",
        """
        class Text(str):
            def __eq__(self, other): return True
            __hash__ = str.__hash__
        def act(): return Text("x")
        """,
    ),
    _lies(
        "list whose elements come from elsewhere",
        """
        class Elsewhere(list):
            def __iter__(self): return iter([1])
            def __len__(self): return 1
        def act(): return Elsewhere()
        """,
    ),
    _lies(
        "dictionary that has every key",
        """
        class Every(dict):
            def __missing__(self, key): return 987_654_321_012
            def __contains__(self, key): return True
        def act(): return Every()
        """,
    ),
    _lies(
        "liar deep in a list",
        """
        class Liar(float):
            def __eq__(self, other): return True
            __hash__ = float.__hash__
        def act(): return [[{"x": (Liar(0),)}]]
        """,
    ),
    _lies(
        "liar as the key of a dictionary",
        """
        class Liar(str):
            def __eq__(self, other): return True
            def __hash__(self): return 0
        def act(): return {Liar("x"): 1}
        """,
    ),
    _lies(
        "kind whose class of classes lies",
        """
        class Meta(type):
            def __eq__(cls, other): return True
            def __hash__(cls): return hash(int)
            def __instancecheck__(cls, one): return True
        class Liar(int, metaclass=Meta): pass
        def act(): return Liar(0)
        """,
        RETURNED,
    ),
    _lies(
        "record whose fields run code",
        """
        from dataclasses import dataclass
        @dataclass
        class Record:
            x: int = 0
            def __getattribute__(self, name):
                raise SystemExit(0)
        def act(): return Record()
        """,
        EXITED,
    ),
    _lies(
        "value that would run code when unpickled",
        """
        import os
        class Bomb:
            def __reduce__(self): return os.system, ("echo 987654321012",)
        def act(): return Bomb()
        """,
    ),
    _lies("generator", "def act():\n    yield 987_654_321_012\n"),
    _lies("coroutine", "async def act():\n    return 987_654_321_012\n"),
    _lies("iterator", "def act():\n    return iter([987_654_321_012])\n"),
    _lies("function", "def act():\n    return lambda: 987_654_321_012\n"),
    _lies("class", "def act():\n    return int\n"),
    _lies("module", "import sys\ndef act():\n    return sys\n"),
    _lies("exception, returned", "def act():\n    return ValueError('x')\n"),
    _lies("range", "def act():\n    return range(3)\n"),
    _lies(
        "number of an enumeration",
        """
        import enum
        class Answer(enum.IntEnum):
            RIGHT = 1
        def act(): return Answer.RIGHT
        """,
    ),
    _lies("fraction", "from fractions import Fraction as F\ndef act(): return F(1)\n"),
    _lies(
        "list that holds itself",
        """
        def act():
            value = []
            value.append(value)
            return value
        """,
    ),
    _lies(
        "lists in lists in lists",
        """
        def act():
            value = []
            for _ in range(500):
                value = [value]
            return value
        """,
    ),
    _lies("a million values", "def act():\n    return [0] * 1_000_000\n"),
    _lies("text of three megabytes", "def act():\n    return 'x' * 3_000_000\n"),
    _lies("integer of a million bits", "def act():\n    return 1 << 1_000_000\n"),
    _lies(
        "bytes that are counted twice",
        "def act():\n    return [bytes(900_000)] * 2\n",
    ),
    _lies(
        "type that is replaced in the codec",
        """
        import builtins
        class Liar(int): pass
        builtins.type = lambda *_: int
        def act(): return Liar(0)
        """,
        EXITED,
    ),
    _is("no value", "None"),
    _is("truth instead of one", "True", 1),
    _is("ones instead of truths", "[1, 1]", [True, True]),
    _is("float instead of an integer", "987654321012.0"),
    _is("integer instead of a float", "2", 2.0),
    _is("text of the number", "'987654321012'"),
    _is("bytes of the text", "b'text'", "text"),
    _is("number in a list", "[987_654_321_012]"),
    _is("tuple instead of a list", "(1, 2)", [1, 2]),
    _is("list instead of a set", "[1, 2]", {1, 2}),
    _is("frozen set", "frozenset({1})", {1}),
    _is("decimal instead of a float", "decimal.Decimal('1.5')", 1.5),
    _is("date and time instead of a date", "datetime.datetime(2024, 2, 29)", "2024"),
    _is("not a number", "float('nan')", 1.0),
    _is("infinity", "float('inf')", 1.0),
    _is("signalling not-a-number", "decimal.Decimal('sNaN')", 1.5),
    _is("keys that look like tags", "{'$int': '1'}", 1),
    _is("tag of a tuple", "{'$tuple': [1, 2]}", (1, 2)),
    _is("tag of a record", "{'$record': ['Point', {'x': 1}]}", {"x": 1}),
    _is("elements in another order", "[2, 1]", [1, 2]),
    _is("one element more", "[1, 2, 2]", [1, 2]),
    _is("one element less", "[1]", [1, 2]),
    _is("text of another form", "'cafe\\u0301'", "caf\u00e9"),
    _is("text with a space behind", "'text '", "text"),
    _is("two values that look alike", "'\\u0430ct'", "act"),
    Program(
        "arguments changed in place",
        ARGUMENTS,
        """
        def act(values):
            values.sort()
            return values[0]
        """,
        action=Call(function="act", args=([2, 1],)),
        expected=Expectation(returns=1, check_returns=True, args_after=([2, 1],)),
    ),
    Program(
        "arguments that can no longer be told",
        ARGUMENTS,
        """
        def act(values):
            values.append(values)
            return 1
        """,
        action=Call(function="act", args=([2, 1],)),
        expected=Expectation(returns=1, check_returns=True, args_after=([2, 1],)),
    ),
    Program(
        "answer that changes after it is given",
        RETURNED,
        """
        import threading
        kept = [0]
        def change():
            while True:
                kept[0] += 1
        def act():
            threading.Thread(target=change, daemon=True).start()
            return kept
        """,
        expected=returns([-1]),
    ),
    Program(
        "exception of the right name, not asked for",
        raised("ValueError"),
        """
        class ValueError(Exception): pass
        def act(): raise ValueError(987_654_321_012)
        """,
    ),
    Program(
        "negative zero, which equals zero",
        ACCEPTED,
        "def act(): return -0.0\n",
        expected=returns(0.0),
    ),
)
