"""Submissions that solve nothing, and that no challenge may accept."""

from collections.abc import Mapping

from challenges.challenge import Challenge, Kind
from runner.job import Call

_BODIES: Mapping[str, str] = {
    "returns None": "return None",
    "echoes its input": "return args[0] if args else None",
    "returns an object equal to everything": "return Anything()",
    "exits with status 0": "os._exit(0)",
    "prints the pass marker": "print('OK: all tests passed'); return True",
}

_PRELUDE = """\
import os


class Anything:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __hash__(self):
        return 0

    def __bool__(self):
        return True


def cheat(*args, **kwargs):
    {body}
"""

_PROGRAMS: Mapping[str, str] = {
    "prints nothing": "pass\n",
    "echoes its input": "import sys\nprint(sys.stdin.read(), end='')\n",
    "exits with status 0": "import os\nos._exit(0)\n",
    "prints the pass marker": "print('OK: all tests passed')\n",
}


_SUITES: Mapping[str, str] = {
    "has no tests": "pass\n",
    "tests nothing": "def test_nothing():\n    assert True\n",
    "always fails": "def test_all():\n    assert False\n",
    "exits with status 0": "import os\nos._exit(0)\n",
    "fails by chance": "import os\ndef test():\n    assert os.urandom(1)[0] % 2\n",
}

_ARTIFACTS: Mapping[str, str] = {
    "says nothing": "\n",
    "prints the pass marker": "OK: all tests passed\n",
    "is a number": "0\n",
    "opens brackets": "{[(\n",
}

_PLAIN: Mapping[Kind, Mapping[str, str]] = {
    Kind.PROGRAM: _PROGRAMS,
    Kind.TESTS: _SUITES,
    Kind.ARTIFACT: _ARTIFACTS,
}


def cheats(challenge: Challenge) -> Mapping[str, str]:
    """What each does, and its source."""
    plain = _PLAIN.get(challenge.kind)
    if plain is not None:
        return plain
    return {
        name: _PRELUDE.format(body=body) + _names(challenge)
        for name, body in _BODIES.items()
    }


def _names(challenge: Challenge) -> str:
    called = {
        case.action.function
        for case in challenge.cases
        if isinstance(case.action, Call)
    }
    if called:
        return "".join(f"\n\n{name} = cheat" for name in sorted(called)) + "\n"
    # A scenario may look for any name.
    return "\n\ndef __getattr__(name):\n    return cheat\n"
