"""How a call was refused."""

from collections.abc import Awaitable

import pytest
from slack_sdk.errors import SlackApiError


async def refused(call: Awaitable[object]) -> str:
    """Slack's name for it."""
    with pytest.raises(SlackApiError) as caught:
        await call
    error: str = caught.value.response["error"]
    return error
