"""What Discord sends, as far as we read it: interactions and messages.

The gateway and the HTTP endpoint send the same interaction; the gateway, a menu of a
message and a request for a message send the same message. Unknown fields are left out.
"""

from collections.abc import Iterator, Mapping
from enum import IntEnum

from pydantic import BaseModel, ConfigDict, Field


class InteractionKind(IntEnum):
    PING = 1
    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class CommandKind(IntEnum):
    SLASH = 1
    USER_MENU = 2
    MESSAGE_MENU = 3


class Heard(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class User(Heard):
    id: str
    username: str
    global_name: str | None = None
    bot: bool = False


class GuildMember(Heard):
    """The user is missing in messages, where the author is said beside."""

    user: User | None = None
    nick: str | None = None
    permissions: int = 0


class Attachment(Heard):
    id: str
    filename: str
    size: int
    url: str


class DiscordMessage(Heard):
    id: str
    channel_id: str
    guild_id: str | None = None
    author: User
    member: GuildMember | None = None
    content: str = ""
    mentions: tuple[User, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    edited_timestamp: str | None = None


class CommandOption(Heard):
    name: str
    type: int
    value: str | int | float | bool | None = None
    options: tuple["CommandOption", ...] = ()
    focused: bool = False


class Input(Heard):
    """A field of a modal, filled in."""

    custom_id: str = ""
    value: str | None = None
    values: tuple[str, ...] | None = None


class ModalPart(Heard):
    component: Input | None = None


class Resolved(Heard):
    attachments: Mapping[str, Attachment] = Field(default_factory=dict)
    messages: Mapping[str, DiscordMessage] = Field(default_factory=dict)


class InteractionData(Heard):
    """Of a command (name, options), a component or a modal (custom_id)."""

    name: str = ""
    type: int = CommandKind.SLASH
    options: tuple[CommandOption, ...] = ()
    target_id: str | None = None
    custom_id: str = ""
    values: tuple[str, ...] = ()
    components: tuple[ModalPart, ...] = ()
    resolved: Resolved = Resolved()


class InteractionChannel(Heard):
    type: int


class Interaction(Heard):
    id: str
    application_id: str
    type: int
    token: str
    data: InteractionData = InteractionData()
    guild_id: str | None = None
    channel_id: str | None = None
    channel: InteractionChannel | None = None
    member: GuildMember | None = None
    user: User | None = None
    locale: str | None = None
    guild_locale: str | None = None

    @property
    def author(self) -> User:
        """Servers say it in the member, direct messages beside it."""
        found = self.user if self.member is None else self.member.user
        if found is None:
            raise ValueError(self.id)
        return found

    @property
    def called(self) -> tuple[list[str], tuple[CommandOption, ...]]:
        """The names of the command as nested, and its options."""
        names, options = [self.data.name], self.data.options
        while options and options[0].type in {1, 2}:
            names.append(options[0].name)
            options = options[0].options
        return names, options

    @property
    def inputs(self) -> Iterator[Input]:
        for part in self.data.components:
            if part.component is not None:
                yield part.component


def display_name(user: User, member: GuildMember | None) -> str:
    return (member and member.nick) or user.global_name or user.username
