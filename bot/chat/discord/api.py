"""The routes of Discord's API in use, on discord.py's client.

discord.py keeps to the rate limits and repeats what a busy Discord did not take. Its
`HTTPClient.request` is used rather than its views: our bodies are drawn by pure
functions, and an answer must outlive the process that promised it.
"""

import asyncio
import io
import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import aiohttp
import discord
from discord.http import HTTPClient, Route

from bot.chat.discord.errors import (
    ClosedToMessages,
    DiscordError,
    DiscordUnavailable,
    MissingPermission,
    NotThere,
    RefusedByDiscord,
    ThreadIsOpen,
    TokenExpired,
)
from bot.chat.discord.heard import Attachment, DiscordMessage
from bot.chat.discord.payload import Payload
from bot.chat.files import File

# Discord's numbers for what went wrong.
_ERRORS: Mapping[int, type[DiscordError]] = {
    10003: NotThere,  # channel
    10004: NotThere,  # server
    10007: NotThere,  # member
    10008: NotThere,  # message
    10011: NotThere,  # role
    10013: NotThere,  # user
    10015: TokenExpired,
    10062: TokenExpired,
    50027: TokenExpired,
    50007: ClosedToMessages,
    160004: ThreadIsOpen,
    50083: NotThere,  # archived and locked thread
}
NO_ACCESS, NO_PERMISSION = 50001, 50013
# discord.py itself waits and asks again, but not after a 503 or a broken connection.
# Short, because an interaction waits three seconds for its first answer.
PAUSES_S = (0.2, 0.6)
_TOO_MANY = 429
# In a channel the second, in a thread the third.
POSTING = ("view_channel", "send_messages", "send_messages_in_threads")
# Discord's bound.
MOST_MESSAGES = 100
_SERVER_FAULT = 500


