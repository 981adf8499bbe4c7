"""Slack's Web API, as far as it is in use, on slack-sdk's client.

A 429 is waited out, and until its time has come nobody else asks for that method there;
what a broken line or a busy Slack did not take is asked for once or twice more.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.answer_form import shortened
from bot.chat.files import File
from bot.chat.slack.errors import (
    MissingScope,
    NoEntry,
    NothingThere,
    NotInstalled,
    RefusedBySlack,
    SlackError,
    SlackUnavailable,
    WayClosed,
)
from bot.chat.slack.heard import SharedFile, SlackMessage
from bot.chat.slack.payload import Payload
from bot.chat.slack.workspaces import Workspaces
from bot.services.ports.clock import Clock

Pause = Callable[[float], Awaitable[None]]

# Slack's names for what went wrong.
_ERRORS: Mapping[str, type[SlackError]] = {
    name: kind
    for kind, names in {
        NotInstalled: "account_inactive invalid_auth not_authed token_expired"
        " token_revoked",
        NoEntry: "cannot_dm_bot is_archived messages_tab_disabled not_in_channel"
        " restricted_action user_not_in_channel",
        NothingThere: "cannot_reply_to_message cant_delete_message cant_update_message"
        " channel_not_found file_deleted file_not_found message_not_found not_found"
        " thread_not_found user_disabled user_not_found users_not_found",
        WayClosed: "exchanged_trigger_id expired_trigger_id invalid_trigger_id"
        " trigger_exchanged trigger_expired",
        SlackUnavailable: "fatal_error internal_error request_timeout"
        " service_unavailable",
    }.items()
    for name in names.split()
}
# Short, because somebody waits.
PAUSES_S = (0.2, 0.6)
# Slack's own bound for what it tells to wait is a minute, as its limits are by minute.
MOST_WAITS = 5
MOST_PAGES = 10
_TOO_MANY, _SERVER_FAULT = 429, 500
# Of a file's description.
ALT_LENGTH = 1000


class SlackApi:
    def __init__(
        self,
        client: AsyncWebClient,
        session: aiohttp.ClientSession,
        workspaces: Workspaces,
        *,
        now: Clock,
        pause: Pause = asyncio.sleep,
    ) -> None:
        """`client` says where Slack is; the token is the workspace's."""
        self._client = client
        self._session = session
        self._workspaces = workspaces
        self._now = now
        self._pause = pause
        self._closed_until: dict[tuple[str, str], datetime] = {}
        self.on_missing_scope: Callable[[str, MissingScope], object] = _nobody
        """Told of each, with its workspace, beside whoever asked."""

    async def post(self, team: str, channel: str, body: Payload) -> str:
        """The new message's `ts`, which is its id."""
        posted = await self._ask(
            team,
            "chat_postMessage",
            channel=channel,
            **body,
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(posted["ts"])

    async def post_for(self, team: str, channel: str, user: str, body: Payload) -> None:
        """Seen by that person alone, while they are there."""
        await self._ask(team, "chat_postEphemeral", channel=channel, user=user, **body)

    async def change(self, team: str, channel: str, ts: str, body: Payload) -> None:
        await self._ask(team, "chat_update", channel=channel, ts=ts, **body)

    async def respond(self, url: str, body: Payload) -> None:
        """By a response URL: five times in half an hour. Raises WayClosed."""

        async def send() -> None:
            async with self._session.post(url, json=dict(body)) as answer:
                if answer.status == _TOO_MANY:
                    raise _TooMany(float(answer.headers.get("Retry-After", "1")))
                if answer.status >= _SERVER_FAULT:
                    raise SlackUnavailable
                if not answer.ok:
                    raise WayClosed

        await self._persistently(("", url), send)

    async def open_view(self, team: str, trigger: str, view: Payload) -> None:
        """Raises WayClosed when the trigger is older than three seconds."""
        await self._ask(team, "views_open", trigger_id=trigger, view=view)

    async def push_view(self, team: str, trigger: str, view: Payload) -> None:
        """Above the one that the trigger comes from. Raises as `open_view`."""
        await self._ask(team, "views_push", trigger_id=trigger, view=view)

    async def change_view(self, team: str, view: Payload, **which: str) -> None:
        """By `view_id` or `external_id`. Raises NothingThere when it was closed."""
        await self._ask(team, "views_update", view=view, **which)

    async def publish_home(self, team: str, user: str, view: Payload) -> None:
        await self._ask(team, "views_publish", user_id=user, view=view)

    async def team_name(self, team: str) -> str:
        return str((await self._ask(team, "auth_test"))["team"])

    async def granted(self, team: str) -> frozenset[str]:
        """The scopes of the workspace's token, which Slack tells with each answer."""
        answer = await self._ask(team, "auth_test")
        told = str(answer.headers.get("x-oauth-scopes", ""))
        return frozenset(one.strip() for one in told.split(","))

    async def channel(self, team: str, channel: str) -> Mapping[str, Any]:
        """Raises NothingThere for a private one that the bot is not in, too."""
        found = await self._ask(team, "conversations_info", channel=channel)
        told: Mapping[str, Any] = found["channel"]
        return told

    async def user(self, team: str, user: str) -> Mapping[str, Any]:
        found = await self._ask(team, "users_info", user=user, include_locale=True)
        told: Mapping[str, Any] = found["user"]
        return told

    async def users(self, team: str) -> Sequence[Mapping[str, Any]]:
        """Of the first ten thousand, with their language."""
        found: list[Mapping[str, Any]] = []
        cursor = ""
        for _ in range(MOST_PAGES):
            page = await self._ask(
                team, "users_list", include_locale=True, limit=1000, cursor=cursor
            )
            found += page["members"]
            cursor = page.get("response_metadata", {}).get("next_cursor", "")
            if not cursor:
                break
        return found

    async def pin(self, team: str, channel: str, ts: str) -> None:
        try:
            await self._ask(team, "pins_add", channel=channel, timestamp=ts)
        except RefusedBySlack as error:
            if error.error != "already_pinned":
                raise

    async def direct_channel(self, team: str, *users: str) -> str:
        """The conversation of the bot with one person, or with several."""
        found = await self._ask(team, "conversations_open", users=",".join(users))
        return str(found["channel"]["id"])

    async def message(self, team: str, channel: str, ts: str) -> SlackMessage:
        found = await self._ask(
            team,
            "conversations_replies",
            channel=channel,
            ts=ts,
            latest=ts,
            inclusive=True,
        )
        for one in found["messages"]:
            if one["ts"] == ts:
                return SlackMessage.model_validate(one)
        raise NothingThere(ts)

    async def own_channels(self, team: str) -> Sequence[Mapping[str, Any]]:
        """Those that the bot is in."""
        found: list[Mapping[str, Any]] = []
        cursor = ""
        while True:
            page = await self._ask(
                team,
                "users_conversations",
                types="public_channel",
                exclude_archived=True,
                limit=200,
                cursor=cursor,
            )
            found += page["channels"]
            cursor = page.get("response_metadata", {}).get("next_cursor", "")
            if not cursor:
                return found

    async def upload(
        self, team: str, channel: str, file: File, *, thread: str | None = None
    ) -> str:
        """The file's id."""
        answer = await self._ask(
            team,
            "files_upload_v2",
            channel=channel,
            thread_ts=thread,
            filename=file.name,
            # Slack takes no empty file.
            content=file.content or b"\n",
            alt_txt=shortened(file.alt or file.name, ALT_LENGTH),
        )
        return str(answer["files"][0]["id"])

    async def download(self, team: str, file: SharedFile) -> bytes:
        """Look at its size before. Raises NothingThere for what we may not read."""
        address = file.url_private_download
        if address is None:
            raise NothingThere(file.id)
        token = await self._workspaces.token(team)
        content = b""

        async def fetch() -> None:
            nonlocal content
            headers = {"Authorization": f"Bearer {token}"}
            async with self._session.get(address, headers=headers) as answer:
                if answer.status >= _SERVER_FAULT:
                    raise SlackUnavailable
                # Who may not read it gets the page to sign in, with a status of 200.
                if not answer.ok or answer.content_type == "text/html":
                    raise NothingThere(file.id)
                content = await answer.read()

        await self._persistently((team, "download"), fetch)
        return content

    async def group_users(self, team: str, group: str) -> Sequence[str] | None:
        """None for a group that is switched off. Raises NothingThere."""
        found = await self._ask(
            team, "usergroups_list", include_users=True, include_disabled=True
        )
        for one in found["usergroups"]:
            if one["id"] == group:
                return None if one.get("date_delete") else list(one.get("users", ()))
        raise NothingThere(group)

    async def write_group(self, team: str, group: str, users: Sequence[str]) -> None:
        await self._ask(team, "usergroups_users_update", usergroup=group, users=users)

    async def switch_group(self, team: str, group: str, *, enabled: bool) -> None:
        method = "usergroups_enable" if enabled else "usergroups_disable"
        await self._ask(team, method, usergroup=group)

    async def _ask(self, team: str, method: str, **arguments: object) -> Any:
        answer: Any = None

        async def ask() -> None:
            nonlocal answer
            client = AsyncWebClient(
                token=await self._workspaces.token(team),
                base_url=self._client.base_url,
                session=self._session,
                # What is asked for again is decided here.
                retry_handlers=[],
            )
            try:
                answer = await getattr(client, method)(**arguments)
            except SlackApiError as error:
                raise _as_ours(method, error) from error

        try:
            await self._persistently((team, method), ask)
        except MissingScope as error:
            self.on_missing_scope(team, error)
            raise
        return answer

    async def _persistently(
        self, key: tuple[str, str], ask: Callable[[], Awaitable[None]]
    ) -> None:
        pauses = list(PAUSES_S)
        for _ in range(MOST_WAITS + len(PAUSES_S)):
            await self._until_open(key)
            try:
                await ask()
            except _TooMany as told:
                self._close(key, told.wait_s)
                continue
            except (aiohttp.ClientError, SlackClientError, TimeoutError) as error:
                away = SlackUnavailable()
                away.__cause__ = error
            except SlackUnavailable as error:
                away = error
            else:
                return
            if not pauses:
                raise away
            await self._pause(pauses.pop(0))
        raise SlackUnavailable

    def _close(self, key: tuple[str, str], wait_s: float) -> None:
        self._closed_until[key] = self._now() + timedelta(seconds=wait_s)

    async def _until_open(self, key: tuple[str, str]) -> None:
        while (until := self._closed_until.get(key)) is not None:
            wait_s = (until - self._now()).total_seconds()
            if wait_s <= 0:
                del self._closed_until[key]
                return
            await self._pause(wait_s)


def _listed(told: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(str(told.get(name, "")).split(","))


def _nobody(team: str, error: MissingScope) -> None:
    pass


class _TooMany(Exception):
    def __init__(self, wait_s: float) -> None:
        super().__init__(wait_s)
        self.wait_s = wait_s


def is_away(error: SlackApiError) -> bool:
    """Later it may do: Slack is down, or too many ask."""
    return isinstance(_as_ours("", error), SlackUnavailable | _TooMany)


def _as_ours(method: str, error: SlackApiError) -> Exception:
    answer: Any = error.response
    # What could not be read at all comes as the answer itself.
    status = getattr(answer, "status_code", getattr(answer, "status", 0))
    if status == _TOO_MANY:
        return _TooMany(float(answer.headers.get("Retry-After", "1")))
    if status >= _SERVER_FAULT:
        return SlackUnavailable(method)
    told = answer.data if isinstance(getattr(answer, "data", None), dict) else {}
    name = str(told.get("error", ""))
    kind = _ERRORS.get(name)
    if kind is not None:
        return kind(method, name)
    if name == "missing_scope":
        return MissingScope(method, _listed(told, "needed"), _listed(told, "provided"))
    metadata = told.get("response_metadata") or {}
    return RefusedBySlack(method, name, "; ".join(metadata.get("messages") or ()))
