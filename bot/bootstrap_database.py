"""The database alone: for the bot, and for commands that need nothing else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.settings import Settings
from bot.storage.database import create_engine
from bot.storage.embedded import EmbeddedServer
from bot.storage.migrate import upgrade


@asynccontextmanager
async def opened_database(settings: Settings) -> AsyncIterator[tuple[str, AsyncEngine]]:
    """The URL and an engine, at the newest schema.

    Raises EmbeddedServerError, StorageUnavailable, and OSError for the folder.
    """
    async with AsyncExitStack() as stack:
        url = await _url(settings, stack)
        await asyncio.to_thread(upgrade, url)
        engine = create_engine(url)
        stack.push_async_callback(engine.dispose)
        yield url, engine


async def _url(settings: Settings, stack: AsyncExitStack) -> str:
    if settings.database_url is not None:
        return settings.database_url.get_secret_value()
    server = EmbeddedServer(settings.data_folder)
    starting = asyncio.create_task(asyncio.to_thread(server.start))

    async def stop() -> None:
        # A thread cannot be stopped midway: who is told to end while it starts waits.
        await asyncio.wait([starting])
        await asyncio.to_thread(server.stop)

    stack.push_async_callback(stop)
    await asyncio.shield(starting)
    return await asyncio.to_thread(server.database)
