"""Which accepted submissions are more alike than chance and the challenge explain.

It says where to look, and never what happened: two people may have learnt from the same
page, or sat side by side. So it is for organisers' eyes, and nothing follows by itself.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from bot.domain.fingerprint import fingerprints

LEAST_MARKS: Final = 8
"""Of its own, after what is commonplace: with fewer, small solutions are all alike."""

COMMONPLACE: Final = 4
"""Marks in more than so many people's submissions are how one solves it."""

THRESHOLD: Final = 0.6
"""Of the smaller one's own marks. The eleven pairs of accepted samples in the
catalogue, written to differ, share 12 % at the most; a copy with other names, all."""

MOST_PAIRS: Final = 25


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Somebody's accepted submission."""

    id: str
    member_id: int
    source: str


@dataclass(frozen=True, kw_only=True)
class Alike:
    one: Compared
    other: Compared
    share: float
    """Of the marks of the smaller one that are its own, 0 to 1."""
    lines: tuple[tuple[int, int], ...]
    """Stretches of `one` that `other` has too, in order, joined where they touch."""
    other_lines: tuple[tuple[int, int], ...]


def alike(
    compared: Sequence[Compared],
    *,
    known: Iterable[str] = (),
    threshold: float = THRESHOLD,
) -> Sequence[Alike]:
    """The pairs, most alike first.

    `known` are sources that everybody has: the starter and the accepted samples.
    """
    baseline = {mark for source in known for mark in fingerprints(source)}
    marks = {one.id: fingerprints(one.source) for one in compared}
    having = Counter(mark for of_one in marks.values() for mark in of_one)
    own = {
        key: {
            mark
            for mark in of_one
            if mark not in baseline and having[mark] <= COMMONPLACE
        }
        for key, of_one in marks.items()
    }
    by_mark: defaultdict[int, list[str]] = defaultdict(list)
    for key, of_one in own.items():
        if len(of_one) >= LEAST_MARKS:
            for mark in of_one:
                by_mark[mark].append(key)
    # At most COMMONPLACE have a mark, so that pairs are few, however many hand in.
    shared: Counter[tuple[str, str]] = Counter()
    for keys in by_mark.values():
        shared.update(combinations(sorted(keys), 2))
    by_id = {one.id: one for one in compared}
    found = [
        _alike(by_id[left], by_id[right], own, marks)
        for (left, right), count in shared.items()
        if count / min(len(own[left]), len(own[right])) >= threshold
    ]
    return sorted(found, key=lambda one: (-one.share, one.one.id))[:MOST_PAIRS]


def _alike(
    one: Compared,
    other: Compared,
    own: Mapping[str, set[int]],
    marks: Mapping[str, Mapping[int, tuple[int, int]]],
) -> Alike:
    both = own[one.id] & own[other.id]
    return Alike(
        one=one,
        other=other,
        share=len(both) / min(len(own[one.id]), len(own[other.id])),
        lines=_joined(marks[one.id][mark] for mark in both),
        other_lines=_joined(marks[other.id][mark] for mark in both),
    )


def _joined(stretches: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for first, last in sorted(stretches):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return tuple(joined)
