"""The bot as a process: from start to a clean end."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import TYPE_CHECKING

from bot.bootstrap import Parts, assemble
from bot.bootstrap_runner import RunnerParts, assemble_runner
from bot.chat.announce import Announcer, ChatAdapter
from bot.chat.command import Platform
from bot.chat.web.app import build_app
from bot.chat.web.chat import WebChat, WebSettings
from bot.chat.web.server import WebServer
from bot.ending import until_signalled
from bot.platforms import joined_discord
from bot.services.found_community import found_community
from bot.settings import RunnerSettings, Settings
from bot.storage.transcript import PostgresTranscript

if TYPE_CHECKING:
    from bot.chat.discord.connection import Connection

# The one community of the web chat.
LOCAL_COMMUNITY = "local"

Told = Callable[[Parts, WebServer], None]


async def run(settings: Settings, tell_ready: Told) -> None:
    """Serves until SIGINT or SIGTERM.

    Raises what `assemble` and `joined_discord` say, and NoFreePort.
    """
    with until_signalled():
        async with assemble(settings) as parts:
            await _serve(parts, tell_ready)


async def work(settings: Settings, tell_ready: Callable[[Parts], None]) -> None:
    """Judges what is in the queue until SIGINT or SIGTERM, with no page of its own."""
    with until_signalled():
        async with assemble(settings) as parts, joined_discord(parts) as discord:
            tell_ready(parts)
            await _judge(parts, _adapters(web_chat(parts), discord))


async def serve_runner(
    settings: RunnerSettings, tell_ready: Callable[[RunnerParts], None]
) -> None:
    """Judges for bots until SIGINT or SIGTERM, then answers what it has.

    Raises what `assemble_runner` does.
    """
    with until_signalled():
        async with assemble_runner(settings) as parts:
            tell_ready(parts)
            await asyncio.Event().wait()


async def _serve(parts: Parts, tell_ready: Told) -> None:
    settings = parts.settings
    await found_community(
        parts.world,
        Platform.WEB,
        LOCAL_COMMUNITY,
        name=LOCAL_COMMUNITY,
        language=settings.language,
        time_zone=settings.time_zone,
    )
    chat = web_chat(parts)
    async with joined_discord(parts) as discord:
        server = WebServer(
            build_app(
                chat,
                health=parts.is_healthy,
                metrics=parts.metrics.text,
                routes=discord.routes if discord else (),
            ),
            host=settings.web_host,
            port=settings.web_port,
            before_stop=chat.close,
        )
        await server.start()
        try:
            if discord is not None:
                await discord.sync()
            tell_ready(parts, server)
            listening = discord.serve() if discord else None
            await _judge(parts, _adapters(chat, discord), listening)
        finally:
            await server.stop()


def _adapters(
    chat: WebChat, discord: "Connection | None"
) -> Mapping[Platform, ChatAdapter]:
    adapters: dict[Platform, ChatAdapter] = {Platform.WEB: chat}
    if discord is not None:
        adapters[Platform.DISCORD] = discord.chat
    return adapters


async def _judge(
    parts: Parts,
    adapters: Mapping[Platform, ChatAdapter],
    listening: Coroutine[None, None, None] | None = None,
) -> None:
    """Until cancelled. Raises what `listening` raises."""
    queue = parts.judging_queue(Announcer(parts.world, adapters))
    tasks = [asyncio.create_task(queue.run_worker(parts.settings.judging_concurrency))]
    if listening is not None:
        tasks.append(asyncio.create_task(listening))
    try:
        ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        for one in ended:
            one.result()
    finally:
        await queue.stop()
        for one in tasks[1:]:
            one.cancel()
        await asyncio.wait(tasks)


def web_chat(parts: Parts) -> WebChat:
    return WebChat(
        parts.router,
        PostgresTranscript(parts.engine, parts.world.now),
        settings=WebSettings(
            community=LOCAL_COMMUNITY,
            language=parts.settings.language,
            hosts=(parts.settings.web_host,),
        ),
        now=parts.world.now,
    )
