"""Is there an engine, and an image on it?"""

from enum import Enum

import docker

from runner import docker_image
from runner.docker import ENGINE_FAULTS, PARALLEL, DockerSandbox
from runner.errors import ImageFault
from runner.job import Profile

ANSWER_S = 30
"""An engine under load creates a container in seconds; none takes half a minute."""


class Missing(Enum):
    NO_ENGINE = "no_engine"
    NO_IMAGE = "no_image"


def connect() -> docker.DockerClient | None:
    """None when no engine answers where DOCKER_HOST, or the usual socket, says."""
    try:
        client = docker.from_env(timeout=ANSWER_S, max_pool_size=2 * PARALLEL)
        client.ping()
    except ENGINE_FAULTS:
        return None
    return client


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


def _image(client: docker.DockerClient) -> str | None:
    image = docker_image.tag(Profile.BASE)
    if docker_image.exists(client, image):
        return image
    base = docker_image.local_base(client)
    return None if base is None else docker_image.build(client, Profile.BASE, base)
