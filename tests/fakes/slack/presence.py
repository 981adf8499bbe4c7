"""Somebody in a workspace: what they see, and how what they do gets through."""

from dataclasses import dataclass

from tests.fakes.slack import answers
from tests.fakes.slack.delivery import Acknowledgement, Deliveries, Delivery, Sort
from tests.fakes.slack.errors import Json
from tests.fakes.slack.screen import Expected, Screen, Sight
from tests.fakes.slack.state import State
from tests.fakes.slack.world import Account, Channel, View, Workspace


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Presence:
    state: State
    deliveries: Deliveries
    account: Account
    workspace: Workspace

    @property
    def id(self) -> str:
        return self.account.id

    @property
    def screen(self) -> Screen:
        return self.state.screen(self.account)

    @property
    def view(self) -> View | None:
        """The modal on top."""
        return self.screen.stack[-1] if self.screen.stack else None

    @property
    def direct_channel(self) -> Channel:
        return self.state.direct(self.workspace, self.account)

    def reads(self, channel: Channel) -> list[str]:
        """The channel from top to bottom, as this person sees it."""
        return [
            self.state.plain(message)
            for message in channel.messages.values()
            if message.only_for in (None, self.account)
        ]

    async def sees(self, expected: Expected = "anything") -> Sight:
        """What comes next; waits for it.

        :raises NoAnswer: it did not come.
        """
        return await self.state.bell.until(
            lambda: self.screen.next(expected), told=lambda: self._story(expected)
        )

    def _look(self) -> None:
        """What was there before is no answer to what comes."""
        self.screen.read = len(self.screen.sights)

    async def _seen(self, expecting: Expected) -> Sight:
        if expecting == "nothing":
            return Sight(kind="nothing")
        return await self.sees(expecting)

    async def _deliver(self, sort: Sort, payload: Json) -> Acknowledgement:
        delivery = self.deliveries.send(sort, payload, self.workspace)
        await self._taken([delivery])
        told = delivery.answer.result()
        if told.failure:
            answers.fail(self.state, self.account, told.failure)
        return told

    async def _taken(self, deliveries: list[Delivery]) -> None:
        def over() -> bool | None:
            done = (one.answer.done() or one.again_at for one in deliveries)
            return True if all(done) else None

        await self.state.bell.until(over, told=lambda: self._story("acknowledgement"))

    def _story(self, expected: str) -> str:
        calls = [
            f"{call.method} {call.error or 'ok'}" for call in self.state.calls[-8:]
        ]
        seen = [f"{one.kind}: {one.text[:60]!r}" for one in self.screen.sights[-5:]]
        return f"{self.account.name} saw no {expected}; last {seen}; calls {calls}"
