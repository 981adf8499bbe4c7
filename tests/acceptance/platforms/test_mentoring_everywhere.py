"""A pairing from the offer to its end, on every platform alike."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.domain.pairing.reward import FOR_ENDING_WELL
from bot.storage.tables import (
    check_in,
    event,
    member,
    mentor_offer,
    mentor_request,
    mentor_session,
    pairing,
    pairing_feedback,
    pairing_step,
)
from tests.acceptance.platforms.game import Game, open_game
from tests.acceptance.platforms.on_discord import on_discord
from tests.acceptance.platforms.on_router import on_router
from tests.acceptance.platforms.on_slack import on_slack
from tests.acceptance.platforms.on_web import on_web
from tests.acceptance.platforms.stage import Player, Stage
from tests.acceptance.platforms.test_same_everywhere import OpenStage
from tests.fakes.catalogue import WRONG

GOAL = "Un juego con mi hermana **hoy** <@1> <!channel>"
DAY = timedelta(days=1)


async def strike(stage: Stage) -> None:
    await stage.strike()
    await stage.tell_all()


async def play(game: Game, stage: Stage) -> None:
    ana = await stage.enters("ana", "es")
    await ana.hands_in("add-up", WRONG)
    await stage.judge_all()
    mia = await stage.enters("mia", "en")
    await mia.asks("mentor", "offer", hours="mon-fri 18-21")
    assert "From phase 2 on" in await mia.reads()
    await climb(game)
    await mia.asks("mentor", "offer", hours="evenings")
    assert "cannot read those hours" in await mia.reads()
    await mia.fills_in(
        "mentor",
        "offer",
        topics="Syntax and control flow",
        phases="1-2",
        languages="English, español",
        hours="weekdays 6-9pm",
        capacity="1",
    )
    assert "mon-fri 18-21" in await mia.reads()

    await ana.fills_in(
        "mentor",
        "request",
        topics="Sintaxis y estructuras de control",
        goal=GOAL,
        languages="español",
        hours="lun 18-20, jue 19 a 21",
        weeks="4",
    )
    assert "acabo de escribirles" in await ana.reads()
    await strike(stage)
    assert "Encontré a alguien para ti" in await ana.is_told()
    assert "looks for a mentor" in await mia.is_told()
    await ana.asks("mentor", "why")
    assert "Todos los temas que se pedían (0 de 400)" in await ana.reads()
    await ana.asks("mentor", "accept")
    await mia.asks("mentor", "accept")
    assert "both said yes" in await mia.reads()

    await strike(stage)
    await meet(game, stage, ana, mia)


async def meet(game: Game, stage: Stage, ana: Player, mia: Player) -> None:
    room = await stage.in_room(ana)
    assert "Un guion para la primera hora" in room
    assert "Variables, tipos de datos y conversiones" in room
    assert "Un guion para la primera hora" in await stage.in_room(mia)
    await mia.asks("mentor", "session")
    await strike(stage)
    assert "propone que se vean" in await ana.is_told()
    await ana.asks("mentor", "session", take="1")
    assert "Te ves con" in await ana.reads()
    await strike(stage)
    assert "agrees" in await mia.is_told()
    game.clock.advance(4 * DAY)
    await strike(stage)
    assert "¿Cómo va todo con" in await ana.is_told()
    await ana.asks("mentor", "session", told="held")
    assert "Qué bueno que se vieron" in await ana.reads()
    await ana.asks("mentor", "checkin", answer="well")
    assert "Me alegro" in await ana.reads()
    await ana.asks("mentor", "list")
    assert "te guía hasta" in await ana.reads()

    await mia.asks("mentor", "end", done="true")
    await strike(stage)
    assert "lograron la meta" in await ana.is_told()
    await ana.fills_in("mentor", "feedback", rating="5", note="¡Gracias!")
    await mia.asks("mentor", "feedback", rating="4")
    await strike(stage)
    assert "¡Gracias!" in await mia.is_told()
    assert f"{FOR_ENDING_WELL} points of reputation" in await mia.is_told()


async def climb(game: Game) -> None:
    """Mia has been through the first phases."""
    async with game.engine.begin() as connection:
        await connection.execute(
            update(member).where(member.c.name.ilike("mia")).values(phase=3)
        )


async def left_by(open_stage: OpenStage, database_url: str) -> list[tuple[object, ...]]:
    async with open_game(database_url) as game:
        async with open_stage(game) as stage:
            await play(game, stage)
        return await rows(game)


async def rows(game: Game) -> list[tuple[object, ...]]:
    queries = (
        select(mentor_offer.c.topics, mentor_offer.c.phases, mentor_offer.c.hours),
        select(mentor_request.c.goal, mentor_request.c.hours, mentor_request.c.state),
        select(pairing.c.terms, pairing.c.state, pairing.c.ended_why, pairing.c.weeks),
        select(pairing_step.c.event).order_by(pairing_step.c.id),
        select(mentor_session.c.state, mentor_session.c.times),
        select(check_in.c.day, check_in.c.answer),
        select(pairing_feedback.c.rating, pairing_feedback.c.note).order_by(
            pairing_feedback.c.rating
        ),
        select(event.c.kind, event.c.reputation, event.c.facts)
        .where(event.c.reputation > 0)
        .order_by(event.c.id),
    )
    return await game.rows(queries)


@pytest.mark.parametrize("open_stage", [on_discord, on_slack, on_web])
async def test_the_same_pairing_leaves_the_same_behind(
    open_stage: OpenStage, emptied: Callable[[], str]
) -> None:
    expected = await left_by(on_router, emptied())
    assert [one[0] for one in expected[3:9]] == [
        "mentee_accepted",
        "mentor_accepted",
        "opened",
        "ended",
        "held",
        3,
    ]
    assert await left_by(open_stage, emptied()) == expected
