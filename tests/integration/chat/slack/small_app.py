"""The smallest application that does everything once, on the real slack-bolt."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncSay

from tests.fakes.slack import FakeSlack
from tests.fakes.slack.errors import Json

Ack = Callable[..., Awaitable[Any]]
NO_PREVIEW = {"unfurl_links": False, "unfurl_media": False}

MANIFEST: Json = {
    "display_information": {"name": "Cordada"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "bot_user": {"display_name": "cordada"},
        "slash_commands": [
            {"command": command, "description": "A command"}
            for command in ("/post", "/later", "/form", "/slow", "/picture")
        ]
        + [{"command": "/echo", "description": "A command", "should_escape": True}],
        "shortcuts": [
            {"name": "Judge", "type": "message", "callback_id": "judge"},
            {"name": "Today", "type": "global", "callback_id": "today"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                "app_mentions:read",
                "channels:history",
                "channels:read",
                "chat:write",
                "commands",
                "files:read",
                "files:write",
                "im:history",
                "im:write",
                "mpim:write",
                "reactions:write",
                "users:read",
            ]
        }
    },
    "settings": {
        "interactivity": {"is_enabled": True},
        "event_subscriptions": {
            "bot_events": [
                "app_home_opened",
                "app_mention",
                "app_uninstalled",
                "message.im",
                "tokens_revoked",
                "member_joined_channel",
            ]
        },
    },
}


def section(text: str, **more: object) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(action_id: str, text: str, value: str = "1") -> Json:
    element = {"type": "button", "action_id": action_id, "value": value}
    return {"type": "actions", "elements": [element | {"text": plain(text)}]}


def form(title: str = "Solve") -> Json:
    code = {"type": "plain_text_input", "action_id": "code", "max_length": 3000}
    topic = {"type": "external_select", "action_id": "topic", "min_query_length": 0}
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain(title),
        "submit": plain("Send"),
        "notify_on_close": True,
        "blocks": [
            {
                "type": "input",
                "block_id": "code",
                "label": plain("Code"),
                "element": code | {"multiline": True},
            },
            {
                "type": "input",
                "block_id": "topic",
                "label": plain("Topic"),
                "optional": True,
                "element": topic,
            },
            {
                "type": "input",
                "block_id": "file",
                "label": plain("File"),
                "optional": True,
                "element": {"type": "file_input", "action_id": "file", "max_files": 1},
            },
            button("grow", "More"),
        ],
    }


class SmallApp:
    """Remembers what it was told; `gate` holds `/slow` and slow mentions back."""

    def __init__(self, app: AsyncApp, slack: FakeSlack) -> None:
        self.gate = asyncio.Event()
        self.told: list[Json] = []
        self.attempts: list[str | None] = []
        self._slack = slack
        app.middleware(self._wait)
        for command in ("echo", "post", "later", "form", "slow", "picture"):
            app.command(f"/{command}")(getattr(self, command))
        app.event("app_mention")(self.mention)
        app.event("message")(self.hello)
        app.event("app_home_opened")(self.home)
        app.event("app_uninstalled")(self.gone)
        app.event("tokens_revoked")(self.gone)
        app.event("member_joined_channel")(self.gone)
        app.action("again")(self.again)
        app.action("grow")(self.grow)
        app.options("topic")(self.topics)
        app.view("form")(self.submitted)
        app.view_closed("form")(self.closed)
        app.shortcut("judge")(self.judge)
        app.shortcut("today")(self.today)

    def _tell(self, what: Json) -> None:
        self.told.append(what)
        self._slack.state.bell.ring()

    async def _wait(self, body: Json, req: Any, next: Ack) -> None:  # noqa: A002
        event = body.get("event", {})
        if "slow" in event.get("text", "") and not self.gate.is_set():
            self._tell(event)
            await self.gate.wait()
        if event:
            self.attempts.append((req.headers.get("x-slack-retry-num") or [None])[0])
        await next()

    async def echo(self, ack: Ack, command: Json) -> None:
        await ack(command["text"])

    async def slow(self, ack: Ack) -> None:
        await self.gate.wait()
        await ack("at last")

    async def post(self, ack: Ack, client: Any, command: Json) -> None:
        await ack()
        text = command["text"].replace("<", "&lt;").replace(">", "&gt;")
        await client.chat_postMessage(
            channel=command["channel_id"],
            text=text,
            blocks=[section(f"*{text}*"), button("again", "Again")],
            **NO_PREVIEW,
        )

    async def later(self, ack: Ack, respond: Ack, command: Json) -> None:
        await ack()
        await respond(command["text"])

    async def form(self, ack: Ack, client: Any, command: Json) -> None:
        await ack()
        await client.views_open(trigger_id=command["trigger_id"], view=form())

    async def picture(self, ack: Ack, client: Any, command: Json) -> None:
        await ack()
        await client.files_upload_v2(
            channel=command["channel_id"],
            filename="profile.png",
            content=b"\x89PNG",
            alt_txt="Ana's streak: three days",
            initial_comment="Your profile",
        )

    async def again(self, ack: Ack, client: Any, body: Json) -> None:
        await ack()
        message = body["message"]
        await client.chat_update(
            channel=body["channel"]["id"], ts=message["ts"], text="again", blocks=[]
        )

    async def grow(self, ack: Ack, client: Any, body: Json) -> None:
        await ack()
        view = body["view"]
        await client.views_update(
            view_id=view["id"], hash=view["hash"], view=form("Solve more")
        )

    async def topics(self, ack: Ack, payload: Json) -> None:
        names = [name for name in ("lists", "loops") if payload["value"] in name]
        await ack(options=[{"text": plain(name), "value": name} for name in names])

    async def submitted(self, ack: Ack, client: Any, body: Json) -> None:
        values = body["view"]["state"]["values"]
        self._tell(values)
        if values["code"]["code"]["value"] == "oops":
            await ack(response_action="errors", errors={"code": "That is no Python."})
        else:
            await ack()

    async def closed(self, ack: Ack, body: Json) -> None:
        await ack()
        self._tell(body)

    async def judge(self, ack: Ack, respond: Ack, body: Json) -> None:
        await ack()
        await respond(f"Judged: {body['message']['text']}")

    async def today(self, ack: Ack, client: Any, body: Json) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=form("Today"))

    async def mention(self, event: Json, say: AsyncSay) -> None:
        await say(text="I am here", thread_ts=event.get("thread_ts", event["ts"]))

    async def hello(self, event: Json, say: AsyncSay) -> None:
        self._tell(event)
        await say(text="hello")

    async def home(self, event: Json, client: Any) -> None:
        view = {"type": "home", "blocks": [section("Your streak: 3")]}
        await client.views_publish(user_id=event["user"], view=view)

    async def gone(self, event: Json) -> None:
        self._tell(event)
