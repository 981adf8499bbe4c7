"""What a submission meets in a warm container, and what it can leave behind there."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
from docker.models.containers import Container

from runner import docker_engine
from runner.docker import DockerSandbox
from runner.job import Limits
from runner.pool import Mode
from runner.profiled import ProfiledSandbox
from runner.report import CaseReport
from runner.sandbox import Sandbox, Work
from runner.verdict import Verdict
from tests.integration.engine import opened_docker
from tests.integration.runner.given import (
    calls,
    case_of,
    job,
    raises,
    report_of,
)

pytestmark = pytest.mark.docker
ONE = "def one(): return 1\n"


@pytest.fixture(params=["pooled", "single_use"])
def pool(request: pytest.FixtureRequest) -> Sandbox:
    found: Sandbox = request.getfixturevalue(f"{request.param}_sandbox")
    return found


class Lone:
    """A pool of one container, and the engine's view of it."""

    def __init__(self, cold: DockerSandbox, sandbox: ProfiledSandbox) -> None:
        self.sandbox = sandbox
        self._client = cold.client
        self._filters = cold.containers.filters

    async def container(self) -> Container:
        [only] = await asyncio.to_thread(
            self._client.containers.list, filters=self._filters
        )
        return only

    async def judged(self, source: str = ONE, function: str = "one") -> CaseReport:
        return await case_of(self.sandbox, source, calls(function, returns=1))


@pytest.fixture
async def lone() -> AsyncIterator[Lone]:
    cold = opened_docker()
    sandbox = await asyncio.to_thread(
        docker_engine.open_pool, cold, slots=1, submissions_per_container=50
    )
    assert sandbox is not None
    yield Lone(cold, sandbox)
    await sandbox.close()


async def test_this_machine_allows_namespaces(lone: Lone) -> None:
    assert (lone.sandbox.mode, lone.sandbox.why) == (Mode.POOLED, "")


async def test_a_submission_has_no_privilege(pool: Sandbox) -> None:
    source = """
        import os
        def who():
            with open("/proc/self/status") as status:
                fields = dict(line.split(":", 1) for line in status)
            names = ("CapEff", "CapPrm", "CapInh", "CapBnd", "CapAmb", "NoNewPrivs")
            return [os.getuid(), *(int(fields[name], 16) for name in names)]
    """
    case = await case_of(pool, source, calls("who", returns=[65534, 0, 0, 0, 0, 0, 1]))
    assert case.verdict is Verdict.ACCEPTED, case


@pytest.mark.parametrize(
    "attempt",
    [
        "os.unshare(os.CLONE_NEWUSER)",
        "os.unshare(os.CLONE_NEWNS)",
        "os.setns(os.open('/proc/self/ns/net', os.O_RDONLY))",
        "system(165, b'none', b'/tmp', b'tmpfs', 0, 0)",
        "system(166, b'/proc', 2)",
        "system(101, 16, 1, 0, 0)",
        "system(310, 1, 0, 0, 0, 0, 0)",
        "system(250, 0, -3, 0)",
        "system(321, 0, 0, 0)",
        "system(298, 0, 0, -1, -1, 0)",
        "system(323, 0)",
        "system(425, 1, 0)",
        "system(135, 0x0040000)",
        "system(304, 0, 0, 0)",
        "system(56, 0x10000000 | 17, 0, 0, 0, 0)",
        "system(435, 0, 0)",
        "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
        "socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)",
        "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
        "socket.create_connection(('169.254.169.254', 80), 2)",
        "socket.getaddrinfo('example.org', 80)",
        "open('/proc/sys/kernel/hostname', 'w').write('x')",
        "open('/proc/sysrq-trigger', 'w').write('b')",
        "open('/dev/mqueue/left', 'w')",
        "open('/etc/left', 'w')",
    ],
)
async def test_the_kernel_refuses(pool: Sandbox, attempt: str) -> None:
    source = f"""
        import ctypes, os, socket
        def system(number, *arguments):
            libc = ctypes.CDLL(None, use_errno=True)
            if libc.syscall(number, *arguments) < 0:
                raise OSError(ctypes.get_errno(), "refused")
        def reach():
            {attempt}
    """
    if "system(" in attempt:
        await _needs_x86_64(pool)
    case = await case_of(pool, source, calls("reach", raises=raises("OSError")))
    assert case.verdict is Verdict.ACCEPTED, case


