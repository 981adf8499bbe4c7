"""Imports, calls and runs the submitted file as a web site and a terminal would."""

import contextlib
import io
import runpy
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any


def observed(action: Callable[[], object], argv: list[str]) -> list[Any]:
    """What the action printed and the status that it ended the program with."""
    printed, status = io.StringIO(), None
    before = sys.argv
    sys.argv = argv
    try:
        with contextlib.redirect_stdout(printed):
            action()
    except SystemExit as end:
        status = end.code
    finally:
        sys.argv = before
    return [printed.getvalue(), status]


def imported(module: ModuleType) -> list[Any]:
    # Another program's arguments: an importer has its own.
    argv = ["web.py", "--port", "8000"]
    return observed(lambda: runpy.run_path(module.__file__, run_name="quote"), argv)


def imported_from(module: ModuleType, argv: list[str]) -> list[Any]:
    return observed(lambda: runpy.run_path(module.__file__, run_name="quote"), argv)


def executed(module: ModuleType, argv: list[str]) -> list[Any]:
    return observed(
        lambda: runpy.run_path(module.__file__, run_name="__main__"),
        ["quote.py", *argv],
    )


def price(module: ModuleType, pages: int, copies: int, colour: bool) -> object:
    return module.price(pages, copies, colour=colour)


def price_of_one_copy(module: ModuleType, pages: int) -> list[object]:
    return [module.price(pages), module.price(pages, colour=True)]


def colour_by_position(module: ModuleType) -> object:
    return module.price(10, 1, True)


def price_prints(module: ModuleType) -> list[Any]:
    return observed(lambda: module.price(10, 12), ["web.py"])


def called(module: ModuleType, argv: list[str]) -> list[Any]:
    """What `main` printed and returned, and the list it was given, as it left it."""
    given = list(argv)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        status = module.main(given)
    return [printed.getvalue(), status, given]
