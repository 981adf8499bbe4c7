"""Requests as no library would send them."""

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import aiohttp

from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.errors import Json

SILENT: Json = {"allowed_mentions": {"parse": []}}


class Api:
    def __init__(self, session: aiohttp.ClientSession, fake: FakeDiscord) -> None:
        self._session = session
        self._fake = fake

    async def __call__(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        files: Mapping[str, bytes] = {},
        token: str | None = None,
    ) -> tuple[int, Any]:
        """The status and what was answered."""
        sent: dict[str, Any] = {"json": body}
        if files:
            form = aiohttp.FormData(quote_fields=False)
            form.add_field("payload_json", json.dumps(body))
            for index, (name, content) in enumerate(files.items()):
                form.add_field(f"files[{index}]", BytesIO(content), filename=name)
            sent = {"data": form}
        async with self._session.request(
            method,
            self._fake.api_url + path,
            headers={"Authorization": f"Bot {token or self._fake.token}"},
            **sent,
        ) as response:
            return (
                response.status,
                await response.json() if response.content_length else None,
            )


def errors_in(answer: Json, path: str) -> list[str]:
    """Codes of the errors at `path`: "components.0.label"."""
    return [one["code"] for one in _node(answer, path).get("_errors", ())]


def is_refused_at(answer: Json, path: str) -> bool:
    """There or in a field below; the description says the same in other codes."""
    return bool(_node(answer, path))


def _node(answer: Json, path: str) -> Json:
    node: Json = answer.get("errors", {})
    for key in path.split("."):
        node = node.get(key, {})
    return node
