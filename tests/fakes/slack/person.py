"""A person acts.

Each act returns the first thing that the person sees from then on, of the kind that is
`expecting`; with "nothing" it returns as soon as the application has acknowledged.
"""

from dataclasses import dataclass
from typing import Any

from tests.fakes.slack import answers, payloads
from tests.fakes.slack.errors import Json
from tests.fakes.slack.forms import Found, NotThere, objections, write
from tests.fakes.slack.hands import find, upload_for
from tests.fakes.slack.modals import close
from tests.fakes.slack.screen import Expected, Sight
from tests.fakes.slack.world import Message, View
from tests.fakes.slack.writer import Writer


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Person(Writer):
    """Presses, chooses and fills in; writes as a `Writer`, sees as a `Presence`."""

    async def shortcut(
        self, callback_id: str, *, expecting: Expected = "anything"
    ) -> Sight:
        self._known_shortcut(callback_id, "global")
        self._look()
        payload = payloads.shortcut(
            self.state, self.account, self.workspace, callback_id
        )
        return await self._act(payload, expecting)

    async def message_shortcut(
        self, callback_id: str, message: Message, *, expecting: Expected = "anything"
    ) -> Sight:
        self._known_shortcut(callback_id, "message")
        self._look()
        payload = payloads.message_shortcut(
            self.state, self.account, callback_id, message
        )
        return await self._act(payload, expecting)

    def _known_shortcut(self, callback_id: str, kind: str) -> None:
        if self.state.application.shortcuts.get(callback_id) != kind:
            raise NotThere(f"no {kind} shortcut {callback_id}")

    async def press(
        self,
        action_id: str,
        value: object = None,
        *,
        on: Message | View | None = None,
        expecting: Expected = "anything",
    ) -> Sight:
        """A button (`value` tells several with one id apart), or a choice in a menu."""
        self._look()
        found = find(self, action_id, on, value)
        action = {"action_id": action_id, "block_id": found.block["block_id"]}
        chosen = await self._chosen(found, value)
        action |= write(found, chosen)
        payload = payloads.action(
            self.state, self.account, self.workspace, found, action
        )
        return await self._act(payload, expecting)

    async def options(
        self, action_id: str, typed: str, *, on: Message | View | None = None
    ) -> list[Json]:
        """What an external menu offers for that."""
        return await self._suggested(find(self, action_id, on), typed)

    async def submit(
        self, values: dict[str, Any] | None = None, *, expecting: Expected = "anything"
    ) -> Sight:
        """The modal on top, with values by action id."""
        self._look()
        view = self._modal()
        for action_id, value in (values or {}).items():
            found = find(self, action_id, view)
            write(found, await self._chosen(found, value))
        if errors := objections(view):
            text = "\n".join(errors.values())
            return Sight(kind="errors", text=text, view=view, errors=errors)
        payload = payloads.submission(self.state, self.account, self.workspace, view)
        told = await self._deliver("interactive", payload)
        if not told.failure:
            answers.after_submission(self.state, self.workspace, view, told.body)
        return await self._seen(expecting)

    async def close_view(self, *, all_of_them: bool = False) -> None:
        view = self._modal()
        closed = self.screen.stack[::-1] if all_of_them else [view]
        for one in closed:
            close(self.state, self.workspace, one)
            if one.definition.get("notify_on_close"):
                payload = payloads.closing(
                    self.state, self.account, self.workspace, one, cleared=all_of_them
                )
                await self._deliver("interactive", payload)

    def _need_interactivity(self) -> None:
        if not self.state.application.interactive:
            raise NotThere("this app is not set up to handle interactive responses")

    def _modal(self) -> View:
        if self.view is None:
            raise NotThere("no modal is open")
        return self.view

    async def _act(self, payload: Json, expecting: Expected) -> Sight:
        self._need_interactivity()
        told = await self._deliver("interactive", payload)
        answers.after_action(self.state, payload["type"], told.body)
        return await self._seen(expecting)

    async def _chosen(self, found: Found, value: Any) -> Any:
        kind: str = found.element["type"]
        if kind == "file_input":
            files = [upload_for(self.state, self, one) for one in value]
            return [self.state.file_json(file) for file in files]
        if "external" in kind and isinstance(value, str):
            for option in await self._suggested(found, value):
                if value in (option["value"], answers.label(option)):
                    return option
            raise NotThere(f"{value!r} is not offered")
        if isinstance(value, str):
            self.state.hear(value)
        return value

    async def _suggested(self, found: Found, typed: str) -> list[Json]:
        payload = payloads.suggestion(
            self.state, self.account, self.workspace, found, typed
        )
        told = await self._deliver("interactive", payload)
        return answers.suggested(self.state, told.body)
