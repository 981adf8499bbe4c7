"""What Slack sends to an application, until it is acknowledged.

sent ──ack in 3 s──▶ answered
  ├─ late, interaction ▶ answered: the person reads Slack's own failure
  └─ late, event ▶ waits ─▶ sent again, three times at most
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, Protocol

from tests.fakes.slack.errors import Json
from tests.fakes.slack.state import State
from tests.fakes.slack.world import Workspace

ACKNOWLEDGE_IN = timedelta(seconds=3)
# Nearly at once, after one and five minutes: docs.slack.dev/apis/events-api#retries.
RETRIES = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))

# As Socket Mode names them.
Sort = Literal["slash_commands", "interactive", "events_api"]
Reason = Literal["http_timeout", "http_error", "connection_failed"]


@dataclass(frozen=True, kw_only=True)
class Acknowledgement:
    body: Json | str | None = None
    failure: str = ""


@dataclass(kw_only=True, eq=False)
class Delivery:
    id: str
    sort: Sort
    payload: Json
    workspace: Workspace = field(repr=False)
    sent_at: datetime
    answer: asyncio.Future[Acknowledgement]
    attempt: int = 0
    reason: Reason | None = None
    # None while it is under way.
    again_at: datetime | None = None

    @property
    def name(self) -> str:
        inner = self.payload.get("event", self.payload)
        return str(inner.get("command") or inner.get("type"))


class Transport(Protocol):
    async def send(self, delivery: Delivery) -> None:
        """Ends in `acknowledge` or `fail`, now or later."""


@dataclass(kw_only=True, repr=False)
class Deliveries:
    state: State
    transport: Transport
    sent: list[Delivery] = field(default_factory=list)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def send(self, sort: Sort, payload: Json, workspace: Workspace) -> Delivery:
        delivery = Delivery(
            id=self.state.new_id("envelope-"),
            sort=sort,
            payload=payload,
            workspace=workspace,
            sent_at=self.state.clock(),
            answer=asyncio.get_running_loop().create_future(),
        )
        self.sent.append(delivery)
        self._launch(self.transport.send(delivery))
        return delivery

    def repeat(self, delivery: Delivery) -> Delivery:
        """The same once more, although it was acknowledged: Slack does that."""
        return self.send(delivery.sort, delivery.payload, delivery.workspace)

    def emit(self, workspace: Workspace, event: Json) -> None:
        if self._wants(workspace, event):
            self.send("events_api", self.wrapped(workspace, event), workspace)

    def wrapped(self, workspace: Workspace, event: Json) -> Json:
        application = self.state.application
        return {
            "token": application.verification_token,
            "team_id": workspace.id,
            "api_app_id": application.id,
            "event": {"event_ts": self.state.new_ts(), **event},
            "type": "event_callback",
            "event_id": self.state.new_id("Ev"),
            "event_time": int(self.state.clock().timestamp()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": workspace.id,
                    "user_id": workspace.bot.id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
        }

    def _wants(self, workspace: Workspace, event: Json) -> bool:
        name: str = event["type"]
        if name == "message":
            sorts = {"channel": "channels", "group": "groups"}
            kind = event["channel_type"]
            name = f"message.{sorts.get(kind, kind)}"
        installed = self.state.installed(workspace)
        return installed and name in self.state.application.events

    def acknowledge(self, envelope: str, body: Json | str | None) -> None:
        found = [one for one in self.sent if one.id == envelope]
        if not found:
            self.state.violate("unknown_envelope", "socket", envelope)
        for delivery in found:
            self._acknowledge(delivery, body)

    def _acknowledge(self, delivery: Delivery, body: Json | str | None) -> None:
        if delivery.answer.done() or delivery.again_at:
            return
        if self._is_late(delivery):
            self._late(delivery)
        else:
            delivery.answer.set_result(Acknowledgement(body=body))
            self.state.bell.ring()

    def fail(self, delivery: Delivery, reason: Reason, *, retry: bool = True) -> None:
        """The application answered with an error, or could not be reached."""
        if delivery.answer.done() or delivery.again_at:
            return
        if delivery.sort == "events_api" and retry and delivery.attempt < len(RETRIES):
            wait = RETRIES[delivery.attempt]
            delivery.again_at, delivery.reason = self.state.clock() + wait, reason
        else:
            delivery.answer.set_result(Acknowledgement(failure=reason))
        self.state.bell.ring()

    def tick(self) -> None:
        """The clock has moved."""
        for delivery in list(self.sent):
            if delivery.answer.done():
                continue
            if delivery.again_at is None and self._is_late(delivery):
                self._late(delivery)
            if delivery.again_at and delivery.again_at <= self.state.clock():
                self._send_again(delivery)

    def _is_late(self, delivery: Delivery) -> bool:
        return self.state.clock() - delivery.sent_at > ACKNOWLEDGE_IN

    def _late(self, delivery: Delivery) -> None:
        self.state.violate("late_acknowledgement", delivery.name)
        self.fail(delivery, "http_timeout")

    def _send_again(self, delivery: Delivery) -> None:
        delivery.again_at = None
        delivery.attempt += 1
        delivery.sent_at = self.state.clock()
        self._launch(self.transport.send(delivery))

    def _launch(self, sending: Coroutine[None, None, None]) -> None:
        task = asyncio.ensure_future(sending)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
