"""Objects that no fork writes to, because their references are not counted.

Python counts references inside the objects, so a forked process that only looks at
one writes to it, and the kernel must copy its page: six hundred of them for the least
of submissions. From 3.12 on, Python has objects that it does not count (PEP 683): None,
and others that have None's number. Here all that the zygote made before its first fork
gets that number. None of it was ever to be freed; what comes later is counted.
"""

import ctypes
import gc
import sys
from collections.abc import Iterator
from types import CodeType
from typing import Final

UNCOUNTED: Final = ((3, 12), (3, 13))
"""Versions in which the count is one word that says nothing else."""


def make_lasting() -> None:
    """Whatever there is now; nothing where this Python is built otherwise."""
    none = ctypes.c_ssize_t.from_address(id(None)).value
    if sys.version_info[:2] not in UNCOUNTED or sys.getrefcount(None) != none:
        return
    for one in _everything():
        ctypes.c_ssize_t.from_address(id(one)).value = none


def _everything() -> Iterator[object]:
    """Some of it more than once."""
    todo = gc.get_objects()
    while todo:
        one = todo.pop()
        yield one
        # What the collector tracks is in its list already.
        todo += [inner for inner in _within(one) if not gc.is_tracked(inner)]


def _within(one: object) -> list[object]:
    if type(one) is CodeType:
        return [one.co_consts, one.co_names]
    return gc.get_referents(one)
