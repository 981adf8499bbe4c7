"""A review is asked for, taken, given, read and thanked, on every platform alike."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.storage.tables import event, review, review_request
from tests.acceptance.platforms.game import Game, open_game
from tests.acceptance.platforms.on_discord import on_discord
from tests.acceptance.platforms.on_router import on_router
from tests.acceptance.platforms.on_slack import on_slack
from tests.acceptance.platforms.on_web import on_web
from tests.acceptance.platforms.stage import Player, Stage
from tests.acceptance.platforms.test_same_everywhere import OpenStage
from tests.fakes.catalogue import RIGHT

SUMMARY = "It reads well from top to bottom. Next I would say what the **numbers** are"
WRITTEN = {
    "marks": "1: 3 single letters say little <@1> <!channel>\n2: 4\n3: 4\n4: 4",
    "comments": "2: =names",
    "summary": SUMMARY,
    "decision": "not_yet",
}


async def solves(stage: Stage, name: str, language: str) -> Player:
    player = await stage.enters(name, language)
    await player.asks("challenge", "show", challenge="add-up")
    await player.pastes(RIGHT)
    await stage.judge_all()
    return player


async def play(stage: Stage) -> None:
    ana = await solves(stage, "ana", "es")
    ben = await solves(stage, "ben", "en")
    await ana.asks_of(RIGHT, "review", "ask")
    assert "espera a que alguien la lea" in await ana.reads()
    await ana.asks("review", "take")
    assert "no espera nada que puedas revisar" in await ana.reads()

    await ben.asks("review", "queue")
    assert "1 solution waits" in await ben.reads()
    await ben.asks("review", "answers", name="names", text="Name what they are")
    await ben.asks("review", "take")
    assert "2 │     return a + b" in await ben.reads()
    await ben.fills_in("review", "give", **{**WRITTEN, "summary": "Looks good"})
    assert "two sentences" in await ben.reads()
    await ben.fills_in("review", "give", **WRITTEN)
    assert "3 points of reputation" in await ben.reads()

    await stage.tell_all()
    assert "Revisaron tu solución" in await ana.is_told()
    await ana.asks("review", "mine")
    assert "revisada" in await ana.reads()
    await ana.asks("review", "thank", words="Ya lo veo")
    assert "tu agradecimiento" in await ana.reads()
    await stage.tell_all()
    assert "was thanked" in await ben.is_told()
    await ben.asks("profile")


async def left_by(open_stage: OpenStage, database_url: str) -> list[tuple[object, ...]]:
    async with open_game(database_url) as game:
        async with open_stage(game) as stage:
            await play(stage)
        return await rows(game)


async def rows(game: Game) -> list[tuple[object, ...]]:
    queries = (
        select(review_request.c.state, review_request.c.wanted, review_request.c.note),
        select(
            review.c.state,
            review.c.decision,
            review.c.summary,
            review.c.marks,
            review.c.comments,
            review.c.earned,
            review.c.thanks,
        ),
        select(event.c.kind, event.c.reputation)
        .where(event.c.reputation > 0)
        .order_by(event.c.id),
    )
    return await game.rows(queries)


@pytest.mark.parametrize("open_stage", [on_discord, on_slack, on_web])
async def test_the_same_review_leaves_the_same_behind(
    open_stage: OpenStage, emptied: Callable[[], str]
) -> None:
    expected = await left_by(on_router, emptied())
    assert expected[0] == ("reviewed", 1, "")
    assert expected[1][:3] == ("given", "not_yet", SUMMARY)
    assert [one[1] for one in expected[2:]] == [3, 2]
    assert await left_by(open_stage, emptied()) == expected
