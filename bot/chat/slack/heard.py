"""What Slack sends, as far as we read it: commands, interactions and events.

Socket Mode and signed HTTP bring the same bodies. Unknown fields are left out.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class HeardFromSlack(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class SlashCommand(HeardFromSlack):
    team_id: str
    channel_id: str
    user_id: str
    user_name: str = ""
    command: str
    text: str = ""
    response_url: str
    trigger_id: str


class SlackUser(HeardFromSlack):
    id: str
    name: str = ""


class Identified(HeardFromSlack):
    """A workspace or a channel."""

    id: str


class SharedFile(HeardFromSlack):
    """A file or a snippet. What Slack still looks at has no address yet."""

    id: str
    name: str | None = None
    filetype: str = ""
    size: int = 0
    url_private_download: str | None = None

    @property
    def filename(self) -> str:
        """A snippet may be called anything: its language says what it is."""
        name = self.name or "file"
        if self.filetype == "python" and not name.casefold().endswith(".py"):
            return f"{name}.py"
        return name


class SlackMessage(HeardFromSlack):
    ts: str
    user: str | None = None
    bot_id: str | None = None
    text: str = ""
    thread_ts: str | None = None
    files: tuple[SharedFile, ...] = ()


class Chosen(HeardFromSlack):
    value: str


class SlackPress(HeardFromSlack):
    action_id: str
    value: str | None = None
    selected_option: Chosen | None = None


class Container(HeardFromSlack):
    """What a button was pressed in."""

    thread_ts: str | None = None


class Written(HeardFromSlack):
    """An input of a modal, filled in."""

    value: str | None = None
    selected_option: Chosen | None = None
    selected_conversation: str | None = None
    files: tuple[SharedFile, ...] = ()


class ViewState(HeardFromSlack):
    values: Mapping[str, Mapping[str, Written]] = Field(default_factory=dict)


class HeardView(HeardFromSlack):
    id: str
    type: str
    private_metadata: str = ""
    state: ViewState = ViewState()


class SlackInteraction(HeardFromSlack):
    type: str
    user: SlackUser
    team: Identified
    trigger_id: str = ""
    response_url: str = ""
    callback_id: str = ""
    channel: Identified | None = None
    message: SlackMessage | None = None
    container: Container = Container()
    actions: tuple[SlackPress, ...] = ()
    view: HeardView | None = None


class Authorization(HeardFromSlack):
    user_id: str | None = None


class SlackEvent(HeardFromSlack):
    """One event that happened; `event` is read by its type."""

    team_id: str
    event_id: str
    event: Mapping[str, Any]
    authorizations: tuple[Authorization, ...] = ()

    @property
    def kind(self) -> str:
        return str(self.event.get("type", ""))

    @property
    def own_id(self) -> str:
        """The bot's user in that workspace."""
        return next((one.user_id for one in self.authorizations if one.user_id), "")
