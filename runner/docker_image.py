"""The sandbox's image, named by what is in it: a changed harness is a new image.

cordada-sandbox:<profile>-<hash>  ◄─ Dockerfile + runner/{__init__,codec,harness/*}.py
        └── FROM python:3.13-slim, or from cordada-sandbox-base:trixie, which
            mmdebstrap makes of Debian packages where no registry is at hand
"""

import hashlib
import io
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import docker
from docker.errors import APIError, BuildError, ImageNotFound

from runner.errors import ImageFault
from runner.job import Profile

ROOT: Final = Path(__file__).parent.parent
DOCKERFILE: Final = ROOT / "deploy" / "sandbox" / "Dockerfile"
REPOSITORY: Final = "cordada-sandbox"
DEFAULT_BASE: Final = "python:3.13-slim"
MADE_BASE: Final = "cordada-sandbox-base:trixie"
LOCAL_BASES: Final = (DEFAULT_BASE, MADE_BASE)
IMAGE_LABEL: Final = "org.cordada.image"
HASH_CHARACTERS: Final = 12


def tag(profile: Profile) -> str:
    digest = hashlib.sha256()
    for name, content in _files():
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return f"{REPOSITORY}:{profile.value}-{digest.hexdigest()[:HASH_CHARACTERS]}"


def exists(client: docker.DockerClient, image: str) -> bool:
    try:
        client.images.get(image)
    except ImageNotFound:
        return False
    return True


def local_base(client: docker.DockerClient) -> str | None:
    """A base that is already on this machine, so that building asks no registry."""
    return next((base for base in LOCAL_BASES if exists(client, base)), None)


def build(client: docker.DockerClient, profile: Profile, base: str) -> str:
    """The image's tag; `base` is fetched when it is not here. Raises ImageFault."""
    if not DOCKERFILE.is_file():
        raise ImageFault("build", f"{DOCKERFILE.name} is not here")
    image = tag(profile)
    try:
        client.images.build(
            fileobj=_context(),
            custom_context=True,
            tag=image,
            buildargs={"BASE_IMAGE": base},
            labels={IMAGE_LABEL: profile.value},
            # It copies and compiles: an engine without a bridge can do that as well.
            network_mode="none",
            rm=True,
            forcerm=True,
        )
    except (APIError, BuildError) as fault:
        raise ImageFault("build", str(fault)) from fault
    return image


def make_base() -> str:
    """A minimal Debian with Python, by mmdebstrap; some minutes, needs a mirror."""
    for program in ("mmdebstrap", "docker"):
        if shutil.which(program) is None:
            raise ImageFault(program, "not installed")
    bootstrap = [
        "mmdebstrap",
        "--variant=minbase",
        "--include=python3,ca-certificates",
        "trixie",
        "-",
    ]
    load = ["docker", "import", "-", MADE_BASE]
    with subprocess.Popen(bootstrap, stdout=subprocess.PIPE) as made:  # noqa: S603
        loaded = subprocess.run(  # noqa: S603
            load, stdin=made.stdout, capture_output=True, text=True, check=False
        )
    if made.returncode != 0:
        raise ImageFault("mmdebstrap", f"exit {made.returncode}")
    if loaded.returncode != 0:
        raise ImageFault("docker import", loaded.stderr)
    return MADE_BASE


def _context() -> io.BytesIO:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in _files():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            entry.mode = 0o644
            archive.addfile(entry, io.BytesIO(content))
    stream.seek(0)
    return stream


def _files() -> Iterator[tuple[str, bytes]]:
    if DOCKERFILE.is_file():
        yield "Dockerfile", DOCKERFILE.read_bytes()
    runner = ROOT / "runner"
    sources = [runner / "__init__.py", runner / "codec.py"]
    for path in [*sources, *sorted((runner / "harness").glob("*.py"))]:
        yield path.relative_to(ROOT).as_posix(), path.read_bytes()
