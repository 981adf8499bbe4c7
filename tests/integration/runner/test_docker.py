import asyncio
import sys
import time

import docker
import pytest

from runner import docker_engine, docker_image
from runner.backend import BackendReason, choose
from runner.docker import DockerSandbox
from runner.docker_containers import EXPIRES_LABEL, LABEL, Containers
from runner.errors import ImageFault, SandboxFault
from runner.job import Limits, Profile
from runner.sandbox import Work
from runner.verdict import Verdict
from tests.integration.runner.given import (
    LIMITS,
    calls,
    case_of,
    job,
    raises,
    report_of,
)

pytestmark = pytest.mark.docker


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.create_connection(('169.254.169.254', 80), 2)",
        "socket.create_connection(('8.8.8.8', 53), 2)",
        "socket.getaddrinfo('example.org', 80)",
        "socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('8.8.8.8', 53))",
        "socket.socket(socket.AF_UNIX).connect('/var/run/docker.sock')",
        "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
    ],
)
async def test_there_is_no_network(docker_sandbox: DockerSandbox, attempt: str) -> None:
    case = await case_of(
        docker_sandbox,
        f"import socket\ndef reach():\n    {attempt}\n",
        calls("reach", raises=raises("OSError")),
    )
    assert case.verdict is Verdict.ACCEPTED, case


@pytest.mark.parametrize(
    "place", ["/etc/x", "/opt/cordada/runner/codec.py", "/usr/lib/x", "/x", "/proc/x"]
)
async def test_nothing_outside_its_folders_can_be_written(
    docker_sandbox: DockerSandbox, place: str
) -> None:
    case = await case_of(
        docker_sandbox,
        "def write(place):\n    open(place, 'w').write('x')\n",
        calls("write", place, raises=raises("OSError")),
    )
    assert case.verdict is Verdict.ACCEPTED, case


async def test_a_case_finds_nothing_of_the_last_one_in_shared_folders(
    docker_sandbox: DockerSandbox,
) -> None:
    source = """
        import os
        def visit():
            found = sorted(os.listdir("/dev/shm") + os.listdir("/tmp"))
            for folder in ("/tmp", "/dev/shm"):
                open(folder + "/left", "w").close()
            return len(found)
    """
    visit = calls("visit", returns=1)  # its own folder
    cases = [visit.model_copy(update={"name": name}) for name in "abc"]
    for case in (await report_of(docker_sandbox, source, *cases)).cases:
        assert case.verdict is Verdict.ACCEPTED, case


async def test_it_runs_as_nobody_without_capabilities(
    docker_sandbox: DockerSandbox,
) -> None:
    source = """
        import os
        def who():
            with open("/proc/self/status") as status:
                fields = dict(line.split(":", 1) for line in status)
            names = ("CapEff", "CapPrm", "CapBnd", "NoNewPrivs", "Seccomp")
            return [os.getuid(), *(int(fields[name], 16) for name in names)]
    """
    case = await case_of(
        docker_sandbox, source, calls("who", returns=[65534, 0, 0, 0, 1, 2])
    )
    assert case.verdict is Verdict.ACCEPTED, case


async def test_a_fork_bomb_stays_in_its_container(
    docker_sandbox: DockerSandbox,
) -> None:
    source = """
        import os
        def bomb():
            while True:
                try:
                    os.fork()
                except OSError:
                    pass
        def one(): return 1
    """
    limits = LIMITS.model_copy(update={"cpu_time_s": 0.5, "wall_time_s": 3.0})
    report = await report_of(
        docker_sandbox,
        source,
        calls("bomb", returns=1),
        calls("one", returns=1),
        limits=limits,
    )
    assert [case.verdict for case in report.cases] == [
        Verdict.TIME_LIMIT,
        Verdict.ACCEPTED,
    ]


async def test_memory_over_several_processes_is_bounded_together(
    docker_sandbox: DockerSandbox,
) -> None:
    source = """
        import os, time
        def eat():
            for _ in range(6):
                if os.fork() == 0:
                    kept = bytearray(os.urandom(1 << 10) * 50_000)
                    time.sleep(20)
                    os._exit(0)
            kept = bytearray(os.urandom(1 << 10) * 50_000)
            time.sleep(20)
        def one(): return 1
    """
    limits = LIMITS.model_copy(update={"memory_mib": 64, "wall_time_s": 3.0})
    report = await report_of(
        docker_sandbox,
        source,
        calls("eat", returns=1),
        calls("one", returns=1),
        limits=limits,
    )
    # Who dies is the kernel's choice: the first process, or a child that nobody awaits.
    assert report.cases[0].verdict in {Verdict.MEMORY_LIMIT, Verdict.TIME_LIMIT}
    assert report.cases[1].verdict is Verdict.ACCEPTED


