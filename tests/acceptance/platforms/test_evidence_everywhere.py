"""Evidence, two readers, a certificate and its page: on every platform alike."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest
from sqlalchemy import select

from bot.chat.pages.links import certificate_path
from bot.chat.pages.site import Site, SiteSettings
from bot.chat.pages_address import PagesAddress
from bot.chat.pictures.baking import KEYWORD
from bot.chat.pictures.painter import Painter
from bot.chat.router import Router
from bot.chat.table import COMMANDS
from bot.chat.web.app import build_app
from bot.domain.event import Event, EventKind
from bot.domain.evidence import CONTRIBUTION_EARNS
from bot.domain.leadership import ASKED, Evidence
from bot.metrics import Metrics
from bot.storage.tables import certificate, event, member, review_request, submission
from challenges.catalogue_index import Catalogue
from challenges.roadmap import load_roadmap
from tests.acceptance.platforms.game import Game, open_game
from tests.acceptance.platforms.on_discord import on_discord
from tests.acceptance.platforms.on_router import on_router
from tests.acceptance.platforms.on_slack import on_slack
from tests.acceptance.platforms.on_web import on_web
from tests.acceptance.platforms.stage import Player, Stage
from tests.acceptance.platforms.test_same_everywhere import OpenStage
from tests.fakes.catalogue import ADD, REVIEW
from tests.fakes.signing import fake_signer
from tests.fakes.site import HERE

TOLD = "https://example.org/pull/7 <@1> <!channel>\nI mended **the** parser."
WRITTEN = {
    "marks": "1: 2 the commands are missing",
    "summary": "One sees what was wrong for whom and why this way was taken, and {}",
}


async def play(stage: Stage, game: Game) -> None:
    ana = await enters(stage, "ana", "es")
    readers = [await enters(stage, "ben", "en"), await enters(stage, "cleo", "en")]
    await has_led(game)

    await ana.asks("challenge", "show", challenge=REVIEW.id)
    assert "Lo que miran quienes lo leen" in await ana.reads()
    await ana.hands_in(REVIEW.id, "A first draft")
    assert "espera a quienes la leerán" in await ana.reads()
    await decide(stage, readers, "not_yet", "the first draft stops there")
    assert "todavía no" in await ana.reads()
    assert "the commands are missing" in await ana.reads()

    await ana.hands_in(REVIEW.id, TOLD)
    await decide(stage, readers, "accepted", "now one can repeat it")
    assert "aceptada" in await ana.reads()
    assert "tu certificado te espera" in await ana.reads()

    await ana.asks("certificate")
    assert "Nadie los ve hasta que los pides" in await ana.reads()
    await ana.asks("certificate", phase="7", name="Ana Pérez")
    assert "Ana Pérez" in await ana.reads()
    assert "Quien tenga esta dirección" in await ana.reads()
    await ana.asks("profile")
    assert "Liderazgo" in await ana.reads()


async def enters(stage: Stage, name: str, language: str) -> Player:
    player = await stage.enters(name, language)
    await player.asks("help")
    return player


async def decide(
    stage: Stage, readers: list[Player], decision: str, words: str
) -> None:
    for number, reader in enumerate(readers):
        await reader.asks("review", "take")
        said = WRITTEN["summary"].format(f"{words}, reading {number}")
        await reader.fills_in(
            "review",
            "give",
            marks=WRITTEN["marks"],
            summary=said,
            decision=decision,
        )
        assert "3 points of reputation" in await reader.reads()
    await stage.judge_all()


async def has_led(game: Game) -> None:
    """All three stand in phase 7, and ana has what it asks but for a contribution."""
    async with game.world.unit_of_work() as unit:
        async with game.engine.connect() as connection:
            rows = (await connection.execute(select(member.c.id, member.c.name))).all()
        for row in rows:
            found = await unit.members.get(row.id, lock=True)
            await unit.members.save(replace(found, phase=7))
            if row.name.casefold() == "ana":
                for one in (Evidence.REVIEW, Evidence.MENTORING):
                    for n in range(ASKED[one]):
                        await unit.events.append(
                            Event(
                                kind=EventKind.REPUTATION_EARNED,
                                key=f"{one}:{n}",
                                person_id=found.person_id,
                                member_id=found.id,
                                occurred_at=game.world.now(),
                                local_on=game.world.today_of(found),
                                reputation=3,
                                facts={"for": one.value},
                            )
                        )
        await unit.commit()


@asynccontextmanager
async def open_phase_seven(database_url: str) -> AsyncIterator[Game]:
    """One challenge asks for all that phase 7 is."""
    roadmap = load_roadmap()
    skills = [one.id for topic in roadmap.phase(7).topics for one in topic.skills]
    async with open_game(database_url) as game:
        world = replace(
            game.world,
            catalogue=Catalogue((ADD, replace(REVIEW, skills=tuple(skills))), roadmap),
            signer=fake_signer(),
        )
        pages = PagesAddress(public=HERE)
        router = Router(world, COMMANDS, Metrics(), pages, Painter())
        yield replace(game, world=world, router=router)


async def left_by(open_stage: OpenStage, database_url: str) -> list[object]:
    async with open_phase_seven(database_url) as game:
        async with open_stage(game) as stage:
            await play(stage, game)
        await check_page(game)
        return await rows(game)


async def check_page(game: Game) -> None:
    """As somebody to whom ana has given the address."""
    async with game.engine.connect() as connection:
        found = (await connection.execute(select(certificate.c.id))).scalar_one()
    site = Site(game.world, settings=SiteSettings(url=HERE))
    app = build_app(site.routes, health=_healthy, metrics=str)
    path = certificate_path(found)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url=HERE
    ) as browser:
        page = await browser.get(path)
        assert page.status_code == 200
        assert "This certificate stands" in page.text
        assert "Ana Pérez" in page.text
        assert KEYWORD in (await browser.get(f"{path}.png")).content


async def _healthy() -> bool:
    return True


async def rows(game: Game) -> list[object]:
    queries = (
        select(
            submission.c.source,
            submission.c.state,
            submission.c.verdict,
            submission.c.points,
            submission.c.answered_at.is_not(None),
        ).order_by(submission.c.attempt),
        select(review_request.c.state, review_request.c.wanted),
        select(certificate.c.name, certificate.c.phase, certificate.c.language),
        select(event.c.kind, event.c.points, event.c.reputation).order_by(event.c.id),
    )
    return [*await game.rows(queries)]


@pytest.mark.parametrize("open_stage", [on_router, on_discord, on_slack, on_web])
async def test_the_same_evidence_leads_to_the_same_certificate(
    open_stage: OpenStage, emptied: Callable[[], str]
) -> None:
    left = await left_by(open_stage, emptied())
    assert left[:5] == [
        ("A first draft", "judged", "partial", 0, True),
        (TOLD, "judged", "accepted", 180, True),
        ("reviewed", 2),
        ("reviewed", 2),
        ("Ana Pérez", 7, "es"),
    ]
    earned = [one for one in left[5:] if isinstance(one, tuple) and any(one[1:])]
    # Ana's reviews and mentees before, four readings, and the contribution.
    before = sum(ASKED[one] for one in (Evidence.REVIEW, Evidence.MENTORING))
    helped = ("reputation_earned", 0, 3)
    assert earned == [
        *[helped] * (before + 4),
        ("solved", 180, 0),
        ("reputation_earned", 0, CONTRIBUTION_EARNS),
    ]
    assert left.count(("certificate_earned", 0, 0)) == 1
