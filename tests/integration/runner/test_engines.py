"""Other OCI runtimes, and engines that are reached by the network."""

import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from runner import docker_engine, docker_image
from runner.docker import DockerSandbox
from runner.errors import EngineSilent, RuntimeUnknown
from runner.job import Profile
from runner.pool import Mode
from runner.sandbox import Sandbox
from runner.verdict import Verdict
from tests.integration.engine import REQUIRED
from tests.integration.runner.conftest import engine_of_its_own
from tests.integration.runner.given import calls, report_of
from tests.integration.runner.private_engine import PrivateEngine

pytestmark = pytest.mark.docker
ONE = "def one(): return 1\n"


async def judges(sandbox: Sandbox) -> None:
    """A right submission passes, a wrong one does not."""
    report = await report_of(sandbox, ONE, calls("one", returns=1))
    assert report.verdict is Verdict.ACCEPTED, report
    report = await report_of(sandbox, ONE, calls("one", returns=2))
    assert report.verdict is Verdict.WRONG_ANSWER, report


INSTALLED_WHERE_REQUIRED = {"crun"}
"""By .ci/run; runsc is in no distribution."""


def needs(runtime: str) -> str:
    if shutil.which(runtime) is None:
        if REQUIRED and runtime in INSTALLED_WHERE_REQUIRED:
            pytest.fail(f"{runtime} is required")
        pytest.skip(f"{runtime} is not installed")
    return runtime


async def test_crun_serves_as_runc_does(private_engine: PrivateEngine) -> None:
    pool = private_engine.pool(needs("crun"), slots=1)
    assert (pool.mode, pool.why) == (Mode.POOLED, "")
    await judges(pool)
    await pool.close()


async def test_gvisor_serves_each_container_once(
    private_engine: PrivateEngine,
) -> None:
    pool = private_engine.pool(needs("runsc"), slots=1)
    assert pool.mode is Mode.SINGLE_USE
    await judges(pool)
    await pool.close()


def test_a_runtime_that_the_engine_lacks_is_told_with_those_it_has(
    private_engine: PrivateEngine,
) -> None:
    with pytest.raises(RuntimeUnknown) as told:
        private_engine.sandbox("kata")
    assert told.value.runtime == "kata"
    assert "runc" in told.value.known


async def test_every_container_is_made_with_the_runtime(
    private_engine: PrivateEngine,
) -> None:
    sandbox = private_engine.sandbox(needs("crun"))
    pool = docker_engine.open_pool(sandbox, slots=1)
    assert pool is not None
    [container] = sandbox.client.containers.list()
    assert container.attrs["HostConfig"]["Runtime"] == "crun"
    await pool.close()


class Certificates:
    """An authority, the engine's certificate, and clients' folders for Docker."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._authority = trustme.CA()
        self._authority.cert_pem.write_to_path(folder / "authority.pem")
        server = self._authority.issue_cert("127.0.0.1")
        server.cert_chain_pems[0].write_to_path(folder / "server.pem")
        server.private_key_pem.write_to_path(folder / "server-key.pem")

    @property
    def arguments(self) -> tuple[str, ...]:
        return (
            "--tlsverify",
            f"--tlscacert={self._folder / 'authority.pem'}",
            f"--tlscert={self._folder / 'server.pem'}",
            f"--tlskey={self._folder / 'server-key.pem'}",
        )

    def client(self, name: str, authority: trustme.CA | None = None) -> Path:
        """DOCKER_CERT_PATH for one whom `authority` vouches for; by default, ours."""
        folder = self._folder / name
        folder.mkdir()
        issued = (authority or self._authority).issue_cert("client")
        self._authority.cert_pem.write_to_path(folder / "ca.pem")
        issued.cert_chain_pems[0].write_to_path(folder / "cert.pem")
        issued.private_key_pem.write_to_path(folder / "key.pem")
        return folder


def reached(port: int, certificates: Path) -> dict[str, str]:
    return {
        "DOCKER_HOST": f"tcp://127.0.0.1:{port}",
        "DOCKER_TLS_VERIFY": "1",
        "DOCKER_CERT_PATH": str(certificates),
    }


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def tls_port(certificates: Certificates) -> Iterator[int]:
    """Of an engine that listens there, and asks for a client's certificate."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        asks = certificates.arguments
        for _ in engine_of_its_own(listening=listening, arguments=asks):
            yield listening.getsockname()[1]


async def test_a_pool_works_over_tls(tls_port: int, certificates: Certificates) -> None:
    environment = reached(tls_port, certificates.client("known"))
    sandbox = docker_engine.open_sandbox(environment=environment)
    assert isinstance(sandbox, DockerSandbox), sandbox
    pool = docker_engine.open_pool(sandbox, slots=2)
    assert pool is not None
    assert pool.mode is Mode.POOLED
    await judges(pool)
    await judges(sandbox)
    # More than any buffer holds, both ways at once.
    text = "é" * 150_000
    echo = "def echo(text): return text\n"
    cases = [calls("echo", text, returns=text)] * 4
    report = await report_of(pool, echo, *cases)
    assert report.verdict is Verdict.ACCEPTED, report.verdict
    await pool.close()
    assert "sandbox-relay" not in {thread.name for thread in threading.enumerate()}


def test_without_our_authoritys_certificate_the_engine_refuses(
    tls_port: int, certificates: Certificates
) -> None:
    stranger = certificates.client("stranger", trustme.CA())
    for environment in (
        reached(tls_port, stranger),
        reached(tls_port, certificates.client("bare") / "none"),
        {"DOCKER_HOST": f"tcp://127.0.0.1:{tls_port}"},
    ):
        with pytest.raises(EngineSilent) as refusal:
            docker_engine.connect(environment)
        assert refusal.value.why


def test_an_image_is_built_over_tls(tls_port: int, certificates: Certificates) -> None:
    client = docker_engine.connect(reached(tls_port, certificates.client("builder")))
    image = docker_image.tag(Profile.BASE)
    built = docker_image.build(client, Profile.BASE, image)
    assert built == image
    client.close()
