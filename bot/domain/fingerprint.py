"""What is characteristic of a program, whatever its author called things.

    source ─► normalised tree, as tokens ─► runs of K, hashed ─► some of the hashes

Which hashes are kept is *winnowing* (Schleimer, Wilkerson and Aiken, "Winnowing: Local
Algorithms for Document Fingerprinting", SIGMOD 2003): of each W hashes in a row the
least, the rightmost of equals. So whatever two programs share in a row of K + W - 1
tokens leaves a common mark, and nothing shorter than K does.
"""

import zlib
from collections.abc import Mapping, Sequence
from typing import Final

from challenges.normalised import Token, tokens

K: Final = 10
"""Tokens of a run: about two short lines. Fewer are idioms that everybody writes."""

W: Final = 6
"""With K, whatever is shared of 15 tokens, about three lines, is found."""


def fingerprints(source: str) -> Mapping[int, tuple[int, int]]:
    """The marks of a program, each with the first and the last line of its run."""
    found: dict[int, tuple[int, int]] = {}
    for unit in tokens(source):
        hashes = [
            zlib.crc32(_said(unit[at : at + K])) for at in range(len(unit) - K + 1)
        ]
        for at in winnow(hashes):
            run = unit[at : at + K]
            lines = [one.line for one in run]
            found.setdefault(hashes[at], (min(lines), max(lines)))
    return found


def _said(run: Sequence[Token]) -> bytes:
    # What was handed in may hold half a surrogate pair.
    return " ".join(one.text for one in run).encode(errors="replace")


def winnow(hashes: Sequence[int], width: int = W) -> Sequence[int]:
    """Where the kept ones are: the least of each window, the rightmost of equals."""
    if not hashes:
        return []
    kept: list[int] = []
    for start in range(max(1, len(hashes) - width + 1)):
        window = range(start, min(start + width, len(hashes)))
        least = min(window, key=lambda at: (hashes[at], -at))
        if not kept or kept[-1] != least:
            kept.append(least)
    return kept
