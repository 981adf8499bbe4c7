"""Where `process` has libraries: a folder for each profile, made when it is needed.

    <folder>/data-3.12-<hash of the lock>/site     beside it, a lock file: whoever
             ml-3.12-…/site                        comes second awaits the first

A changed lock or another Python is another folder. One is made under a passing name and
then renamed, so that what has its name is whole.
"""

import fcntl
import hashlib
import logging
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from runner import libraries
from runner.errors import LibraryFault, SandboxFault
from runner.job import Profile
from runner.sandbox import Work

HASH_CHARACTERS: Final = 12
FOR_GRADERS: Final = frozenset(
    {
        "check_jsonschema",
        "coverage",
        "croniter",
        "dockerfile_parse",
        "jsonschema",
        "pycodestyle",
        "pytest",
        "pytest_asyncio",
        "sqlglot",
        "yaml",
    }
)
"""What base has: most jobs of base do without, and should not await an installation."""
IMPORTED: Final = re.compile(r"^[ \t]*(?:import|from)[ \t]+(\w+)", re.MULTILINE)

_log: Final = logging.getLogger(__name__)


class Environments:
    def __init__(
        self,
        folder: Path,
        *,
        install: Callable[[Profile, Path], None] = libraries.install,
    ) -> None:
        self._folder = folder
        self._install = install

    def prepared(self, work: Work) -> Path | None:
        """The folder for the job's profile, None where it needs no library.

        Blocks for up to some minutes when it must be made. Raises SandboxFault.
        """
        if work.profile is Profile.BASE and not _wants_libraries(work):
            return None
        place = self._place(work.profile)
        if place.is_dir():
            return place
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with place.with_name(f"{place.name}.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                if not place.is_dir():
                    self._make(work.profile, place)
        except LibraryFault as fault:
            raise SandboxFault(f"libraries of {fault.profile}: {fault.why}") from fault
        except OSError as fault:
            raise SandboxFault(f"libraries of {work.profile.value}: {fault}") from fault
        return place

    def _make(self, profile: Profile, place: Path) -> None:
        # Warnings are seen by default, and somebody waits.
        _log.warning("installing the libraries of %s, once", profile.value)
        making = Path(tempfile.mkdtemp(prefix=f"{profile.value}-", dir=self._folder))
        try:
            self._install(profile, making / "site")
            making.rename(place)
        finally:
            shutil.rmtree(making, ignore_errors=True)
        _log.warning("the libraries of %s are installed", profile.value)

    def _place(self, profile: Profile) -> Path:
        content = libraries.lock(profile).read_bytes()
        digest = hashlib.sha256(content).hexdigest()[:HASH_CHARACTERS]
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        return self._folder / f"{profile.value}-{version}-{digest}"


def _wants_libraries(work: Work) -> bool:
    if any(action.kind == "suite" for action in work.actions):
        return True
    written = f"{work.source}\n{work.scenario or ''}"
    return bool(FOR_GRADERS & set(IMPORTED.findall(written)))
