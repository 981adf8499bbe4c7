"""The bot as a process: from start to a clean end."""

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress

from bot.bootstrap import Parts, assemble
from bot.chat.announce import Announcer
from bot.chat.command import Platform
from bot.chat.web.app import build_app
from bot.chat.web.chat import WebChat, WebSettings
from bot.chat.web.server import WebServer
from bot.services.found_community import found_community
from bot.settings import Settings
from bot.storage.transcript import PostgresTranscript

# The one community of the web chat.
LOCAL_COMMUNITY = "local"

Told = Callable[[Parts, WebServer], None]


async def run(settings: Settings, tell_ready: Told) -> None:
    """Serves until SIGINT or SIGTERM. Raises what `assemble` and NoFreePort say."""
    stopped = _on_signals()
    async with assemble(settings) as parts:
        chat = web_chat(parts)
        await found_community(
            parts.world,
            Platform.WEB,
            LOCAL_COMMUNITY,
            name=LOCAL_COMMUNITY,
            language=settings.language,
            time_zone=settings.time_zone,
        )
        server = WebServer(
            build_app(chat, health=parts.is_healthy, metrics=parts.metrics.text),
            host=settings.web_host,
            port=settings.web_port,
            before_stop=chat.close,
        )
        await server.start()
        try:
            tell_ready(parts, server)
            announcer = Announcer(parts.world, {Platform.WEB: chat})
            await _work_until(stopped, parts, announcer)
        finally:
            await server.stop()


async def work(settings: Settings, tell_ready: Callable[[Parts], None]) -> None:
    """Judges what is in the queue until SIGINT or SIGTERM, with no page of its own."""
    stopped = _on_signals()
    async with assemble(settings) as parts:
        tell_ready(parts)
        announcer = Announcer(parts.world, {Platform.WEB: web_chat(parts)})
        await _work_until(stopped, parts, announcer)


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


async def _work_until(
    stopped: asyncio.Event, parts: Parts, announcer: Announcer
) -> None:
    queue = parts.judging_queue(announcer)
    working = asyncio.create_task(queue.run_worker(parts.settings.judging_concurrency))
    stopping = asyncio.create_task(stopped.wait())
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    await queue.stop()
    with suppress(asyncio.CancelledError):
        await working


def _on_signals() -> asyncio.Event:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    return stopped
