"""What leaves marks, what does not, and which submissions are alike."""

import ast
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.fingerprint import K, W, fingerprints, winnow
from bot.domain.similarity import COMMONPLACE, Alike, Compared, alike
from challenges.normalised import tokens

ORIGINAL = '''
"""Totals of a till."""
import csv

def read_rows(path: str) -> list[dict[str, str]]:
    """All rows."""
    rows = []
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            if row["amount"] and not row["void"]:
                rows.append({"day": row["day"], "amount": row["amount"]})
    return rows

def totals(rows):
    found = {}
    for row in rows:
        day = row["day"]
        found[day] = found.get(day, 0) + int(row["amount"])
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))[:10]
'''

COPY = """
import csv

def add_up(lines):
    # Mine!
    result = {}
    for line in lines:
        d = line["dia"]
        result[d] = result.get(d, 100) + int(line["importe"])
    return sorted(result.items(), key=lambda pair: (-pair[1], pair[0]))[:5]

def load(name):
    out = []
    with open(name, newline="x") as handle:
        for entry in csv.DictReader(handle):
            if entry["importe"] and not entry["nulo"]:
                out.append({"dia": entry["dia"], "importe": entry["importe"]})
    return out
"""

OTHER = """
from collections import Counter
from pathlib import Path

def totals(path):
    counter = Counter()
    header, *lines = Path(path).read_text().splitlines()
    names = header.split(",")
    for line in lines:
        values = dict(zip(names, line.split(","), strict=True))
        match values:
            case {"void": ""}:
                counter.update({values["day"]: int(values["amount"])})
    return [pair for pair in counter.most_common() if pair[1] > 0]
"""


def compared(*sources: str) -> list[Compared]:
    return [
        Compared(id=f"s{n}", member_id=n, source=source)
        for n, source in enumerate(sources)
    ]


def found(*sources: str, known: Sequence[str] = ()) -> list[tuple[str, str]]:
    pairs = alike(compared(*sources), known=known)
    return [(one.one.id, one.other.id) for one in pairs]


hashes = st.lists(st.integers(0, 20), max_size=60)


@given(hashes, hashes, st.lists(st.integers(0, 20), min_size=W, max_size=20), hashes)
def test_what_two_share_in_a_window_leaves_a_common_mark(
    before: list[int], after: list[int], shared: list[int], elsewhere: list[int]
) -> None:
    left, right = [*before, *shared, *after], [*elsewhere, *shared]
    kept_left = {left[at] for at in winnow(left)}
    kept_right = {right[at] for at in winnow(right)}
    assert kept_left & kept_right & set(shared)


@given(st.lists(st.integers(), max_size=80))
def test_no_window_is_without_a_mark_and_marks_are_few(some: list[int]) -> None:
    kept = winnow(some)
    assert kept == sorted(set(kept))
    for start in range(len(some) - W + 1):
        assert any(start <= at < start + W for at in kept)


def test_names_literals_docstrings_annotations_and_order_leave_no_trace() -> None:
    assert fingerprints(ORIGINAL).keys() == fingerprints(COPY).keys()


def test_a_copy_is_found_with_what_both_have_and_others_are_not() -> None:
    (pair,) = alike(compared(ORIGINAL, OTHER, COPY))
    assert isinstance(pair, Alike)
    assert (pair.one.id, pair.other.id, pair.share) == ("s0", "s2", 1.0)
    lines = ORIGINAL.splitlines()
    shown = "\n".join(
        line for first, last in pair.lines for line in lines[first - 1 : last]
    )
    assert "csv.DictReader(file)" in shown
    assert "found.get(day, 0)" in shown


def test_what_everybody_has_from_the_challenge_is_no_likeness() -> None:
    assert found(ORIGINAL, COPY, known=[ORIGINAL]) == []


def test_what_many_write_is_how_one_solves_it() -> None:
    assert found(*[ORIGINAL] * COMMONPLACE) != []
    assert found(*[ORIGINAL] * (COMMONPLACE + 1)) == []


def test_short_solutions_are_not_compared() -> None:
    short = "def add(a, b):\n    return sum([a, b]) if a else b\n"
    assert found(short, short) == []


@pytest.mark.parametrize(
    "source",
    [
        "",
        "def broken(:\n    return",
        "print 'two'\nexec 'x = 1'\n" * 40,
        "type Pair[T] = tuple[T, T]\n" * 20,
        "(" * 20_000 + ")" * 20_000,
        "-" * 60_000 + "1",
        "x" + ".a" * 30_000,
        "1" + "+1" * 30_000,
        "[" * 200 + "]" * 200,
        "if x:\n" + "".join(" " * n + "if x:\n" for n in range(1, 90)),
        "x = '\\d'\n\x00",
        "\ud800 = 1\n" * 50,
        "f(" * 90 + ")" * 90,
        "lambda: " * 5_000 + "0",
        "a = 1\n" * 10_000,
    ],
    ids=range(15),
)
def test_no_hostile_source_falls_over(source: str) -> None:
    assert tokens(source)
    fingerprints(source)
    found(source, source)


def test_another_pythons_syntax_is_compared_word_by_word() -> None:
    old = "def f(a, b):\n    for x in a:\n        print x, len(b)\n" * 3
    with pytest.raises(SyntaxError):
        ast.parse(old)
    renamed = old.replace("a", "q").replace("x", "z").replace("zp", "xp")
    assert fingerprints(old).keys() == fingerprints(renamed).keys()
    assert len(fingerprints(old)) * K > 0
