"""Is there an engine, and an image on it?"""

import socket
from enum import Enum
from typing import Final

import docker
from docker.errors import DockerException
from docker.utils import kwargs_from_env, parse_host

from runner import docker_image, pool
from runner.docker import ENGINE_FAULTS, PARALLEL, DockerSandbox
from runner.docker_warm import WarmContainer, fits
from runner.errors import ImageFault, SandboxFault
from runner.job import Profile
from runner.pool import PooledSandbox

ANSWER_S = 30
"""An engine under load creates a container in seconds; none takes half a minute."""
UNIX: Final = "http+unix://"

STAY_S: Final = pool.LONGEST_STAY_S + 300.0
"""Past the age at which the pool itself lets a container go."""


class Missing(Enum):
    NO_ENGINE = "no_engine"
    NO_IMAGE = "no_image"


def connect() -> docker.DockerClient | None:
    """None when no engine answers where DOCKER_HOST, or the usual socket, says."""
    if not _listens():
        return None
    try:
        client = docker.from_env(timeout=ANSWER_S, max_pool_size=2 * PARALLEL)
        client.ping()
    except ENGINE_FAULTS:
        return None
    return client


def _listens() -> bool:
    """Asked first: the package leaves open a Unix socket that cannot connect."""
    try:
        url = str(parse_host(kwargs_from_env().get("base_url")))
    except DockerException:
        return False
    if not url.startswith(UNIX):
        return True
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(url.removeprefix(UNIX))
        except OSError:
            return False
    return True


def open_sandbox() -> DockerSandbox | Missing:
    """Builds the image when it is missing and a base is on this machine."""
    client = connect()
    if client is None:
        return Missing.NO_ENGINE
    try:
        image = _image(client)
    except (ImageFault, *ENGINE_FAULTS):
        image = None
    if image is None:
        client.close()
        return Missing.NO_IMAGE
    sandbox = DockerSandbox(client, {Profile.BASE: image})
    sandbox.sweep()
    return sandbox


def open_pool(
    cold: DockerSandbox,
    *,
    slots: int = pool.SLOTS,
    submissions_per_container: int = pool.SUBMISSIONS_PER_CONTAINER,
) -> PooledSandbox | None:
    """Warm containers before `cold`, which the pool closes with itself; None when no
    zygote answers on this engine.
    """

    def opened() -> WarmContainer:
        return WarmContainer(cold.client, cold.image(Profile.BASE), cold.labels(STAY_S))

    try:
        return PooledSandbox(
            opened,
            cold,
            fits,
            slots=slots,
            submissions_per_container=submissions_per_container,
        )
    except SandboxFault:
        return None


def _image(client: docker.DockerClient) -> str | None:
    image = docker_image.tag(Profile.BASE)
    if docker_image.exists(client, image):
        return image
    base = docker_image.local_base(client)
    return None if base is None else docker_image.build(client, Profile.BASE, base)
