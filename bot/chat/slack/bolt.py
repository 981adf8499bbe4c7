"""slack-bolt's part: signatures, their age, Slack's own questions, acknowledgements.

Whatever comes is acknowledged before anything else is done, and nothing is looked up
before: neither a slow database nor a slow Slack can make it late.
"""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.slack.adapter import SlackChat
from bot.chat.slack.leaving import hear_of_leaving
from bot.chat.slack.modal import FORM
from bot.chat.slack.workspaces import Workspaces

Ack = Callable[..., Awaitable[Any]]
Body = Mapping[str, Any]

_ANY = re.compile("")


def bolt_app(
    chat: SlackChat,
    client: AsyncWebClient,
    signing_secret: str,
    workspaces: Workspaces,
) -> AsyncApp:
    # Below that they log members' words and tokens.
    for name in ("slack_bolt", "slack_sdk"):
        logging.getLogger(name).setLevel(logging.INFO)
    app = AsyncApp(
        name="cordada",
        logger=logging.getLogger("slack_bolt"),
        client=client,
        signing_secret=signing_secret,
        authorize=_anybody,
        # Which bot we are is only known of by a look into the installation.
        ignoring_self_events_enabled=False,
    )

    # Before what hears of everything: the first that fits is the only one.
    hear_of_leaving(app, workspaces)

    async def command(ack: Ack, body: Body) -> None:
        await ack()
        chat.hear_command(body)

    async def interaction(ack: Ack, body: Body) -> None:
        await ack()
        chat.hear_interaction(body)

    async def form(ack: Ack, body: Body) -> None:
        if errors := chat.objections(body):
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        chat.hear_interaction(body)

    async def event(body: Body) -> None:
        chat.hear_event(body)

    app.command(_ANY)(command)
    app.block_action(_ANY)(interaction)
    app.message_shortcut(_ANY)(interaction)
    app.view_submission(FORM)(form)
    app.event(_ANY)(event)
    return app


async def _anybody(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    """Whose token it takes is found when something is to be said."""
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)
