"""A member's day at a glance."""

from dataclasses import replace

import pytest

from bot.chat.command import Actor, Command, Message, Place, Platform
from bot.chat.reply import Banner, Buttons, Fields, Reply, Text, Tone
from bot.chat.router import Router
from bot.chat.table import COMMANDS
from bot.domain.member import Member
from bot.domain.pairing.life import Pairing, PairingEvent
from bot.metrics import Metrics
from bot.services.judge_submission import judge_submission
from bot.services.own_pairing import move
from bot.services.world import World
from tests.contract.test_pairings import a_pairing
from tests.fakes.catalogue import RIGHT, FakeJudge, fake_catalogue
from tests.fakes.clock import FakeClock
from tests.fakes.storage.store import FakeStore
from tests.fakes.unit_of_work import fake_unit_of_work_factory
from tests.fakes.words import said

PLACE = Place(platform=Platform.SLACK, community="T1")
ANA = Actor(external_id="ana", name="Ana", locale="es-CO", time_zone="America/Bogota")
BEN = Actor(external_id="ben", name="Ben", locale="en-GB")


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def world(store: FakeStore) -> World:
    return World(
        unit_of_work=fake_unit_of_work_factory(store),
        now=FakeClock(),
        catalogue=fake_catalogue(),
    )


@pytest.fixture
def router(world: World) -> Router:
    return Router(world, COMMANDS, Metrics())


async def home(router: Router, actor: Actor) -> Reply:
    reply = await router.run(Command(actor=actor, place=PLACE, path=("home",)))
    assert isinstance(reply, Reply)
    return reply


def facts(reply: Reply) -> dict[str, str]:
    return {
        name: said(Reply(blocks=(Text(line),))).strip()
        for block in reply.blocks
        if isinstance(block, Fields)
        for name, line in block.items
    }


def ways(reply: Reply) -> list[tuple[str, ...]]:
    return [
        button.action.path
        for block in reply.blocks
        if isinstance(block, Buttons)
        for button in block.buttons
    ]


async def test_it_shows_today_streak_progress_and_settings(router: Router) -> None:
    reply = await home(router, ANA)
    told = said(reply)
    assert "Hola, Ana" in told
    assert "Hoy: " in told
    assert "Racha: 0 días" in told
    assert facts(reply)["Zona horaria"] == "America/Bogota"
    assert facts(reply)["Puntos"] == "0"
    assert "Hello, Ben" in said(await home(router, BEN))


async def test_every_button_is_a_command_that_exists(router: Router) -> None:
    paths = {spec.path for spec in COMMANDS}
    found = ways(await home(router, ANA))
    assert ("challenge", "submit") in found
    assert ("settings",) in found
    assert set(found) <= paths


async def test_what_was_solved_today_is_told(
    router: Router, world: World, store: FakeStore
) -> None:
    submit = Command(
        actor=ANA,
        place=PLACE,
        path=("challenge", "submit"),
        options={"challenge": (await todays(router)), "code": RIGHT},
    )
    await router.run(submit)
    await judge_submission(world, FakeJudge(), store.jobs.pop())
    reply = await home(router, ANA)
    (banner,) = [block for block in reply.blocks if isinstance(block, Banner)]
    assert banner.tone is Tone.GOOD
    assert "Racha: 1 día" in said(reply)
    assert int(facts(reply)["Puntos"]) > 0
    assert ("challenge", "submit") not in ways(reply)


async def todays(router: Router) -> str:
    reply = await home(router, ANA)
    return next(
        dict(button.action.options)["challenge"]
        for block in reply.blocks
        if isinstance(block, Buttons)
        for button in block.buttons
        if button.action.path == ("challenge", "submit")
    )


async def test_who_climbs_with_them_is_there_and_what_to_do_next(
    router: Router, world: World
) -> None:
    nobody = await home(router, ANA)
    assert ("mentor", "request") in ways(nobody)
    ben, ana = [await router.enter(one, PLACE) for one in (BEN, ANA)]
    pairing = await a_pairing(world.unit_of_work, mentor=ben, mentee=ana)
    offered = await home(router, ANA)
    assert "**" not in said(offered)
    assert "Ben" in said(offered)
    assert ("mentor", "accept") in ways(offered)
    await answered(world, pairing, ben, ana)
    reply = await home(router, ANA)
    assert "Ben te guía" in said(reply)
    assert ("mentor", "list") in ways(reply)
    assert ("mentor", "accept") not in ways(reply)
    assert "You mentor Ana" in said(await home(router, BEN))


async def answered(world: World, pairing: Pairing, *members: Member) -> None:
    """Both say yes, and their conversation is opened."""
    events = (
        PairingEvent.MENTOR_ACCEPTED,
        PairingEvent.MENTEE_ACCEPTED,
        PairingEvent.OPENED,
    )
    async with world.unit_of_work() as unit:
        for event, by in zip(events, (*members, None), strict=True):
            pairing = await move(unit, pairing, event, world.now(), by=by)
        await unit.commit()


async def test_a_glance_leaves_in_hand_what_was(
    router: Router, store: FakeStore
) -> None:
    """A page that opens by itself must not say what a block of code is for."""
    show = Command(
        actor=ANA,
        place=PLACE,
        path=("challenge", "show"),
        options={"challenge": "add-up"},
    )
    await router.run(show)
    await home(router, ANA)
    fence = "```"
    await router.read(Message(actor=ANA, place=PLACE, text=f"{fence}\n{RIGHT}{fence}"))
    (submission,) = store.submissions.values()
    assert submission.challenge_id == "add-up"


async def test_where_there_is_no_challenge_the_rest_is_there(
    router: Router, store: FakeStore
) -> None:
    member = await router.enter(BEN, PLACE)
    store.members[member.id] = replace(member, phase=3)
    reply = await home(router, BEN)
    assert "There is no challenge for your phase yet" in said(reply)
    assert facts(reply)["Phase"].startswith("3.")
