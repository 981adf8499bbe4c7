"""The files that a submission was asked to leave; what is there is not trusted."""

import os
import stat
from collections.abc import Sequence
from typing import Final

from runner.harness.frame import MAX_COLLECTED_BYTES

FOLDER: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_DIRECTORY
FILE: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK


class _TooLargeError(Exception):
    pass


def collected(
    work: str, names: Sequence[str], file_bytes: int
) -> tuple[dict[str, bytearray], list[str]]:
    """The files, and the names of those that are too large to bring back."""
    files: dict[str, bytearray] = {}
    too_large = []
    left = MAX_COLLECTED_BYTES
    for name in names:
        try:
            content = _regular_file(work, name, min(left, file_bytes))
        except _TooLargeError:
            too_large.append(name)
            continue
        if content is not None:
            files[name] = content
            left -= len(content)
    return files, too_large


def _regular_file(work: str, name: str, limit: int) -> bytearray | None:
    """A file that the submission left, never what a planted link or pipe leads to.

    Raises _TooLargeError for one of more bytes than `limit`.
    """
    *folders, last = name.split("/")
    try:
        here = os.open(work, FOLDER)
        try:
            for folder in folders:
                # gVisor of 2022 follows a link to a folder though it must not.
                if stat.S_ISLNK(os.lstat(folder, dir_fd=here).st_mode):
                    return None
                there = os.open(folder, FOLDER, dir_fd=here)
                os.close(here)
                here = there
            descriptor = os.open(last, FILE, dir_fd=here)
        finally:
            os.close(here)
    except (OSError, ValueError):
        return None
    status = os.fstat(descriptor)
    # Looked at first: a folder cannot even be made a file of Python's.
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        return None
    if status.st_size > limit:
        os.close(descriptor)
        raise _TooLargeError
    with open(descriptor, "rb", buffering=0) as file:
        content = bytearray(status.st_size)
        file.readinto(content)
        return content
