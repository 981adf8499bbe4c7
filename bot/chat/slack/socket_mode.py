"""Socket Mode, with requests side by side.

slack-sdk hands over the next request when the one before is acknowledged, and
slack-bolt looks for that each ten milliseconds: when a class hands in at once, Slack
would call the last of them late.
"""

import asyncio

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient


class SideBySide(AsyncSocketModeHandler):
    def __init__(self, app: AsyncApp, app_token: str, client: AsyncWebClient) -> None:
        super().__init__(app, app_token, web_client=client)
        self._under_way: set[asyncio.Task[None]] = set()

    async def handle(
        self, client: AsyncBaseSocketModeClient, req: SocketModeRequest
    ) -> None:
        task = asyncio.ensure_future(super().handle(client, req))  # type: ignore[arg-type]
        # The loop itself keeps no task alive.
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def acknowledged(self, most_s: float) -> None:
        """Until what was received is: closing at once would lose that."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=most_s)
