"""A community's day is the same day on every platform, to the last point."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from tests.acceptance.platforms.game import Game, Rows, open_game
from tests.acceptance.platforms.on_discord import on_discord
from tests.acceptance.platforms.on_router import on_router
from tests.acceptance.platforms.on_slack import on_slack
from tests.acceptance.platforms.on_web import on_web
from tests.acceptance.platforms.stage import Stage
from tests.fakes.catalogue import CRASH, RIGHT, WRONG

OpenStage = Callable[[Game], AbstractAsyncContextManager[Stage]]


async def play(stage: Stage) -> None:
    """What is read on the way is asserted here; what is left of it, by the test."""
    ana = await stage.enters("ana", "es")
    await ana.asks("challenge", "today")
    assert "Suma de la caja" in await ana.reads()
    await ana.hands_in("add-up", WRONG)
    await stage.judge_all()
    assert "todavía no" in await ana.reads()
    await ana.asks("challenge", "hint")
    assert "Pista uno" in await ana.reads()
    await ana.hands_in("add-up", CRASH)
    await stage.judge_all()
    await ana.pastes(RIGHT)
    await stage.judge_all()
    assert "aceptado" in await ana.reads()
    await ana.asks("streak", view="why")
    assert "Racha: 1 día" in await ana.reads()

    ben = await stage.enters("ben", "en")
    await ben.asks("challenge", "show", challenge="add-up")
    await ben.pastes(WRONG)
    await stage.judge_all()
    await ben.asks("challenge", "solution", challenge="add-up", give_up="true")
    await ben.asks("leaderboard", period="all_time")
    assert "Ana" in (await ben.reads()).title()
    await ben.asks("challenge", "show", challenge="add-more")
    assert "Adding up several tills" in await ben.reads()

    await ana.asks("settings", time_zone="America/Bogota")
    await ana.asks("settings", visibility="hidden")
    await ana.asks("settings", language="en")
    assert "Saved" in await ana.reads()
    await ana.asks("challenge", "browse", phase="1")
    await ana.asks("challenge", "history")
    await ana.asks("roadmap")
    await ana.asks("profile")
    await ana.asks("home")
    assert "America/Bogota" in await ana.reads()


async def left_by(open_stage: OpenStage, database_url: str) -> dict[str, Rows]:
    async with open_game(database_url) as game:
        async with open_stage(game) as stage:
            await play(stage)
        return await game.state()


@pytest.mark.parametrize("open_stage", [on_discord, on_slack, on_web])
async def test_the_same_day_leaves_the_same_behind(
    open_stage: OpenStage, emptied: Callable[[], str]
) -> None:
    expected = await left_by(on_router, emptied())
    assert len(expected["submissions"]) == 4
    assert {row["verdict"] for row in expected["submissions"]} > {"accepted"}
    assert expected["boards"]
    assert await left_by(open_stage, emptied()) == expected
