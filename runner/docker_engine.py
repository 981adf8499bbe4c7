"""Is there an engine, and an image on it?"""

import contextlib
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import docker
from docker.constants import DEFAULT_DOCKER_API_VERSION
from docker.utils import kwargs_from_env, parse_host

from runner import docker_image, pool
from runner.docker import ENGINE_FAULTS, PARALLEL, DockerSandbox
from runner.docker_warm import WarmContainer, fits
from runner.errors import EngineSilent, ImageFault, RuntimeUnknown, SandboxFault
from runner.job import Profile
from runner.pool import PooledSandbox

ANSWER_S = 30
"""An engine under load creates a container in seconds; none takes half a minute."""
ANY_VERSION: Final = DEFAULT_DOCKER_API_VERSION
"""For the question which one the engine has, and nothing else."""
UNIX: Final = "http+unix://"

STAY_S: Final = pool.LONGEST_STAY_S + 300.0
"""Past the age at which the pool itself lets a container go."""


@dataclass(frozen=True, kw_only=True)
class Missing:
    reason: Literal["no_engine", "no_image"]
    detail: str = ""
    """Why, in the words of whoever refused."""


def connect(environment: Mapping[str, str] | None = None) -> docker.DockerClient:
    """The engine that DOCKER_HOST, DOCKER_TLS_VERIFY and DOCKER_CERT_PATH name, as for
    Docker's own tools, or the usual socket. None is the process's environment.

    Raises EngineSilent.
    """
    asked = dict(environment) if environment is not None else None
    try:
        _knock(asked)
        with contextlib.closing(_client(asked, ANY_VERSION)) as asking:
            version = asking.version(api_version=False)["ApiVersion"]
        return _client(asked, version)
    except (*ENGINE_FAULTS, KeyError) as fault:
        raise EngineSilent(str(fault)) from fault


def _client(environment: dict[str, str] | None, version: str) -> docker.DockerClient:
    client = docker.from_env(
        version=version,
        timeout=ANSWER_S,
        max_pool_size=2 * PARALLEL,
        environment=environment,
    )
    # Else REQUESTS_CA_BUNDLE would stand in the place of DOCKER_CERT_PATH's authority.
    client.api.trust_env = False
    return client


def _knock(environment: dict[str, str] | None) -> None:
    """First: the package leaves open a Unix socket that cannot connect."""
    url = str(parse_host(kwargs_from_env(environment).get("base_url")))
    if url.startswith(UNIX):
        with socket.socket(socket.AF_UNIX) as probe:
            probe.connect(url.removeprefix(UNIX))


def open_sandbox(
    *, runtime: str | None = None, environment: Mapping[str, str] | None = None
) -> DockerSandbox | Missing:
    """Builds the image when it is missing and a base is on this machine.

    Raises RuntimeUnknown: who asks for a stronger runtime must not get another one.
    """
    try:
        client = connect(environment)
    except EngineSilent as silence:
        return Missing(reason="no_engine", detail=silence.why)
    try:
        _check_runtime(client, runtime)
        image = _image(client)
    except RuntimeUnknown:
        client.close()
        raise
    except (ImageFault, *ENGINE_FAULTS) as fault:
        client.close()
        return Missing(reason="no_image", detail=str(fault))
    if image is None:
        client.close()
        return Missing(reason="no_image")
    sandbox = DockerSandbox(client, {Profile.BASE: image}, runtime=runtime)
    sandbox.sweep()
    return sandbox


def _check_runtime(client: docker.DockerClient, runtime: str | None) -> None:
    if runtime is None:
        return
    known = tuple(sorted(client.info()["Runtimes"]))
    # By a name with dots containerd finds a shim that no list of the engine's has.
    if runtime not in known and "." not in runtime:
        raise RuntimeUnknown(runtime, known)


def open_pool(
    cold: DockerSandbox,
    *,
    slots: int = pool.SLOTS,
    submissions_per_container: int = pool.SUBMISSIONS_PER_CONTAINER,
    waiting_room: int = pool.WAITING_ROOM,
) -> PooledSandbox | None:
    """Warm containers before `cold`, which the pool closes with itself; None when no
    zygote answers on this engine.
    """

    def opened() -> WarmContainer:
        return WarmContainer(
            cold.client, cold.image(Profile.BASE), cold.labels(STAY_S), cold.runtime
        )

    try:
        return PooledSandbox(
            opened,
            cold,
            fits,
            slots=slots,
            submissions_per_container=submissions_per_container,
            waiting_room=waiting_room,
        )
    except SandboxFault:
        return None


def _image(client: docker.DockerClient) -> str | None:
    image = docker_image.tag(Profile.BASE)
    if docker_image.exists(client, image):
        return image
    base = docker_image.local_base(client)
    return None if base is None else docker_image.build(client, Profile.BASE, base)
