"""The map as it is read and walked, on the real roadmap."""

import pytest

from bot.chat.command import Command
from bot.chat.discord.render import MAX_COMPONENTS, render
from bot.chat.plain import plain_text
from bot.chat.reply import Bullets, Reply, Select
from bot.chat.router import Router
from bot.chat.table import COMMANDS
from bot.chat.texts import texts_in
from bot.metrics import Metrics
from bot.services.world import World
from challenges.roadmap import load_roadmap
from tests.fakes.clock import FakeClock
from tests.fakes.phases import catalogue_of_phases
from tests.fakes.storage.store import FakeStore
from tests.fakes.unit_of_work import fake_unit_of_work_factory
from tests.unit.chat.test_router import ANA, BEN, PLACE, line, said

ROADMAP = load_roadmap()


@pytest.fixture
def router() -> Router:
    world = World(
        unit_of_work=fake_unit_of_work_factory(FakeStore()),
        now=FakeClock(),
        catalogue=catalogue_of_phases(),
    )
    return Router(world, COMMANDS, Metrics())


def selects(reply: object) -> dict[str, Select]:
    assert isinstance(reply, Reply)
    return {one.option: one for one in reply.blocks if isinstance(one, Select)}


async def walked(router: Router, option: str, value: str) -> Reply:
    reply = await router.run(
        Command(actor=BEN, place=PLACE, path=("roadmap",), options={option: value})
    )
    assert isinstance(reply, Reply)
    return reply


async def test_every_topic_and_skill_can_be_reached_and_fits_a_message(
    router: Router,
) -> None:
    topics, skills = set(), 0
    for phase in ROADMAP.phases:
        page = await walked(router, "phase", str(phase.number))
        drawn = render(page, texts_in("en"))
        assert not drawn.files
        assert len(drawn.components) <= MAX_COMPONENTS
        for topic, _ in selects(page)["topic"].choices:
            topics.add(topic)
            close = await walked(router, "topic", topic)
            (bullets,) = (one for one in close.blocks if isinstance(one, Bullets))
            skills += len(bullets.items)
            assert not render(close, texts_in("en")).files
    assert (len(topics), skills) == (25, 76)


async def test_what_is_on_the_way_is_counted_and_told(router: Router) -> None:
    await line(router, BEN, "/challenge solution sums give_up:yes")
    reply = await line(router, BEN, "/roadmap")
    assert "You master 0 of 76 skills. 2 not cracked yet" in said(reply)
    assert "Dominas 0 de 76 habilidades." in said(await line(router, ANA, "/ruta"))


async def test_phase_seven_tells_what_it_asks_beside_challenges(
    router: Router,
) -> None:
    page = plain_text((await walked(router, "phase", "7")).blocks)
    assert "Reviews that helped somebody: 0 of 10" in page
    assert "Phase 7 also asks for" in page


async def test_a_topic_that_is_none_shows_the_map(router: Router) -> None:
    assert "of 76 skills" in said(await walked(router, "topic", "cooking"))