class Api:
    def __init__(self, http: HTTPClient) -> None:
        self._http = http

    async def answer(
        self,
        interaction_id: str,
        token: str,
        answer: Payload,
        files: Sequence[File] = (),
    ) -> None:
        route = Route(
            "POST",
            "/interactions/{webhook_id}/{webhook_token}/callback",
            webhook_id=interaction_id,
            webhook_token=token,
        )
        await self._ask(route, answer, files)

    async def edit_answer(
        self,
        application_id: str,
        token: str,
        body: Payload,
        files: Sequence[File] = (),
    ) -> None:
        route = Route(
            "PATCH",
            "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
            webhook_id=application_id,
            webhook_token=token,
        )
        await self._ask(route, body, files)

    async def post(
        self, channel_id: str, body: Payload, files: Sequence[File] = ()
    ) -> str:
        """The new message's id. Posts once, however often it has to be asked."""
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
        once = {"nonce": secrets.token_hex(12), "enforce_nonce": True, **body}
        needs = (*POSTING, "attach_files") if files else POSTING
        return str((await self._ask(route, once, files, needs=needs))["id"])

    async def edit(
        self,
        channel_id: str,
        message_id: str,
        body: Payload,
        files: Sequence[File] = (),
    ) -> None:
        await self._ask(_message_route("PATCH", channel_id, message_id), body, files)

    async def pin(self, channel_id: str, message_id: str) -> None:
        """The one that is pinned already, too."""
        route = Route(
            "PUT",
            "/channels/{channel_id}/messages/pins/{message_id}",
            channel_id=channel_id,
            message_id=message_id,
        )
        await self._ask(route, needs=("view_channel", "pin_messages"))

    async def message(self, channel_id: str, message_id: str) -> DiscordMessage:
        found = await self._ask(_message_route("GET", channel_id, message_id))
        return DiscordMessage.model_validate(found)

    async def last_messages(self, channel_id: str) -> Sequence[Mapping[str, Any]]:
        """Newest first; none where the bot may not read what was said."""
        route = Route("GET", "/channels/{channel_id}/messages", channel_id=channel_id)
        found: Sequence[Mapping[str, Any]] = await self._ask(
            route,
            params={"limit": str(MOST_MESSAGES)},
            needs=("view_channel", "read_message_history"),
        )
        return found

    async def direct_channel(self, user_id: str) -> str:
        route = Route("POST", "/users/@me/channels")
        return str((await self._ask(route, {"recipient_id": user_id}))["id"])

    async def open_thread(self, channel_id: str, message_id: str, name: str) -> str:
        route = Route(
            "POST",
            "/channels/{channel_id}/messages/{message_id}/threads",
            channel_id=channel_id,
            message_id=message_id,
        )
        needs = ("view_channel", "create_public_threads")
        return str((await self._ask(route, {"name": name}, needs=needs))["id"])

    async def open_private_thread(self, channel_id: str, name: str) -> str:
        route = Route("POST", "/channels/{channel_id}/threads", channel_id=channel_id)
        # 12 is a private thread; those who are not moderators may not invite others.
        body = {"name": name, "type": 12, "invitable": False}
        needs = ("view_channel", "create_private_threads")
        return str((await self._ask(route, body, needs=needs))["id"])

    async def add_to_thread(self, thread_id: str, user_id: str) -> None:
        await self._ask(
            Route(
                "PUT",
                "/channels/{channel_id}/thread-members/{user_id}",
                channel_id=thread_id,
                user_id=user_id,
            ),
            needs=("view_channel", "send_messages_in_threads"),
        )

    async def turn_role(
        self, guild_id: str, user_id: str, role_id: str, *, wanted: bool
    ) -> None:
        await self._ask(
            Route(
                "PUT" if wanted else "DELETE",
                "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
                guild_id=guild_id,
                user_id=user_id,
                role_id=role_id,
            ),
            needs=("manage_roles",),
        )

    async def guild(self, guild_id: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = await self._ask(
            Route("GET", "/guilds/{guild_id}", guild_id=guild_id)
        )
        return found

    async def channels(self, guild_id: str) -> Sequence[Mapping[str, Any]]:
        found: Sequence[Mapping[str, Any]] = await self._ask(
            Route("GET", "/guilds/{guild_id}/channels", guild_id=guild_id)
        )
        return found

    async def channel(self, channel_id: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = await self._ask(
            Route("GET", "/channels/{channel_id}", channel_id=channel_id)
        )
        return found

    async def member(self, guild_id: str, user_id: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = await self._ask(
            Route(
                "GET",
                "/guilds/{guild_id}/members/{user_id}",
                guild_id=guild_id,
                user_id=user_id,
            )
        )
        return found

    async def commands(self, application_id: str) -> Sequence[Mapping[str, Any]]:
        route = Route(
            "GET",
            "/applications/{application_id}/commands",
            application_id=application_id,
        )
        # Without it Discord leaves the localised names out.
        found: Sequence[Mapping[str, Any]] = await self._ask(
            route, params={"with_localizations": "true"}
        )
        return found

    async def put_commands(
        self, application_id: str, commands: Sequence[Payload]
    ) -> None:
        route = Route(
            "PUT",
            "/applications/{application_id}/commands",
            application_id=application_id,
        )
        await self._ask(route, commands)

    async def download(self, attachment: Attachment) -> bytes:
        """Look at its size before."""
        with _as_ours():
            return await self._http.get_from_cdn(attachment.url)

    async def _ask(
        self,
        route: Route,
        body: Payload | Sequence[Payload] | None = None,
        files: Sequence[File] = (),
        params: Mapping[str, str] | None = None,
        needs: tuple[str, ...] = (),
    ) -> Any:
        """`needs`: the permissions that it takes, as Discord does not say them."""
        for pause_s in (0.0, *PAUSES_S):
            await asyncio.sleep(pause_s)
            try:
                return await self._ask_once(route, body, files, params, needs)
            except DiscordUnavailable as error:
                away = error
            except RefusedByDiscord as error:
                # Asked again, when Discord had heard us the first time. At first it is
                # another process that has answered: then it is not ours to do.
                if not pause_s or not error.is_late:
                    raise
                return None
        raise away

    async def _ask_once(
        self,
        route: Route,
        body: Payload | Sequence[Payload] | None,
        files: Sequence[File],
        params: Mapping[str, str] | None,
        needs: tuple[str, ...],
    ) -> Any:
        asked: dict[str, Any] = {"params": params} if params else {}
        if files:
            sent = [discord.File(io.BytesIO(one.content), one.name) for one in files]
            parts = [_file_part(number, one) for number, one in enumerate(sent)]
            asked |= {"files": sent, "form": [_json_part(body), *parts]}
        elif body is not None:
            asked |= {"json": body}
        channel = route.channel_id
        with _as_ours(None if channel is None else str(channel), needs):
            return await self._http.request(route, **asked)


def _json_part(body: object) -> dict[str, object]:
    return {"name": "payload_json", "value": json.dumps(body)}


def _file_part(number: int, file: discord.File) -> dict[str, object]:
    return {
        "name": f"files[{number}]",
        "value": file.fp,
        "filename": file.filename,
        "content_type": "application/octet-stream",
    }


def _message_route(method: str, channel_id: str, message_id: str) -> Route:
    return Route(
        method,
        "/channels/{channel_id}/messages/{message_id}",
        channel_id=channel_id,
        message_id=message_id,
    )


@contextmanager
def _as_ours(
    channel_id: str | None = None, needs: tuple[str, ...] = ()
) -> Iterator[None]:
    """discord.py's errors as ours."""
    try:
        yield
    except discord.RateLimited as error:
        raise DiscordUnavailable from error
    except discord.HTTPException as error:
        if error.status >= _SERVER_FAULT or error.status == _TOO_MANY:
            raise DiscordUnavailable from error
        if error.code in {NO_ACCESS, NO_PERMISSION}:
            raise MissingPermission(channel_id, needs) from error
        kind = _ERRORS.get(error.code)
        if kind is not None:
            raise kind from error
        raise RefusedByDiscord(error.code, error.text) from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise DiscordUnavailable from error