async def test_the_supervisor_cannot_be_killed_from_within(
    docker_sandbox: DockerSandbox,
) -> None:
    source = """
        import contextlib, os, signal
        def kill(pid):
            with contextlib.suppress(ProcessLookupError):  # nobody else is there
                os.kill(pid, signal.SIGKILL)
            return pid
    """
    report = await report_of(
        docker_sandbox,
        source,
        calls("kill", 1, returns=1),
        calls("kill", -1, returns=-1),
        calls("kill", 1, returns=1),
    )
    assert [case.verdict for case in report.cases] == [Verdict.ACCEPTED] * 3


async def test_what_a_dead_runner_left_is_swept(docker_sandbox: DockerSandbox) -> None:
    client = docker.from_env()
    image = docker_image.tag(Profile.BASE)
    past, future = str(time.time() - 1), str(time.time() + 600)
    old, young = (
        client.containers.create(image, labels={LABEL: "1", EXPIRES_LABEL: expires})
        for expires in (past, future)
    )
    try:
        assert docker_sandbox.containers.sweep() >= 1
        left = {one.id for one in client.containers.list(all=True)}
        assert old.id not in left
        assert young.id in left
    finally:
        young.remove(force=True)
        client.close()


RUNNER = """
import sys
from runner import docker_engine
cold = docker_engine.open_sandbox()
pool = docker_engine.open_pool(cold, slots=1)
print(cold.containers.filters["label"], flush=True)
sys.stdin.read()
"""


async def test_a_killed_runners_containers_end_and_are_swept_at_once(
    docker_sandbox: DockerSandbox,
) -> None:
    runner = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", RUNNER),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert runner.stdout is not None
    label = (await runner.stdout.readline()).decode().strip()
    mine: dict[str, str | list[str] | bool] = {"label": label}
    found = docker_sandbox.client.containers
    [container] = await asyncio.to_thread(found.list, filters=mine)
    docker_sandbox.containers.sweep()
    [still_there] = await asyncio.to_thread(found.list, filters=mine)
    assert still_there.id == container.id
    runner.kill()
    await runner.wait()
    await asyncio.to_thread(container.wait, timeout=30)
    docker_sandbox.containers.sweep()
    assert await asyncio.to_thread(found.list, all=True, filters=mine) == []


async def test_what_the_engine_made_without_an_answer_is_swept(
    docker_sandbox: DockerSandbox,
) -> None:
    mine = Containers(docker_sandbox.client)
    image = docker_sandbox.image(Profile.BASE)
    kept = mine.create({"image": image}, 60)
    lost = mine.create({"image": image}, 60)
    # As when its removal was not heard either.
    mine._standing.discard(lost)
    assert mine.sweep() >= 1
    left = mine.api.containers(all=True, filters=mine.filters)
    assert [one["Names"] for one in left] == [[f"/{kept}"]]
    mine.remove(kept)
    assert mine.count() == 0


async def test_containers_are_removed_whatever_happened(
    docker_sandbox: DockerSandbox,
) -> None:
    spin = "def spin():\n    while True: pass\n"
    limits = Limits(cpu_time_s=0.2, wall_time_s=5)
    await case_of(docker_sandbox, spin, calls("spin", returns=1), limits=limits)
    await asyncio.gather(
        *(case_of(docker_sandbox, "1 / 0", calls("f", returns=1)) for _ in range(3))
    )
    assert docker_sandbox.containers.count() == 0


async def test_an_engine_that_is_gone_is_our_fault() -> None:
    client = docker.DockerClient(base_url="tcp://127.0.0.1:9", version="1.41")
    sandbox = DockerSandbox(client)
    with pytest.raises(SandboxFault):
        await sandbox.run(Work.of(job("x = 1", calls("f", returns=1))))
    await sandbox.close()


def test_auto_takes_docker_when_it_can_be_had(docker_sandbox: DockerSandbox) -> None:
    backend = choose("auto")
    asyncio.run(backend.sandbox.close())
    assert (backend.name, backend.reason) == ("docker", BackendReason.ENGINE_ANSWERS)


def test_an_image_on_a_base_that_is_nowhere_is_a_fault(
    docker_sandbox: DockerSandbox,
) -> None:
    client = docker_engine.connect()
    with pytest.raises(ImageFault) as told:
        docker_image.build(client, Profile.BASE, "cordada-no-such-base:none")
    assert told.value.step == "base"
    client.close()
