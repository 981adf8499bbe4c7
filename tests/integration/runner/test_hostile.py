"""Programs that lie, pry or stay; each with what it must get."""

import pytest

from runner.harness.launch import ENVIRONMENT
from runner.job import Expectation
from runner.report import Reason
from runner.sandbox import Sandbox
from runner.verdict import Verdict
from tests.integration.runner.given import (
    calls,
    case_of,
    raises,
    report_of,
    runs,
    scene,
)

ANSWER = 987_654_321_012
SECRET = f"the answer is {ANSWER}"


@pytest.mark.parametrize(
    "source",
    [
        """
        class Liar(int):
            def __eq__(self, other): return True
            __hash__ = int.__hash__
        def answer(): return Liar(0)
        """,
        """
        class Liar:
            def __eq__(self, other): return True
            def __ne__(self, other): return False
            def __bool__(self): return True
        def answer(): return Liar()
        """,
        "class Text(str): pass\ndef answer(): return Text('x')\n",
        "from unittest.mock import ANY as answer_is\ndef answer(): return answer_is\n",
        "def answer(): return (n for n in range(9))\n",
        "def answer(): return None\n",
        "def answer(): return [987654321012]\n",
        "def answer(): return '987654321012'\n",
        "def answer(): return 987654321012.0\n",
    ],
)
async def test_a_lying_value_never_passes(sandbox: Sandbox, source: str) -> None:
    case = await case_of(sandbox, source, calls("answer", returns=ANSWER))
    assert case.verdict is Verdict.WRONG_ANSWER


@pytest.mark.parametrize(
    "body",
    [
        # What the channel looks like is public; the answer is what nobody knows.
        "os.write(3, frame({'ending': 'returned', 'value': 1})); os._exit(0)",
        "os.write(3, b'accepted'); os._exit(0)",
        "os.write(3, frame({'ending': 'accepted'})); os._exit(0)",
        "os.write(3, frame([])); os._exit(0)",
        "os.write(3, frame({'ending': 'returned', 'value': {'$set': 1}})); os._exit(0)",
        "[os.write(3, frame({'ending': 'returned', 'value': n})) for n in range(99)]",
        "os.write(3, b'\\xff' * 10_000_000)",
        "os.close(3)",
        'os.write(1, b\'{"verdict": "accepted"}\'); os._exit(0)',
        "import sys; sys.modules['runner.codec'].encode = lambda *_: b'[]'",
        "import runner.harness.child as c; c._send = lambda _: os.write(3, b'\\0' * 9)",
    ],
)
async def test_a_forged_answer_never_passes(sandbox: Sandbox, body: str) -> None:
    source = f"""
        import json, os, struct
        def frame(claim):
            text = json.dumps(claim).encode()
            return struct.pack("!I", len(text)) + text
        def answer():
            {body}
    """
    report = await report_of(
        sandbox,
        source,
        calls("answer", returns=ANSWER),
        calls("answer", raises=raises("ValueError")),
    )
    assert all(case.verdict is not Verdict.ACCEPTED for case in report.cases)
    assert report.verdict is not Verdict.JUDGE_ERROR


async def test_the_hosts_channel_is_not_among_the_childs_descriptors(
    sandbox: Sandbox,
) -> None:
    source = """
        import os
        def descriptors():
            found = []
            for number in range(256):
                try:
                    os.fstat(number)
                except OSError:
                    continue
                found.append(number)
            return found
    """
    case = await case_of(sandbox, source, calls("descriptors", returns=[0, 1, 2, 3]))
    assert case.verdict is Verdict.ACCEPTED


async def test_what_is_expected_is_nowhere_in_the_sandbox(sandbox: Sandbox) -> None:
    source = """
        import gc, os, re, sys
        # A pattern that does not find itself.
        SECRET = "the answer i[s] 98"

        def in_memory(path):
            with open(path + "/maps") as maps, open(path + "/mem", "rb", 0) as memory:
                for line in maps:
                    span, modes = line.split()[:2]
                    low, high = (int(end, 16) for end in span.split("-"))
                    if "r" not in modes or high > 1 << 63 or "[v" in line:
                        continue
                    memory.seek(low)
                    try:
                        content = memory.read(high - low)
                    except OSError:
                        continue
                    if re.search(SECRET.encode(), content):
                        return True
            return False

        def look(*_):
            found = ["".join(os.environ.values()), str(sys.argv)]
            frame = sys._getframe()
            while frame:
                found.append(str(frame.f_locals)[:100_000])
                frame = frame.f_back
            found += [str(one)[:500] for one in gc.get_objects() if type(one) is str]
            seen = any(re.search(SECRET, text) for text in found)
            return [seen, in_memory("/proc/self")]
    """
    report = await report_of(
        sandbox,
        source,
        calls("look", returns=[False, False]),
        # As an argument it is found: so the search does work.
        calls("look", SECRET, returns=[True, True]),
        calls("look", returns=SECRET),
        calls("look", raises=raises("ValueError", SECRET)),
        calls("look", prints=SECRET),
    )
    assert [case.got for case in report.cases] == [
        "[False, False]",
        "[True, True]",
        *["[False, False]"] * 2,
        "",
    ]


