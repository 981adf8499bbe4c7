"""A message with several blocks of code, and the press that says which is meant."""

import pytest

from bot.chat.command import Actor, Command, Message, Place, Platform
from bot.chat.plain import plain_text
from bot.chat.reply import Buttons, Reply
from bot.chat.router import Router
from bot.chat.table import COMMANDS
from bot.metrics import Metrics
from bot.services.world import World
from tests.fakes.catalogue import RIGHT, WRONG, fake_catalogue
from tests.fakes.clock import FakeClock
from tests.fakes.storage.store import FakeStore
from tests.fakes.unit_of_work import fake_unit_of_work_factory

PLACE = Place(platform=Platform.WEB, community="home")
ADA, BEN = (Actor(external_id=one, name=one, locale="en") for one in ("ada", "ben"))
TWO = f"First\n```python\n{WRONG}```\nbetter:\n```python\n{RIGHT}```"


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def router(store: FakeStore) -> Router:
    return restarted(store)


def restarted(store: FakeStore) -> Router:
    world = World(
        unit_of_work=fake_unit_of_work_factory(store),
        now=FakeClock(),
        catalogue=fake_catalogue(),
    )
    return Router(world, COMMANDS, Metrics())


async def asked(router: Router) -> Reply:
    reply = await router.read(Message(actor=ADA, place=PLACE, text=TWO))
    assert isinstance(reply, Reply)
    return reply


async def press(router: Router, actor: Actor, reply: Reply, n: int) -> str:
    (row,) = [one for one in reply.blocks if isinstance(one, Buttons)]
    pressed = row.buttons[n].action
    command = Command(
        actor=actor, place=PLACE, path=pressed.path, options=dict(pressed.options)
    )
    answer = await router.run(command)
    assert isinstance(answer, Reply)
    return plain_text(answer.blocks)


async def test_the_block_that_is_chosen_is_judged_even_after_a_restart(
    router: Router, store: FakeStore
) -> None:
    reply = await asked(router)
    assert store.submissions == {}
    assert "Received" in await press(restarted(store), ADA, reply, 1)
    (submission,) = store.submissions.values()
    assert (submission.challenge_id, submission.source) == ("add-up", RIGHT)


async def test_nobody_hands_in_anothers_code(router: Router, store: FakeStore) -> None:
    reply = await asked(router)
    assert "no longer" in await press(router, BEN, reply, 0)
    assert store.submissions == {}


async def test_a_newer_message_takes_the_place_of_the_older(
    router: Router, store: FakeStore
) -> None:
    older = await asked(router)
    newer = await asked(router)
    assert "no longer" in await press(router, ADA, older, 0)
    assert "Received" in await press(router, ADA, newer, 0)
    (submission,) = store.submissions.values()
    assert submission.source == WRONG
