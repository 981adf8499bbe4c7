"""The bot as a process: from start to a clean end."""

from collections.abc import Callable

from bot.bootstrap import Parts, assemble
from bot.chat.announce import Announcer
from bot.chat.command import Platform
from bot.chat.web.app import build_app
from bot.chat.web.chat import WebChat, WebSettings
from bot.chat.web.server import WebServer
from bot.ending import until_signalled
from bot.services.found_community import found_community
from bot.settings import Settings
from bot.storage.transcript import PostgresTranscript

# The one community of the web chat.
LOCAL_COMMUNITY = "local"

Told = Callable[[Parts, WebServer], None]


async def run(settings: Settings, tell_ready: Told) -> None:
    """Serves until SIGINT or SIGTERM. Raises what `assemble` and NoFreePort say."""
    with until_signalled():
        async with assemble(settings) as parts:
            await _serve(parts, tell_ready)


async def work(settings: Settings, tell_ready: Callable[[Parts], None]) -> None:
    """Judges what is in the queue until SIGINT or SIGTERM, with no page of its own."""
    with until_signalled():
        async with assemble(settings) as parts:
            tell_ready(parts)
            await _judge(parts, web_chat(parts))


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
    server = WebServer(
        build_app(chat, health=parts.is_healthy, metrics=parts.metrics.text),
        host=settings.web_host,
        port=settings.web_port,
        before_stop=chat.close,
    )
    await server.start()
    try:
        tell_ready(parts, server)
        await _judge(parts, chat)
    finally:
        await server.stop()


async def _judge(parts: Parts, chat: WebChat) -> None:
    queue = parts.judging_queue(Announcer(parts.world, {Platform.WEB: chat}))
    try:
        await queue.run_worker(parts.settings.judging_concurrency)
    finally:
        await queue.stop()


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
