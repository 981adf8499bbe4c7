"""A workspace that removes the application, or takes back the bot's token."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp

from bot.chat.slack.workspaces import Workspaces
from bot.services.errors import StorageUnavailable

log = structlog.get_logger(__name__)


def hear_of_leaving(app: AsyncApp, workspaces: Workspaces) -> None:
    """Slack tells of it by both events, in no certain order."""

    async def left(body: Mapping[str, Any]) -> None:
        at = datetime.fromtimestamp(body["event_time"], UTC)
        try:
            await workspaces.left(body["team_id"], at)
        except StorageUnavailable:
            # What is kept is worth nothing any more: Slack refuses its token.
            log.warning("leaving_not_kept", team=body["team_id"])

    async def revoked(body: Mapping[str, Any]) -> None:
        # The tokens of people, whom we never ask for any, are told of as well.
        if body["event"].get("tokens", {}).get("bot"):
            await left(body)

    app.event("app_uninstalled")(left)
    app.event("tokens_revoked")(revoked)
