"""What Python warns of in the member's own lines, each once: a note, not a failure."""

import warnings
from typing import Any, Final

from runner.harness.member_file import MemberFile

MOST_WARNINGS: Final = 10
MESSAGE_CHARACTERS: Final = 500


def expect() -> None:
    """Once, before any fork, as it compiles a pattern. Python keeps these warnings for
    `__main__`; here the member is the author of a module.
    """
    warnings.filterwarnings("default", category=DeprecationWarning, module="solution")


def listen(submission: MemberFile) -> list[dict[str, Any]]:
    """The list that fills from now on. They are still printed, as Python does."""
    heard: list[dict[str, Any]] = []
    printed = warnings.showwarning

    def hear(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        *rest: Any,
        **more: Any,
    ) -> None:
        if submission.owns(filename) and len(heard) < MOST_WARNINGS:
            told = {
                "type": category.__name__,
                "message": str(message)[:MESSAGE_CHARACTERS],
                "line": lineno,
            }
            if told not in heard:
                heard.append(told)
        printed(message, category, filename, lineno, *rest, **more)

    warnings.showwarning = hear
    return heard