async def _needs_x86_64(pool: Sandbox) -> None:
    source = "import os\ndef machine(): return os.uname().machine\n"
    case = await case_of(pool, source, calls("machine", returns="x86_64"))
    if case.verdict is not Verdict.ACCEPTED:
        pytest.skip("the numbers are of x86_64")


@pytest.mark.parametrize("path", ["/proc/kcore", "/proc/keys", "/proc/timer_list"])
async def test_what_docker_covers_is_covered(pool: Sandbox, path: str) -> None:
    source = """
        def read(path):
            try:
                return len(open(path, "rb").read(10))
            except OSError:
                return 0
    """
    case = await case_of(pool, source, calls("read", path, returns=0))
    assert case.verdict is Verdict.ACCEPTED, case


async def test_only_its_own_processes_are_in_sight(lone: Lone) -> None:
    source = """
        import os
        def one():
            pids = [int(name) for name in os.listdir("/proc") if name.isdigit()]
            return len([pid for pid in pids if pid not in (1, os.getpid())]) + 1
    """
    assert (await lone.judged(source)).verdict is Verdict.ACCEPTED


async def test_what_the_zygote_made_is_not_counted_and_so_not_copied(
    lone: Lone,
) -> None:
    source = """
        import json, sys
        def one():
            return int(sys.getrefcount(json.dumps) == sys.getrefcount(None))
    """
    assert (await lone.judged(source)).verdict is Verdict.ACCEPTED


LEAVE = """
import os, random, socket, sys, threading
def one():
    for place in ("/tmp/left", "/dev/shm/left", os.path.expanduser("~/left")):
        open(place, "w").close()
    os.environ["LEFT"] = "left"
    random.random()
    sys.left = True
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            held = socket.socket(socket.AF_UNIX)
            held.bind("\\0left")
            held.listen()
            while True:
                threading.Event().wait()
        os._exit(0)
    return 1
"""
FIND = """
import contextlib, os, random, socket, sys
def one():
    found = [place for place in ("/tmp/left", "/dev/shm/left") if os.path.exists(place)]
    found += [name for name in os.environ if name == "LEFT"]
    found += ["sys"] * hasattr(sys, "left")
    found += ["process"] * (len([n for n in os.listdir("/proc") if n.isdigit()]) > 2)
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as reached:
        reached.connect("\\0left")
        found.append("socket")
    first = random.random()
    random.seed(0)
    found += ["random"] * (first != random.random())
    if found:
        raise ValueError(found)
    return 1
"""


async def test_nothing_is_left_for_the_next_submission(lone: Lone) -> None:
    before = await lone.container()
    assert (await lone.judged(LEAVE)).verdict is Verdict.ACCEPTED
    found = await lone.judged(FIND)
    assert found.verdict is Verdict.ACCEPTED, found.error
    # The same container served both: it was not a new one that was clean.
    assert (await lone.container()).id == before.id


SECRET = "nobody's secret 4711"
TELL = f"""
import sys
TOLD = {SECRET!r}
def one(*given):
    print(TOLD, file=sys.stderr)
    open("written", "w").write(TOLD)
    return [1, TOLD * 1000]
"""
LOOK = """
import re
PATTERN = re.compile(b"nobody's secre[t] 4711")
def one():
    memory = open("/proc/self/mem", "rb", 0)
    for line in open("/proc/self/maps"):
        span, modes = line.split()[:2]
        low, high = (int(end, 16) for end in span.split("-"))
        if "rw" in modes and high < 1 << 63:
            memory.seek(low)
            if PATTERN.search(memory.read(high - low)):
                raise ValueError(line)
    return 1
"""


@pytest.mark.parametrize("told", [1, 2])
@pytest.mark.parametrize("looking", [1, 2])
async def test_no_submissions_text_is_in_the_next_ones_memory(
    lone: Lone, told: int, looking: int
) -> None:
    """Whether they have one case or more, of which the zygote makes a difference."""
    before = await lone.container()
    telling = calls("one", SECRET, returns=[1, SECRET * 1000])
    report = await report_of(lone.sandbox, TELL, *[telling] * told)
    assert report.verdict is Verdict.ACCEPTED
    found = await report_of(lone.sandbox, LOOK, *[calls("one", returns=1)] * looking)
    assert found.verdict is Verdict.ACCEPTED, found.cases[0].error
    assert (await lone.container()).id == before.id


