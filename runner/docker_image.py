"""The sandbox's images, named by what is in them: a changed harness is a new image.

cordada-sandbox:<profile>-<hash>      ◄─ Dockerfile + runner/{codec*,tables,harness/*}
└── cordada-sandbox-libraries:<profile>-<hash>  ◄─ libraries.Dockerfile + the lock
    └── python:3.13-slim, or cordada-sandbox-base:trixie, which mmdebstrap makes of
        Debian packages where no registry is at hand
"""

import hashlib
import io
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Final

import docker
from docker.errors import APIError, BuildError, ImageNotFound

from runner import libraries
from runner.errors import ImageFault, LibraryFault
from runner.job import Profile

ROOT: Final = Path(__file__).parent.parent
DOCKERFILE: Final = ROOT / "deploy" / "sandbox" / "Dockerfile"
LIBRARIES_DOCKERFILE: Final = DOCKERFILE.with_name("libraries.Dockerfile")
REPOSITORY: Final = "cordada-sandbox"
DEFAULT_BASE: Final = "python:3.13-slim"
MADE_BASE: Final = "cordada-sandbox-base:trixie"
LOCAL_BASES: Final = (DEFAULT_BASE, MADE_BASE)
IMAGE_LABEL: Final = "org.cordada.image"
HASH_CHARACTERS: Final = 12
MACHINES: Final = {"amd64": "x86_64", "arm64": "aarch64"}
"""The engine's word for a machine, and the wheels'."""


def tag(profile: Profile) -> str:
    files = [*_library_files(profile), *_files()]
    return f"{REPOSITORY}:{profile.value}-{_digest(files)}"


def exists(client: docker.DockerClient, image: str) -> bool:
    try:
        client.images.get(image)
    except ImageNotFound:
        return False
    return True


def size_bytes(client: docker.DockerClient, image: str) -> int:
    return int(client.images.get(image).attrs["Size"])


def local_base(client: docker.DockerClient) -> str | None:
    """A base that is already on this machine, so that building asks no registry."""
    return next((base for base in LOCAL_BASES if exists(client, base)), None)


def has_libraries(client: docker.DockerClient, profile: Profile, base: str) -> bool:
    return exists(client, _libraries_tag(profile, base))


def ready(
    client: docker.DockerClient, profile: Profile, *, may_fetch: bool = False
) -> str | None:
    """The image's tag, made of what is here where it is missing; None where it cannot.
    Where it may fetch libraries that is minutes, in place of seconds.

    Raises ImageFault.
    """
    image = tag(profile)
    if exists(client, image):
        return image
    base = local_base(client)
    if base is None:
        return None
    if may_fetch or has_libraries(client, profile, base):
        return build(client, profile, base)
    return None


def build(client: docker.DockerClient, profile: Profile, base: str) -> str:
    """The image's tag; `base` and the libraries are fetched when they are not here,
    `base` first: it is the sooner known to be nowhere.

    Raises ImageFault.
    """
    if not DOCKERFILE.is_file():
        raise ImageFault("build", f"{DOCKERFILE.name} is not here")
    with_libraries = _libraries_tag(profile, base)
    if not exists(client, with_libraries):
        _fetch(client, base)
        _build_libraries(client, profile, base, with_libraries)
    image = tag(profile)
    arguments = {"LIBRARIES_IMAGE": with_libraries, "PROFILE": profile.value}
    with tempfile.TemporaryFile() as context:
        _archive(context, _files())
        _build(client, image, profile, context, arguments)
    return image


def _fetch(client: docker.DockerClient, base: str) -> None:
    if exists(client, base):
        return
    try:
        client.images.pull(base)
    except APIError as fault:
        raise ImageFault("base", str(fault)) from fault


def _build_libraries(
    client: docker.DockerClient, profile: Profile, base: str, image: str
) -> None:
    arch = client.version()["Arch"]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as context:
        site = Path(folder) / "site"
        try:
            libraries.install_for_image(profile, site, MACHINES.get(arch, arch))
        except LibraryFault as fault:
            raise ImageFault("libraries", fault.why) from fault
        with tarfile.open(fileobj=context, mode="w") as archive:
            _add(archive, "Dockerfile", LIBRARIES_DOCKERFILE.read_bytes())
            archive.add(site, "site", filter=_of_root)
        context.seek(0)
        _build(client, image, profile, context, {"BASE_IMAGE": base})


def _build(
    client: docker.DockerClient,
    image: str,
    profile: Profile,
    context: IO[bytes],
    arguments: Mapping[str, str],
) -> None:
    try:
        client.images.build(
            fileobj=context,
            custom_context=True,
            tag=image,
            buildargs=dict(arguments),
            labels={IMAGE_LABEL: profile.value},
            # It copies and compiles: an engine without a bridge can do that as well.
            network_mode="none",
            rm=True,
            forcerm=True,
        )
    except (APIError, BuildError) as fault:
        raise ImageFault("build", str(fault)) from fault


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


def _archive(context: IO[bytes], files: Iterable[tuple[str, bytes]]) -> None:
    with tarfile.open(fileobj=context, mode="w") as archive:
        for name, content in files:
            _add(archive, name, content)
    context.seek(0)


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    entry.mode = 0o644
    archive.addfile(entry, io.BytesIO(content))


def _of_root(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Readable for whoever the harness runs as, whoever made it."""
    # A library's own tests are a tenth of it, and nobody imports them.
    if entry.isdir() and entry.name.endswith("/tests"):
        return None
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mode |= 0o755 if entry.isdir() else 0o444
    return entry


def _libraries_tag(profile: Profile, base: str) -> str:
    digest = _digest([*_library_files(profile), (base, b"")])
    return f"{REPOSITORY}-libraries:{profile.value}-{digest}"


def _digest(files: Iterable[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for name, content in files:
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:HASH_CHARACTERS]


def _library_files(profile: Profile) -> Iterator[tuple[str, bytes]]:
    for path in (LIBRARIES_DOCKERFILE, libraries.lock(profile)):
        if path.is_file():
            yield path.name, path.read_bytes()


def _files() -> Iterator[tuple[str, bytes]]:
    if DOCKERFILE.is_file():
        yield "Dockerfile", DOCKERFILE.read_bytes()
    runner = ROOT / "runner"
    carried = ("__init__.py", "codec.py", "codec_scalars.py", "tables.py")
    sources = [runner / name for name in carried]
    for path in [*sources, *sorted((runner / "harness").glob("*.py"))]:
        yield path.relative_to(ROOT).as_posix(), path.read_bytes()
