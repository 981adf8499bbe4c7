import json
from collections import Counter, OrderedDict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import IntEnum
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runner import codec
from runner.checkers import equal
from runner.codec import CodecError, Record, decode, encode

ZONES = st.integers(-23 * 3600, 23 * 3600).map(
    lambda seconds: timezone(timedelta(seconds=seconds))
)
SURROGATES = st.characters(categories=["Cs"])
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(2**3000), 2**3000)
    | st.floats()
    | st.text()
    | st.text(SURROGATES | st.characters())
    | st.binary()
    | st.decimals(allow_nan=False)
    | st.dates()
    | st.timedeltas()
    | st.times(timezones=st.none() | ZONES)
    | st.datetimes(timezones=st.none() | ZONES)
)
HASHABLE = st.recursive(
    SCALARS, lambda inner: st.tuples(inner, inner) | st.frozensets(inner), max_leaves=5
)
RECORDS = st.builds(
    Record, st.just("Point"), st.dictionaries(st.sampled_from("xyz"), SCALARS)
)
PLAIN = st.recursive(
    SCALARS | RECORDS,
    lambda inner: (
        st.lists(inner)
        | st.tuples(inner)
        | st.sets(HASHABLE)
        | st.frozensets(HASHABLE)
        | st.dictionaries(HASHABLE, inner)
        | st.dictionaries(st.text("$abc"), inner)
    ),
    max_leaves=12,
)
TAGS = st.sampled_from(
    [
        "$tuple",
        "$int",
        "$float",
        "$str",
        "$bytes",
        "$set",
        "$frozenset",
        "$dict",
        "$decimal",
        "$date",
        "$time",
        "$datetime",
        "$timedelta",
        "$record",
        "$unknown",
        "x",
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(TAGS, inner, max_size=2),
    max_leaves=12,
)


# A busy machine is no failure.
@settings(deadline=None)
@given(PLAIN)
def test_every_plain_value_comes_back_as_it_went(value: object) -> None:
    assert equal(value, decode(encode(value)), {})


# A busy machine is no failure.
@settings(deadline=None)
@given(st.binary() | JSON.map(lambda tagged: json.dumps(tagged).encode()))
def test_hostile_bytes_raise_nothing_but_codec_error(data: bytes) -> None:
    try:
        value = decode(data)
    except CodecError:
        return
    encode(value)


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000,
        b'{"$tuple":' * 50_000,
        b"1" * 10_000,
        b'{"$int":"' + b"f" * 100_000 + b'"}',
        b"1e999",
        b"NaN",
        b'{"$float":"1.0"}',
        b'{"$set":[[]]}',
        b'{"$set":1}',
        b'{"$dict":[[1]]}',
        b'{"$dict":[[{},1]]}',
        b'{"$date":1}',
        b'{"$datetime":["2024-01-01"]}',
        b'{"$datetime":["2024-01-01",7]}',
        b'{"$timedelta":[1e9,0,0]}',
        b'{"$timedelta":[9999999999,0,0]}',
        b'{"$decimal":"' + b"1" * 10_000 + b'"}',
        b'{"$bytes":"*"}',
        b'{"$record":["P",[]]}',
        b'{"$tuple":[],"$set":[]}',
        b'{"a":1,"$set":[]}',
        b"[" + b"0," * 300_000 + b"0]",
        b'"' + b"x" * (codec.MAX_BYTES + 1) + b'"',
        "é".encode(),
        b"",
    ],
)
def test_malformed_or_oversized_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(CodecError):
        decode(data)


def test_a_set_whose_hashes_collide_is_refused() -> None:
    modulus = 2**61 - 1
    colliding = [{"$int": format(n * modulus, "x")} for n in range(1, 200)]
    with pytest.raises(CodecError) as refused:
        decode(json.dumps({"$set": colliding}).encode())
    assert refused.value.problem == "size"


class Sly(int):
    pass


class Colour(IntEnum):
    RED = 1


@pytest.mark.parametrize(
    "value",
    [
        Sly(3),
        Colour.RED,
        Counter("ab"),
        OrderedDict(a=1),
        (i for i in range(3)),
        object(),
        len,
        int,
        complex(1, 2),
        bytearray(b"x"),
        range(3),
        [Sly(3)],
        {Sly(3): 1},
        time(12, tzinfo=ZoneInfo("Europe/Madrid")),
    ],
)
def test_what_is_not_exactly_plain_is_refused(value: object) -> None:
    with pytest.raises(CodecError) as refused:
        encode(value)
    assert refused.value.problem == "type"


def test_a_value_within_itself_is_refused() -> None:
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(CodecError) as refused:
        encode(loop)
    assert refused.value.problem == "depth"


def test_an_int_past_the_bound_is_refused_on_both_ways() -> None:
    widest = 2**codec.MAX_INT_BITS - 1
    assert decode(encode(widest)) == widest
    with pytest.raises(CodecError):
        encode(widest + 1)


def test_a_dataclass_travels_as_a_record() -> None:
    @dataclass
    class Point:
        x: int
        y: tuple[int, ...] = ()

    assert decode(encode(Point(1, (2,)))) == Record("Point", {"x": 1, "y": (2,)})


def test_a_moment_in_a_named_zone_travels_with_its_offset() -> None:
    summer = datetime(2024, 7, 1, 12, tzinfo=ZoneInfo("Europe/Madrid"))
    back = decode(encode(summer))
    assert back == summer
    assert back.tzinfo == timezone(timedelta(hours=2))


def test_tags_read_as_documented() -> None:
    value = {
        "when": datetime(2024, 2, 29, tzinfo=UTC),
        "day": date(2024, 2, 29),
        "price": Decimal("1.10"),
        "pair": (1, 2),
    }
    assert json.loads(encode(value)) == {
        "when": {"$datetime": ["2024-02-29T00:00:00+00:00", 0]},
        "day": {"$date": "2024-02-29"},
        "price": {"$decimal": "1.10"},
        "pair": {"$tuple": [1, 2]},
    }


def test_an_offset_of_parts_of_a_second_is_refused_and_not_lost() -> None:
    zone = timezone(timedelta(microseconds=1))
    with pytest.raises(CodecError):
        encode(datetime(2000, 1, 1, tzinfo=zone))
