"""Remove a folder, however its last owner left it."""

import os


def erase(folder: str) -> None:
    """Whatever the depth, names or modes within; links are not followed.

    Folders found inside are moved up to the top before they are emptied: a path never
    grows past the system's bound, and no stack grows with the tree.
    """
    os.chmod(folder, 0o700)
    empty(folder)
    os.rmdir(folder)


def empty(folder: str) -> None:
    """As `erase`, but the folder itself stays; it may be another user's."""
    top = os.fsencode(folder)
    # A name that nobody could have taken on purpose.
    prefix = os.urandom(8).hex().encode()
    moved = 0
    pending = [top]
    while pending:
        current = pending.pop()
        for entry in _entries(current):
            if not entry.is_dir(follow_symlinks=False):
                os.unlink(entry.path)
                continue
            os.chmod(entry.path, 0o700)
            moved += 1
            target = os.path.join(top, b"%s-%d" % (prefix, moved))
            os.rename(entry.path, target)
            pending.append(target)
        if current != top:
            os.rmdir(current)


def _entries(folder: bytes) -> list[os.DirEntry[bytes]]:
    with os.scandir(folder) as entries:
        return list(entries)
