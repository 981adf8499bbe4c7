"""What answers in the engine's place: garbage, or that it has no image."""

import contextlib
import socketserver
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import docker
import pytest

from runner import docker_engine
from runner.docker import DockerSandbox
from runner.docker_warm import WarmContainer, room
from runner.errors import EngineSilent, SandboxFault
from runner.job import Profile
from runner.judge import Judge
from runner.verdict import Verdict
from tests.integration.runner.given import calls, job

pytestmark = [
    pytest.mark.docker,
    # Docker's package leaves a socket that cannot connect to the garbage collector.
    pytest.mark.filterwarnings(
        "ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"
    ),
]
ONE = "def one(): return 1\n"


class FalseEngine(socketserver.ThreadingUnixStreamServer):
    """Hears a request, says one thing, and hangs up."""

    daemon_threads = True

    def __init__(self, path: Path, says: bytes) -> None:
        self.asked: list[bytes] = []
        asked = self.asked

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                asked.append(self.rfile.readline())
                self.wfile.write(says)

        super().__init__(str(path), Handler)


def http(body: bytes, status: bytes = b"200 OK") -> bytes:
    head = b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
    return head % (status, len(body)) + b"\r\n" + body


@pytest.mark.parametrize(
    "says",
    [
        b"",
        b"\0" * 100,
        b"HTTP/1.1 200",
        b"HTTP/1.1 101 UPGRADED\r\n\r\n" + b"\xff" * 100,
        http(b"<html>"),
        http(b"[]"),
        http(b"null"),
        http(b'{"ApiVersion": 7, "Id": null, "State": []}'),
        http(b'{"message": 1}', b"500 Server Error"),
    ],
)
async def test_an_engine_that_talks_garbage_is_our_fault(says: bytes) -> None:
    with TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        path = Path(folder) / "docker.sock"
        server = stack.enter_context(FalseEngine(path, says))
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        stack.callback(server.shutdown)
        with pytest.raises(EngineSilent):
            docker_engine.connect({"DOCKER_HOST": f"unix://{path}"})
        client = docker.DockerClient(f"unix://{path}", version="1.41", timeout=2)
        sandbox = DockerSandbox(client)
        one = job(ONE, calls("one", returns=1))
        assert (await Judge(sandbox).judge(one)).verdict is Verdict.JUDGE_ERROR
        with pytest.raises(SandboxFault):
            WarmContainer(sandbox.containers, "none", room(Profile.BASE), 60)
        assert server.asked
        await sandbox.close()


async def test_a_profile_without_an_image_is_our_fault_and_says_how_to_make_it() -> (
    None
):
    with TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        path = Path(folder) / "docker.sock"
        nothing = http(b'{"message": "no such image"}', b"404 Not Found")
        server = stack.enter_context(FalseEngine(path, nothing))
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        stack.callback(server.shutdown)
        client = docker.DockerClient(f"unix://{path}", version="1.41", timeout=2)
        sandbox = DockerSandbox(client)
        with pytest.raises(SandboxFault, match="image build --profile ml"):
            sandbox.image(Profile.ML)
        await sandbox.close()
