"""Waiting for an author to save: by looking, for a folder holds some thirty files."""

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

# Short beside a judgement, long beside the look, which takes about a millisecond.
LOOK_EVERY_S = 0.3


class Watched:
    """What folders held when they were last asked about."""

    def __init__(
        self, folders: Sequence[Path], wait: Callable[[float], None] = time.sleep
    ) -> None:
        self._folders = folders
        self._wait = wait
        self._known = self._look()

    def wait_for_change(self) -> None:
        """Returns once something has changed and for a look nothing more has: editors
        write several files, some of them twice.
        """
        before, now = self._known, self._look()
        while now == self._known or now != before:
            self._wait(LOOK_EVERY_S)
            before, now = now, self._look()
        self._known = now

    def _look(self) -> frozenset[tuple[Path, int, int]]:
        return frozenset(
            (path, found.st_mtime_ns, found.st_size)
            for folder in self._folders
            for path in folder.rglob("*")
            # An editor's own: `.name.swp`, `name~`.
            if not path.name.startswith(".") and not path.name.endswith("~")
            if (found := _stat(path)) is not None
        )


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        # Gone between the look at the folder and the look at the file.
        return None
