"""`/admin mentoring`, for organisers alone, and with nobody's name."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.command import Actor, Place, Platform
from bot.chat.plain import plain_text
from bot.chat.reply import Reply
from bot.chat.router import Router
from bot.chat.table import COMMANDS
from bot.metrics import Metrics
from bot.services.world import World
from tests.contract.given import a_member
from tests.contract.test_mentoring import a_request, an_offer
from tests.fakes.catalogue import fake_catalogue
from tests.fakes.clock import FakeClock
from tests.fakes.storage.store import FakeStore
from tests.fakes.unit_of_work import fake_unit_of_work_factory

HERE = Place(platform=Platform.WEB, community="home")


async def told(language: str, *, is_organiser: bool = True) -> str:
    clock = FakeClock()
    unit_of_work = fake_unit_of_work_factory(FakeStore())
    world = World(unit_of_work=unit_of_work, now=clock, catalogue=fake_catalogue())
    mentor = await a_member(unit_of_work, "Zenobia")
    for number in range(6):
        mentee = await a_member(unit_of_work, f"Mentee {number}")
        async with unit_of_work() as unit:
            await unit.mentor_requests.add(a_request(mentee.id))
            offer = an_offer(mentor.id)
            until = clock() + timedelta(days=60)
            await unit.mentor_offers.put(replace(offer, paused_until=until))
            await unit.commit()
    clock.advance(timedelta(days=9))
    actor = Actor(
        external_id="org", name="Olga", locale=language, is_organiser=is_organiser
    )
    router = Router(world, COMMANDS, Metrics())
    reply = await router.run_line(actor, HERE, "/admin mentoring")
    assert isinstance(reply, Reply)
    return plain_text(reply.blocks)


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            (
                "it is time to invite more mentors",
                "6 people",
                "The longest wait: 9 days",
                "it takes more than 9 days",
                "1 offer, of whom 1 pause",
            ),
        ),
        ("es", ("invitar a más mentores", "6 personas", "se tarda más de 9 días")),
    ],
)
async def test_organisers_read_counts_and_no_names(
    language: str, sentences: tuple[str, ...]
) -> None:
    text = await told(language)
    for sentence in sentences:
        assert sentence in text
    assert "Zenobia" not in text


async def test_others_are_refused() -> None:
    assert "6 people" not in await told("en", is_organiser=False)
