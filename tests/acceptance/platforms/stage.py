"""A platform as the scenario plays on it: people who type, fill in, say and read."""

from collections.abc import Mapping
from typing import Any, Protocol

from bot.chat.command import Path
from bot.chat.names import choice_labels, command_name, option_name, spec_of
from bot.chat.table import COMMANDS
from bot.chat.texts import texts_in

LOCALES = {"es": "es-ES", "en": "en-US"}


class Player(Protocol):
    """Each act returns when it is answered; `reads` is all that the player sees now."""

    @property
    def language(self) -> str: ...

    async def asks(self, *path: str, **options: str) -> None:
        """A command, by the names that their language gives it."""
        ...

    async def hands_in(self, challenge: str, code: str) -> None:
        """By the form that the command to submit opens."""
        ...

    async def fills_in(self, *path: str, **fields: str) -> None:
        """The form that the command opens."""
        ...

    async def pastes(self, code: str) -> None:
        """A block of code in a message to the bot."""
        ...

    async def asks_of(self, code: str, *path: str) -> None:
        """A command of the menu of their own message, which has that code."""
        ...

    async def reads(self) -> str: ...

    async def is_told(self) -> str:
        """What the bot has told them in private without being asked."""
        ...


class Stage(Protocol):
    async def enters(self, name: str, language: str) -> Player: ...

    async def judge_all(self) -> None: ...

    async def tell_all(self) -> None: ...

    async def strike(self) -> None:
        """The clock: what mentoring needs by now is done."""
        ...

    async def in_room(self, player: Any) -> str:
        """What that player reads in the conversation of the one pairing."""
        ...


def line(language: str, path: Path, options: Mapping[str, str]) -> str:
    """As it is typed where commands are text: `/reto ver reto:add-up`."""
    name, given = named(language, path, options)
    return " ".join([f"/{name}", *(f'{key}:"{one}"' for key, one in given.items())])


def named(
    language: str, path: Path, options: Mapping[str, str]
) -> tuple[str, dict[str, Any]]:
    """Command and options by their names in that language."""
    texts, spec = texts_in(language), spec_of(COMMANDS, path)
    assert spec is not None, path
    known = {one.name: one for one in spec.options}
    given = {
        option_name(texts, spec, known[name]): dict(
            choice_labels(texts, spec, known[name])
        ).get(value, value)
        for name, value in options.items()
    }
    return command_name(texts, spec)[1:], given


def block(code: str) -> str:
    fence = "```"
    return f"{fence}\n{code}{fence}"
