"""What a handler knows of who asks, where, and in which language."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.command import Actor, CommandSpec, Place
from bot.chat.operations import Permissions
from bot.chat.pictures.painter import Painter
from bot.chat.texts import Texts
from bot.domain.member import Member
from bot.services.world import World


@dataclass(frozen=True, kw_only=True)
class Context:
    world: World
    table: Sequence[CommandSpec]
    member: Member
    actor: Actor
    place: Place
    texts: Texts
    painter: Painter | None = None
    """None: nothing can be drawn."""
    pages: str | None = None
    """The address of the web pages as seen from where the reader is; None: nowhere."""

    permissions: Permissions | None = None
    """The bot's own on the place's platform; None where that asks for none."""

    @property
    def language(self) -> str:
        return self.texts.language
