"""Interactions over HTTP: signed, posted to the application, answered in the reply."""

import asyncio
import json
from typing import Any

import aiohttp
from nacl.signing import SigningKey

from tests.fakes.discord.answers import answer
from tests.fakes.discord.errors import Json, Refused
from tests.fakes.discord.interaction import Interaction
from tests.fakes.discord.state import State
from tests.fakes.discord.wire import interaction_json

WHERE = "interactions endpoint"
SIGNATURE, TIMESTAMP = "X-Signature-Ed25519", "X-Signature-Timestamp"


class Endpoint:
    """The application's URL as the developer portal knows it."""

    def __init__(self, state: State, url: str, key: SigningKey) -> None:
        self._state = state
        self._url = url
        self._key = key
        self._under_way: set[asyncio.Task[None]] = set()

    async def ping(self) -> bool:
        """As when the URL is entered: a PING that must be answered with a PONG."""
        status, body = await self._post({"type": 1, "id": self._state.new_id()})
        return status == 200 and body == {"type": 1}

    async def is_careful(self) -> bool:
        """As Discord tries on its own: bad signatures must be answered with 401."""
        ping = {"type": 1, "id": self._state.new_id()}
        stranger = SigningKey(bytes(range(32)))
        tried = [
            await self._post(ping, key=stranger),
            await self._post(ping, changed=True),
            await self._post(ping, left_out=(SIGNATURE,)),
            await self._post(ping, left_out=(TIMESTAMP,)),
            await self._post(ping, garbled=True),
        ]
        return [status for status, _ in tried] == [401] * len(tried)

    def deliver(self, interaction: Interaction) -> None:
        task = asyncio.create_task(self._deliver(interaction))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def close(self) -> None:
        for task in list(self._under_way):
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _deliver(self, interaction: Interaction) -> None:
        body = interaction_json(interaction, self._state.application)
        status, said = await self._post(body)
        if status == 202:
            # The answer comes, or has come, by the callback route.
            return
        if interaction.late(self._state.clock()):
            return
        if status != 200 or not isinstance(said, dict):
            self._state.violate("the endpoint fails", WHERE, f"{status} {said}")
            return
        try:
            answer(self._state, interaction, said, {}, where=WHERE)
        except Refused as refused:
            self._state.violate("refused", WHERE, refused)
            self._state.changed()

    async def _post(
        self,
        body: Json,
        *,
        key: SigningKey | None = None,
        changed: bool = False,
        garbled: bool = False,
        left_out: tuple[str, ...] = (),
    ) -> tuple[int, Any]:
        body = {"application_id": self._state.application.id, **body}
        sent = json.dumps(body).encode()
        at = str(int(self._state.clock().timestamp()))
        signature = (key or self._key).sign(at.encode() + sent).signature.hex()
        headers = {SIGNATURE: "zz" if garbled else signature, TIMESTAMP: at}
        headers = {name: headers[name] for name in headers if name not in left_out}
        headers["Content-Type"] = "application/json"
        async with (
            aiohttp.ClientSession() as session,
            session.post(
                self._url, data=sent + b" " if changed else sent, headers=headers
            ) as response,
        ):
            text = await response.text()
            try:
                return response.status, json.loads(text)
            except ValueError:
                return response.status, text