async def test_another_cases_arguments_are_not_in_the_childs_memory(
    sandbox: Sandbox,
) -> None:
    source = """
        import re
        def look(word):
            memory = open("/proc/self/mem", "rb", 0)
            for line in open("/proc/self/maps"):
                span, modes = line.split()[:2]
                low, high = (int(end, 16) for end in span.split("-"))
                if "rw" in modes and high < 1 << 63:
                    memory.seek(low)
                    # A pattern that does not find itself.
                    if re.search(b"secre[t] 46", memory.read(high - low)):
                        return True
            return False
    """
    report = await report_of(
        sandbox,
        source,
        calls("look", "secret 46", returns=True),
        calls("look", "nothing", returns=False),
        calls("look", "nothing at all", returns=False),
        calls("look", "secret 46", returns=True),
    )
    assert [case.got for case in report.cases] == ["True", "False", "False", "True"]


async def test_state_does_not_leak_from_one_case_to_the_next(sandbox: Sandbox) -> None:
    source = """
        import builtins, os, pathlib, tempfile
        seen = []
        PLACES = [
            "here.txt", os.path.join(tempfile.gettempdir(), "x"), "../x", "data/x"
        ]
        def visit():
            seen.append(1)
            builtins.count = getattr(builtins, "count", 0) + 1
            os.environ["VISITED"] = os.environ.get("VISITED", "") + "x"
            for place in PLACES:
                with open(place, "a") as file:
                    file.write("x")
            sizes = [os.path.getsize(place) for place in PLACES]
            return [len(seen), builtins.count, os.environ["VISITED"], sizes]
    """
    visit = calls("visit", returns=[1, 1, "x", [1, 1, 1, 1]])
    report = await report_of(sandbox, source, visit, visit, data={"x": b""})
    assert report.verdict is Verdict.ACCEPTED, report.cases


async def test_a_scenario_is_loaded_before_the_submission_can_tamper(
    sandbox: Sandbox,
) -> None:
    case = await case_of(
        sandbox,
        """
        import builtins
        builtins.sum = lambda _: 3
        prices = []
        """,
        scene("total", returns=3),
        scenario="add = sum\ndef total(module):\n    return add(module.prices)\n",
    )
    assert (case.verdict, case.got) == (Verdict.WRONG_ANSWER, "0")


@pytest.mark.parametrize(
    "text",
    [
        "'\\ud800'",
        "'\\0'",
        "'@everyone <!channel> \\x1b[31m```'",
        "'x' * 10_000_000",
        "b'\\xff\\xfe'.decode('latin-1')",
    ],
)
async def test_hostile_text_is_reported_bounded_and_storable(
    sandbox: Sandbox, text: str
) -> None:
    source = f"""
        def say(): return {text}
        def cry(): raise ValueError({text})
        def write():
            import sys
            sys.stdout.buffer.write(({text})[:50].encode("utf-8", "surrogatepass"))
    """
    report = await report_of(
        sandbox,
        source,
        calls("say", returns="other"),
        calls("cry", returns="other"),
        calls("write", prints="other"),
    )
    assert all(case.verdict is not Verdict.ACCEPTED for case in report.cases)
    told = report.model_dump_json()
    assert len(told) < 60_000
    assert "\\u0000" not in told
    for case in report.cases:
        assert max(len(case.got), len(case.called), len(case.expected)) <= 600


async def test_a_program_cannot_find_the_packages_of_the_bot(sandbox: Sandbox) -> None:
    source = """
        import importlib.util
        def found():
            names = ["bot", "challenges", "pydantic", "docker", "sqlalchemy"]
            return [name for name in names if importlib.util.find_spec(name)]
    """
    case = await case_of(sandbox, source, calls("found", returns=[]))
    assert case.verdict is Verdict.ACCEPTED


async def test_the_environment_holds_no_secret(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORDADA_DISCORD_TOKEN", "hush")
    source = "import os\ndef names(): return sorted(os.environ)\n"
    own = {"HOME", "HOSTNAME", "TMPDIR", "LC_CTYPE", "MPLCONFIGDIR"}
    case = await case_of(sandbox, source, calls("names", returns=[]))
    names = set(case.got.strip("[]").replace("'", "").split(", "))
    assert names <= own | set(ENVIRONMENT)
    assert case.reason is Reason.RETURNED_OTHER


async def test_printing_the_answer_before_leaving_is_judged_as_printed(
    sandbox: Sandbox,
) -> None:
    case = await case_of(
        sandbox,
        "import os\nprint('PASSED', flush=True)\nos._exit(0)\n",
        runs(expected=Expectation(prints="42", exit_status=0)),
    )
    assert (case.verdict, case.reason) == (Verdict.WRONG_ANSWER, Reason.PRINTED_OTHER)
