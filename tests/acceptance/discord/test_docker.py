"""The bot as it runs for a server: `bot.run`, Discord and the sandbox in Docker."""

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.bootstrap import Parts
from bot.chat.web.server import WebServer
from bot.run import run
from bot.settings import Settings
from challenges.challenge import Kind
from tests.fakes.discord import FakeDiscord

pytestmark = pytest.mark.docker


async def test_a_submission_on_discord_is_judged_in_docker(
    database_url: str, data_folder: Path
) -> None:
    ready: asyncio.Future[Parts] = asyncio.get_running_loop().create_future()

    def tell_ready(parts: Parts, _: WebServer) -> None:
        ready.set_result(parts)

    async with FakeDiscord() as fake:
        general = fake.create_channel(fake.create_server(locale="es-ES"))
        ana = fake.join(general, "ana", locale="es-ES")
        settings = Settings(
            database_url=SecretStr(database_url),
            data_folder=data_folder,
            sandbox="docker",
            discord_token=SecretStr(fake.token),
            web_port=8900,
        )
        with fake.addressed():
            running = asyncio.create_task(run(settings, tell_ready))
            first: list[asyncio.Future[Any]] = [ready, running]
            await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
            challenge = next(
                one
                for one in ready.result().world.catalogue.all
                if one.kind is Kind.FUNCTION and not one.requires
            )
            await fake.gateway.until_ready()
            form = await ana.slash("reto enviar", {"reto": challenge.id})
            answer = await ana.submit(form, {"code": challenge.solution})
            await ana.until(lambda: "✅" in answer.text)
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
        assert fake.violations == []
