"""Tickets that come with an interaction: trigger ids and response URLs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from tests.fakes.slack.errors import Refused
from tests.fakes.slack.world import Account, Message, Workspace

# docs.slack.dev/interactivity/handling-user-interaction: three seconds, once.
TRIGGER_LIFE = timedelta(seconds=3)
# The same page: five times within half an hour.
RESPONSE_LIFE = timedelta(minutes=30)
RESPONSES = 5


@dataclass(kw_only=True, eq=False)
class Trigger:
    account: Account
    workspace: Workspace
    made_at: datetime
    exchanged: bool = False


@dataclass(kw_only=True, eq=False)
class Response:
    """What a response URL leads back to."""

    account: Account
    workspace: Workspace
    channel_id: str
    made_at: datetime
    # The message whose button was pressed; None after a command.
    source: Message | None = None
    used: int = 0


@dataclass(kw_only=True)
class Triggers:
    clock: Callable[[], datetime]
    _triggers: dict[str, Trigger] = field(default_factory=dict)
    _responses: dict[str, Response] = field(default_factory=dict)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def new(self, account: Account, workspace: Workspace) -> str:
        trigger = Trigger(account=account, workspace=workspace, made_at=self.clock())
        number = next(self._numbers)
        name = f"{number}.{number * 7}.{number:032x}"
        self._triggers[name] = trigger
        return name

    def exchange(self, name: object) -> Trigger:
        """:raises Refused: unknown, used already or too old."""
        trigger = self._triggers.get(str(name))
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.exchanged:
            raise Refused("exchanged_trigger_id")
        if self.clock() - trigger.made_at > TRIGGER_LIFE:
            raise Refused("expired_trigger_id")
        trigger.exchanged = True
        return trigger

    def new_response(
        self,
        account: Account,
        workspace: Workspace,
        channel_id: str,
        source: Message | None = None,
    ) -> str:
        """The path of a response URL."""
        path = f"{workspace.id}/{next(self._numbers):024x}"
        self._responses[path] = Response(
            account=account,
            workspace=workspace,
            channel_id=channel_id,
            made_at=self.clock(),
            source=source,
        )
        return path

    def respond(self, path: str) -> Response:
        """:raises Refused: unknown, too old or used up."""
        response = self._responses.get(path)
        if response is None:
            raise Refused("invalid_url")
        if self.clock() - response.made_at > RESPONSE_LIFE:
            raise Refused("expired_url")
        if response.used == RESPONSES:
            raise Refused("used_url")
        response.used += 1
        return response
