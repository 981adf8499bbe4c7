"""`oauth.v2.access`: tokens for a code, or new tokens for old.

Neither codes nor tokens stand in what is raised or logged here.
"""

from collections.abc import Mapping
from typing import Any, cast

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.slack.errors import SlackUnavailable

# Slack's own trouble, the last an answer that is no JSON: later it may do.
_LATER = frozenset(
    {"ratelimited", "internal_error", "fatal_error", "service_unavailable", ""}
)


class ExchangeRefused(Exception):
    def __init__(self, error: str) -> None:
        """`error`: Slack's name for it."""
        super().__init__(error)
        self.error = error


class Exchange:
    def __init__(
        self, client: AsyncWebClient, *, client_id: str, client_secret: str
    ) -> None:
        """`client` has no token of its own."""
        self._client = client
        self.client_id = client_id
        self._client_secret = client_secret

    async def of_code(self, code: str) -> Mapping[str, Any]:
        """Raises ExchangeRefused and SlackUnavailable, as `of_refresh`."""
        return await self._asked(code=code)

    async def of_refresh(self, refresh_token: str | None) -> Mapping[str, Any]:
        return await self._asked(
            grant_type="refresh_token", refresh_token=refresh_token
        )

    async def _asked(self, **given: Any) -> Mapping[str, Any]:
        try:
            answer = await self._client.oauth_v2_access(
                client_id=self.client_id, client_secret=self._client_secret, **given
            )
        except SlackApiError as error:
            told = str(error.response.get("error", ""))
            if told in _LATER:
                raise SlackUnavailable from None
            raise ExchangeRefused(told) from None
        except (ClientError, SlackClientError, TimeoutError):
            raise SlackUnavailable from None
        return cast("Mapping[str, Any]", answer.data)