async def test_a_source_that_does_not_compile_leaves_its_actions_unread(
    lone: Lone,
) -> None:
    before = await lone.container()
    cases = [calls("one", "x" * 100_000, returns=1)] * 3
    report = await report_of(lone.sandbox, "def (", *cases)
    assert report.verdict is Verdict.COMPILE_ERROR
    assert (await lone.judged()).verdict is Verdict.ACCEPTED
    assert (await lone.container()).id == before.id


async def test_large_orders_and_answers_pass(lone: Lone) -> None:
    text = "é" * 150_000
    cases = [calls("echo", text, returns=text)] * 4
    report = await report_of(lone.sandbox, "def echo(text): return text\n", *cases)
    assert report.verdict is Verdict.ACCEPTED


async def test_a_container_killed_by_hand_is_replaced(lone: Lone) -> None:
    before = await lone.container()
    await asyncio.to_thread(before.kill)
    # The judge tries twice: a fault, then a fresh container.
    assert (await lone.judged()).verdict is Verdict.ACCEPTED
    assert (await lone.container()).id != before.id


async def test_a_container_killed_in_the_middle_is_retried_on_a_fresh_one(
    lone: Lone,
) -> None:
    before = await lone.container()
    slow = "import time\ndef one():\n    time.sleep(1)\n    return 1\n"
    judging = asyncio.create_task(lone.judged(slow))
    await _started(before)
    await asyncio.to_thread(before.kill)
    assert (await judging).verdict is Verdict.ACCEPTED
    assert (await lone.container()).id != before.id


async def _started(container: Container) -> None:
    """The zygote and the supervisor; a third process judges."""
    async with asyncio.timeout(20):
        while len((await asyncio.to_thread(container.top))["Processes"]) < 3:
            pass


async def test_out_of_memory_retires_the_container(lone: Lone) -> None:
    before = await lone.container()
    source = """
        import os, time
        def one():
            for _ in range(6):
                if os.fork() == 0:
                    kept = bytearray(os.urandom(1 << 10) * 80_000)
                    time.sleep(20)
                    os._exit(0)
            for _ in range(6):
                os.wait()
            return 1
    """
    with contextlib.suppress(AssertionError):
        await lone.judged(source)
    assert (await lone.judged()).verdict is Verdict.ACCEPTED
    assert (await lone.container()).id != before.id


@pytest.mark.parametrize("place", ["/tmp/left", "/dev/shm/left"])
async def test_a_file_outside_its_place_retires_the_container(
    lone: Lone, place: str
) -> None:
    before = await lone.container()
    await asyncio.to_thread(before.exec_run, ["touch", place])
    assert (await lone.judged()).verdict is Verdict.ACCEPTED
    assert (await lone.judged()).verdict is Verdict.ACCEPTED
    assert (await lone.container()).id != before.id


async def test_a_process_that_outlives_its_place_retires_the_container(
    lone: Lone,
) -> None:
    before = await lone.container()
    # Its parent ends, so that the zygote becomes it.
    await asyncio.to_thread(before.exec_run, ["sh", "-c", "sleep 600 &"])
    assert (await lone.judged()).verdict is Verdict.ACCEPTED
    assert (await lone.judged()).verdict is Verdict.ACCEPTED
    assert (await lone.container()).id != before.id


async def test_an_enforced_limit_retires_the_container(lone: Lone) -> None:
    before = await lone.container()
    slow = "def one():\n    while True: pass\n"
    limits = Limits(cpu_time_s=0.2)
    case = await case_of(lone.sandbox, slow, calls("one", returns=1), limits=limits)
    assert case.verdict is Verdict.TIME_LIMIT
    assert (await lone.judged()).verdict is Verdict.ACCEPTED
    assert (await lone.container()).id != before.id


async def test_many_at_once_are_all_answered(pooled_sandbox: ProfiledSandbox) -> None:
    source = "import os\ndef double(n): return 2 * n\n"
    works = [
        Work.of(job(source, calls("double", number, returns=0)))
        for number in range(100)
    ]
    outcomes = await asyncio.gather(*map(pooled_sandbox.run, works))
    values = [outcome.value for [outcome] in outcomes]
    assert values == [2 * number for number in range(100)]
