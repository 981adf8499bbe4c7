"""In a Python of its own: what is made lasting stays so."""

import subprocess
import sys

from runner.harness.lasting import UNCOUNTED

UNTIL_HERE = """
import sys, weakref
from runner.harness.lasting import make_lasting

class Thing:
    words = ("text", b"bytes", 1.5)

make_lasting()
"""


def said(rest: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", UNTIL_HERE + rest],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def test_what_was_there_is_no_longer_counted() -> None:
    uncounted = said("""
def is_uncounted(one):
    return sys.getrefcount(one) == sys.getrefcount(None)

print(*map(is_uncounted, (Thing, Thing.words, *Thing.words, sys.modules)))
""")
    assert uncounted == [str(sys.version_info[:2] in UNCOUNTED)] * 6


def test_what_is_made_later_is_freed_as_always() -> None:
    freed = said("""
thing = Thing()
seen = weakref.ref(thing)
before = seen() is thing
del thing
print(before, seen() is None)
""")
    assert freed == ["True", "True"]
