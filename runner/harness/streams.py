"""The standard streams of a case, as a new interpreter would open them.

They are opened once, before any fork, on descriptors that are something else in each
child: nobody uses them before, and to open them writes to sixty pages.
"""

import builtins
import os
import sys
from typing import Final

ESCAPE: Final = "backslashreplace"


def open_streams() -> None:
    for number, name, mode, errors in (
        (0, "stdin", "r", None),
        (1, "stdout", "w", None),
        (2, "stderr", "w", ESCAPE),
    ):
        _open(number, name, mode, errors)
    # `site` adds these, and would add the host's packages with them.
    builtins.exit = builtins.quit = sys.exit  # type: ignore[assignment]


def fill_stdin(text: str) -> None:
    """In the child, whose standard input is at its end.

    A file without a name: a pipe could block who writes it.
    """
    if not text:
        return
    with open("../stdin", "w+b") as file:
        os.unlink("../stdin")
        file.write(text.encode())
        file.seek(0)
        os.dup2(file.fileno(), 0)
    _open(0, "stdin", "r", None)


def _open(number: int, name: str, mode: str, errors: str | None) -> None:
    stream = open(number, mode, encoding="utf-8", errors=errors, closefd=False)  # noqa: SIM115
    setattr(sys, name, stream)
    setattr(sys, f"__{name}__", stream)
