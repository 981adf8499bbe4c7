"""What organisers see of what organisers did."""

from dataclasses import replace

import pytest

from bot.chat.command import Actor, Place, Platform
from bot.chat.reply import Bullets, Buttons, Reply
from bot.chat.router import Router
from bot.chat.table import COMMANDS
from bot.domain.audit import AuditAct, AuditEntry
from bot.metrics import Metrics
from bot.services.world import World
from tests.fakes.catalogue import fake_catalogue
from tests.fakes.clock import A_MONDAY, FakeClock
from tests.fakes.storage.store import FakeStore
from tests.fakes.unit_of_work import fake_unit_of_work_factory
from tests.fakes.words import said

PLACE = Place(platform=Platform.WEB, community="home")
ORGANISER = Actor(external_id="ana", name="Ana", locale="en", is_organiser=True)


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def router(store: FakeStore) -> Router:
    world = World(
        unit_of_work=fake_unit_of_work_factory(store),
        now=FakeClock(),
        catalogue=fake_catalogue(),
    )
    return Router(world, COMMANDS, Metrics())


async def read(router: Router, line: str) -> Reply:
    reply = await router.run_line(ORGANISER, PLACE, line)
    assert isinstance(reply, Reply)
    return reply


async def test_it_says_who_did_what_to_whom_and_why(
    router: Router, store: FakeStore
) -> None:
    assert "Nothing yet" in said(await read(router, "/admin audit"))
    ben = await router.enter(Actor(external_id="ben", name="Ben"), PLACE)
    entry = AuditEntry(
        community_id=ben.community.id,
        act=AuditAct.POINTS_GRANTED,
        actor_id=1,
        subject_id=ben.id,
        reason="wrote the *guide*",
        facts={"points": 50},
        at=A_MONDAY,
    )
    store.audit.append(entry)
    assert "Ana gave Ben 50 points — wrote the *guide*" in said(
        await read(router, "/admin audit")
    )
    store.audit.append(replace(entry, actor_id=None, subject_id=None, reason=""))
    assert "a deleted member gave a deleted member 50 points" in said(
        await read(router, "/admin audit")
    )


async def test_it_turns_pages_until_the_end(router: Router, store: FakeStore) -> None:
    ana = await router.enter(ORGANISER, PLACE)
    for number in range(25):
        store.audit.append(
            AuditEntry(
                community_id=ana.community.id,
                act=AuditAct.POINTS_REVOKED,
                actor_id=ana.id,
                facts={"points": number},
                at=A_MONDAY,
            )
        )
    reply, seen = await read(router, "/admin audit"), 0
    for _ in range(2):
        seen += sum(len(b.items) for b in reply.blocks if isinstance(b, Bullets))
        (buttons,) = (one for one in reply.blocks if isinstance(one, Buttons))
        options = dict(buttons.buttons[0].action.options)
        reply = await read(router, f"/admin audit before:{options['before']}")
    assert not any(isinstance(one, Buttons) for one in reply.blocks)
    assert "took 0 points" in said(reply)
    assert seen == 20


async def test_members_neither_read_it_nor_are_told_of_it_in_the_help(
    router: Router,
) -> None:
    member = replace(ORGANISER, is_organiser=False)
    refused = await router.run_line(member, PLACE, "/admin audit")
    assert "organise" in said(refused)
    assert "/admin" not in said(await router.run_line(member, PLACE, "/help"))
    assert "/admin audit" in said(await router.run_line(ORGANISER, PLACE, "/help"))
