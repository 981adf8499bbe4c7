"""A profile's libraries: locked with hashes in requirements/, from wheels alone.

    requirements/sandbox-<profile>.in ── make lock ──► sandbox-<profile>.txt
                                                          │ pip, of this Python
       an image's /opt/cordada/site  ◄────────────────────┴► a folder for `process`

The same file serves each Python from 3.11 up: one version of a library for all of them.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from runner.errors import LibraryFault
from runner.job import Profile

REQUIREMENTS: Final = Path(__file__).parent.parent / "requirements"
IMAGE_PYTHON: Final = "3.13"
NEWEST_GLIBC: Final = 36
"""2.36 is Debian 12's, the oldest base that we build on."""
OLDEST_GLIBC: Final = 17
INSTALL_S: Final = 900.0
"""For ml, some 300 MB of wheels, at a third of a megabyte a second."""
TOLD_CHARACTERS: Final = 2_000
"""Of what pip says last, which is why it failed."""


def lock(profile: Profile) -> Path:
    return REQUIREMENTS / f"sandbox-{profile.value}.txt"


def install(profile: Profile, folder: Path, within_s: float = INSTALL_S) -> None:
    """For this Python; some seconds to a minute. Raises LibraryFault."""
    _pip(profile, folder, (), within_s)


def install_for_image(profile: Profile, folder: Path, machine: str) -> None:
    """For the image's Python on `machine` (as `uname -m` says). Raises LibraryFault."""
    # pip takes a platform's name to the letter: older ones are named one by one.
    platforms = [
        f"--platform=manylinux_2_{minor}_{machine}"
        for minor in range(NEWEST_GLIBC, OLDEST_GLIBC - 1, -1)
    ]
    older = f"--platform=manylinux2014_{machine}"
    python = f"--python-version={IMAGE_PYTHON}"
    # Compiled where that Python is.
    _pip(profile, folder, [*platforms, older, python, "--no-compile"], INSTALL_S)


def _pip(
    profile: Profile, folder: Path, options: Sequence[str], within_s: float
) -> None:
    locked = lock(profile)
    if not locked.is_file():
        raise LibraryFault(profile.value, f"{locked.name} is not here")
    # Where they come from is this machine's pip configuration.
    command = [sys.executable, "-m", "pip", "install", "--quiet"]
    command += ["--no-deps", "--require-hashes", "--only-binary=:all:", "--no-input"]
    command += ["--disable-pip-version-check", "--retries=2", *options]
    command += [f"--target={folder}", f"--requirement={locked}"]
    try:
        told = subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, check=False, timeout=within_s
        )
    except subprocess.TimeoutExpired as late:
        raise LibraryFault(profile.value, f"not within {within_s:.0f} s") from late
    if told.returncode != 0:
        raise LibraryFault(profile.value, told.stderr.strip()[-TOLD_CHARACTERS:])
