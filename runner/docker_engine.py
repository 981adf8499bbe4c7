"""Is there an engine, and an image on it?"""

import contextlib
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

import docker
from docker.constants import DEFAULT_DOCKER_API_VERSION
from docker.utils import kwargs_from_env, parse_host

from runner import docker_image, pool
from runner.docker import PARALLEL, DockerSandbox
from runner.docker_containers import engine_faults
from runner.docker_warm import WarmContainer, fits, room
from runner.errors import EngineSilent, ImageFault, RuntimeUnknown, SandboxFault
from runner.job import Profile
from runner.pool import PooledSandbox
from runner.profiled import Borrowed, ProfiledSandbox

ANSWER_S = 30
"""An engine under load creates a container in seconds; none takes half a minute."""
ANY_VERSION: Final = DEFAULT_DOCKER_API_VERSION
"""For the question which one the engine has, and nothing else."""
LIBRARY_SLOTS: Final = 2
"""Of a profile other than base: a warm container of ml keeps some 200 MB."""
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
        with engine_faults():
            _knock(asked)
            with contextlib.closing(_client(asked, ANY_VERSION)) as asking:
                version = asking.version(api_version=False)["ApiVersion"]
            return _client(asked, version)
    except SandboxFault as fault:
        raise EngineSilent(fault.what) from fault


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
    """Builds the image of base when there is what to build it on; other profiles' are
    looked for when a submission asks for one.

    Raises RuntimeUnknown: who asks for a stronger runtime must not get another one.
    """
    try:
        client = connect(environment)
    except EngineSilent as silence:
        return Missing(reason="no_engine", detail=silence.why)
    try:
        with engine_faults():
            _check_runtime(client, runtime)
            # Its libraries are few; those of others are fetched by hand.
            image = docker_image.ready(client, Profile.BASE, may_fetch=True)
    except RuntimeUnknown:
        client.close()
        raise
    except (ImageFault, SandboxFault) as fault:
        client.close()
        return Missing(reason="no_image", detail=str(fault))
    if image is None:
        client.close()
        return Missing(reason="no_image")
    sandbox = DockerSandbox(client, runtime=runtime)
    sandbox.containers.sweep_when_due()
    return sandbox


def _check_runtime(client: docker.DockerClient, runtime: str | None) -> None:
    if runtime is None:
        return
    known = tuple(sorted(client.info().get("Runtimes", ())))
    # By a name with dots containerd finds a shim that no list of the engine's has.
    if runtime not in known and "." not in runtime:
        raise RuntimeUnknown(runtime, known)


def open_pool(
    cold: DockerSandbox,
    *,
    slots: int = pool.SLOTS,
    submissions_per_container: int = pool.SUBMISSIONS_PER_CONTAINER,
    waiting_room: int = pool.WAITING_ROOM,
) -> ProfiledSandbox | None:
    """Warm containers before `cold`, which is closed with them; None when no zygote
    answers on this engine. Those of base are there at once, others when one is asked
    for.
    """

    def opened(profile: Profile) -> PooledSandbox:
        return PooledSandbox(
            partial(_warm, cold, profile),
            Borrowed(cold),
            fits,
            slots=slots if profile is Profile.BASE else min(slots, LIBRARY_SLOTS),
            submissions_per_container=submissions_per_container,
            waiting_room=waiting_room,
        )

    try:
        return ProfiledSandbox(opened, cold)
    except SandboxFault:
        return None


def _warm(cold: DockerSandbox, profile: Profile) -> WarmContainer:
    image, containers = cold.image(profile), cold.containers
    warm = WarmContainer(containers, image, room(profile), STAY_S, cold.runtime)
    containers.sweep_when_due()
    return warm
