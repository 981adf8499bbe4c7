"""The bot as a process: from start to a clean end."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from functools import partial

from bot.bootstrap import Parts, assemble
from bot.bootstrap_runner import RunnerParts, assemble_runner
from bot.chat.announce import Announcer
from bot.chat.board_poster import BoardPoster
from bot.chat.command import Platform
from bot.chat.daily import DailyPoster
from bot.chat.news import NewsPoster
from bot.chat.operations import Operations
from bot.chat.pages.site import Site, SiteSettings
from bot.chat.pages.way_in import way_in
from bot.chat.pairing_rooms import MentoringClock
from bot.chat.phase_roles import RoleGiver
from bot.chat.reminders import Reminding
from bot.chat.web.app import build_app
from bot.chat.web.chat import WebChat, WebSettings
from bot.chat.web.server import WebServer
from bot.clockwork import Clockwork
from bot.domain.member import Community
from bot.ending import until_signalled
from bot.platforms import Joined, joined
from bot.services.addresses import Addresses
from bot.services.found_community import found_community
from bot.setting_checks import is_local
from bot.settings import RunnerSettings, Settings
from bot.storage.transcript import PostgresTranscript

# The one community of the web chat.
LOCAL_COMMUNITY = "local"
# Ctrl-C must end the bot within five seconds; what is left is swept up at the start.
NEWS_MOST_S = 1.0

Told = Callable[[Parts, WebServer], None]


async def run(settings: Settings, tell_ready: Told) -> None:
    """Serves until SIGINT or SIGTERM.

    Raises what `assemble` and `joined` say, and NoFreePort.
    """
    with until_signalled():
        async with assemble(settings) as parts:
            await _serve(parts, tell_ready)


async def work(settings: Settings, tell_ready: Callable[[Parts], None]) -> None:
    """Judges what is in the queue until SIGINT or SIGTERM, with no page of its own."""
    with until_signalled():
        async with assemble(settings) as parts, joined(parts) as platforms:
            tell_ready(parts)
            chat = web_chat(parts)
            news = NewsPoster(parts.world, _operations(chat, platforms))
            await _judge(parts, _announcer(parts, chat, platforms, news), news)


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
    async with joined(parts) as platforms:
        site = community_site(parts)
        server = WebServer(
            build_app(
                [
                    *(route for one in platforms.values() for route in one.routes),
                    *site.routes,
                    # The chat asks nobody who they are: never where others come.
                    *(chat.routes if has_web_chat(settings) else site.front),
                ],
                health=parts.is_healthy,
                metrics=parts.metrics.text,
            ),
            host=settings.web_host,
            port=settings.web_port,
            before_stop=chat.close,
        )
        await server.start()
        parts.pages.local = f"http://{settings.web_host}:{server.port}"
        try:
            for one in platforms.values():
                await one.sync()
            tell_ready(parts, server)
            operations = _operations(chat, platforms)
            news = NewsPoster(parts.world, operations)
            announcer = _announcer(parts, chat, platforms, news)
            listening = [one.serve() for one in platforms.values()]
            clockwork = _clockwork(parts, operations, news)
            await _judge(parts, announcer, news, [clockwork.run(), *listening])
        finally:
            await server.stop()


def _announcer(
    parts: Parts,
    chat: WebChat,
    platforms: Mapping[Platform, Joined],
    news: NewsPoster,
) -> Announcer:
    adapters = {platform: one.chat for platform, one in platforms.items()}
    return Announcer(parts.world, {Platform.WEB: chat, **adapters}, news)


def _operations(
    chat: WebChat, platforms: Mapping[Platform, Joined]
) -> Mapping[str, Operations]:
    others: dict[str, Operations] = {
        platform: one.operations for platform, one in platforms.items()
    }
    return {Platform.WEB: chat.operations, **others}


def _clockwork(
    parts: Parts, operations: Mapping[str, Operations], news: NewsPoster
) -> Clockwork:
    dailies = DailyPoster(parts.world, operations, parts.metrics)
    board = BoardPoster(parts.world, operations)
    mentoring = MentoringClock(parts.world, operations)

    async def post(community: Community) -> None:
        # None waits for another to be well.
        await asyncio.gather(dailies(community), board(community), mentoring(community))

    return Clockwork(
        parts.world,
        post,
        remind=Reminding(parts.world, operations),
        give_roles=RoleGiver(parts.world, operations),
        spread_news=news.sweep,
        count_excused=parts.metrics.days_excused.inc,
    )


async def _judge(
    parts: Parts,
    announcer: Announcer,
    news: NewsPoster,
    listening: Sequence[Coroutine[None, None, None]] = (),
) -> None:
    """Until cancelled. Raises what one of `listening` raises."""
    queue = parts.judging_queue(announcer)
    judging = queue.run_worker(parts.settings.judging_concurrency)
    tasks = [asyncio.create_task(one) for one in (judging, *listening)]
    try:
        ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        for one in ended:
            one.result()
    finally:
        await queue.stop()
        await news.settle(NEWS_MOST_S)
        for one in tasks[1:]:
            one.cancel()
        await asyncio.wait(tasks)


def has_web_chat(settings: Settings) -> bool:
    return settings.web_url is None or is_local(settings.web_url)


def community_site(parts: Parts) -> Site:
    settings = parts.settings
    return Site(
        parts.world,
        settings=SiteSettings(
            language=settings.language,
            url=settings.web_url,
            hosts=(settings.web_host,),
        ),
    )


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
        addresses=Addresses(parts.world, Platform.WEB),
        way_in=partial(way_in, parts.world),
    )
