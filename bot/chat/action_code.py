"""An action as the id or the value of a button, a select or a modal, and back.

    challenge show⏎challenge=add-up          a button
    challenge show⏎?challenge                a select: its value is that option
    challenge show⏎challenge=add-up⏎#2       the same action twice in one message

The code is the whole state, so that what was posted before a restart still works. What
nobody ever wrote becomes an action that the router does not know, and says so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.chat.reply import Action

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"\\": "\\\\", "\n": "\\n"}


class ActionTooLong(ValueError):
    def __init__(self, action: Action) -> None:
        super().__init__(action)
        self.action = action


@dataclass(frozen=True, kw_only=True)
class Recalled:
    path: tuple[str, ...]
    options: Mapping[str, str]
    option: str | None = None
    """The one that a select's value is for."""


def coded(
    action: Action, *, most: int, option: str | None = None, copy: int = 1
) -> str:
    """Raises ActionTooLong for more than `most` characters."""
    lines = [" ".join(action.path)]
    lines += [f"{name}={_escaped(value)}" for name, value in action.options]
    if option is not None:
        lines.append(f"?{option}")
    if copy > 1:
        lines.append(f"#{copy}")
    written = "\n".join(lines)
    if len(written) > most:
        raise ActionTooLong(action)
    return written


def recalled(written: str) -> Recalled:
    path, *lines = written.split("\n")
    option = next((one[1:] for one in lines if one.startswith("?")), None)
    pairs = [
        one.partition("=") for one in lines if "=" in one and not one.startswith("?")
    ]
    return Recalled(
        path=tuple(path.split(" ")),
        options={name: _restored(value) for name, _, value in pairs},
        option=option,
    )


def _escaped(value: str) -> str:
    return "".join(_ESCAPES.get(one, one) for one in value)


def _restored(value: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], value)
