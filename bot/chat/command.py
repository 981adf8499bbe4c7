"""Commands, declared once and spoken on every platform.

    payload ─ adapter ─► Command ─ router ─► handler ─► Reply ─ adapter ─► payload
                            ▲
                     CommandSpec: what exists, its options, who may, its handler

A spec's texts are keys of the catalogues. For a path ("challenge", "show"):
`command.challenge.show.name`, `command.challenge.show.about`, and for each option
`command.challenge.show.option.<name>.name` and `….about`; the group itself has
`command.challenge.name` and `command.challenge.about`.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.chat.context import Context
    from bot.chat.reply import Form, Reply

Path = tuple[str, ...]


class Platform(StrEnum):
    WEB = "web"
    DISCORD = "discord"
    SLACK = "slack"
    CONSOLE = "console"


class OptionKind(StrEnum):
    TEXT = "text"
    CODE = "code"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    CHALLENGE = "challenge"
    """A challenge's id; platforms complete it by title in the member's language."""
    TOPICS = "topics"
    """Topics of the roadmap, parted by commas; the last one is completed."""
    MEMBER = "member"
    CHANNEL = "channel"
    """By the platform's id, as are roles."""
    ROLE = "role"


@dataclass(frozen=True, kw_only=True)
class Option:
    name: str
    kind: OptionKind = OptionKind.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    """For CHOICE: values; labels are `…option.<name>.choice.<value>`."""
    minimum: int | None = None
    maximum: int | None = None
    is_listed: bool = True
    """False: only forms and buttons give it, and nobody types it."""


class Audience(StrEnum):
    MEMBER = "member"
    ORGANISER = "organiser"


Handler = Callable[["Context", Mapping[str, str]], Awaitable["Reply | Form"]]


def _never(_: Mapping[str, str]) -> bool:
    return False


@dataclass(frozen=True, kw_only=True)
class CommandSpec:
    path: Path
    handler: Handler
    options: tuple[Option, ...] = ()
    audience: Audience = Audience.MEMBER
    is_listed: bool = True
    """False: only buttons issue it; it has no place in menus or help."""
    opens_form: Callable[[Mapping[str, str]], bool] = _never
    """Whether these options are answered with a form: a platform that must acknowledge
    before it knows the answer acknowledges the two differently."""
    takes_message: bool = False
    """Also in the menu of a message, whose code is the option `code`. Its name there
    is `menu.<path>`."""

    @property
    def key(self) -> str:
        return "command." + ".".join(self.path)


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who speaks, as the platform knows them."""

    external_id: str
    name: str
    locale: str | None = None
    """What the platform says of their language, a BCP 47 tag."""
    time_zone: str | None = None
    is_organiser: bool = False


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a command came from, and where a later answer can go.

    It is stored with a submission as JSON, so that a verdict finds its way after a
    restart. `detail` is the adapter's own: a channel, a thread, a token.
    """

    platform: Platform
    community: str
    """The platform's id of the server or workspace."""
    locale: str | None = None
    """The reader's, as the platform told it then."""
    detail: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Command:
    actor: Actor
    place: Place
    path: Path
    options: Mapping[str, str] = field(default_factory=dict)
    """By canonical option name; text as the person gave it, parsed by the router."""


@dataclass(frozen=True, kw_only=True)
class Message:
    """Free text addressed to the bot: a mention, a direct message, a thread reply."""

    actor: Actor
    place: Place
    text: str
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    path: Path = ("challenge", "submit")
    """The command that its code is for."""
