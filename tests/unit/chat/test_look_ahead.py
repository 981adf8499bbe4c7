"""Organisers hear what a channel or a role lacks before it is kept."""

from collections.abc import Mapping

import pytest

from bot.chat.command import Actor, Command, Place, Platform
from bot.chat.reply import Action, Buttons, Form, Reply
from bot.chat.router import Router
from bot.chat.table import COMMANDS
from bot.metrics import Metrics
from bot.services.world import World
from tests.fakes.catalogue import fake_catalogue
from tests.fakes.clock import FakeClock
from tests.fakes.operations import FakeOperations
from tests.fakes.storage.store import FakeStore
from tests.fakes.unit_of_work import fake_unit_of_work_factory
from tests.fakes.words import said

HERE = Place(platform=Platform.DISCORD, community="42")
DORA = Actor(external_id="7", name="Dora", locale="en", is_organiser=True)
DORA_EN_ESPANOL = Actor(external_id="7", name="Dora", locale="es", is_organiser=True)
FORM = {"hour": "9", "time_zone": "UTC", "weekdays": "monday", "phases": "1-7"}


@pytest.fixture
def discord() -> FakeOperations:
    return FakeOperations(mute={"200"}, above={"900"})


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def router(store: FakeStore, discord: FakeOperations) -> Router:
    world = World(
        unit_of_work=fake_unit_of_work_factory(store),
        now=FakeClock(),
        catalogue=fake_catalogue(),
    )
    router = Router(world, COMMANDS, Metrics())
    router.permissions[Platform.DISCORD] = discord
    return router


async def ask(
    router: Router, name: str, options: Mapping[str, str], actor: Actor = DORA
) -> Reply | Form:
    command = Command(actor=actor, place=HERE, path=("admin", name), options=options)
    return await router.run(command)


def button(reply: Reply | Form, label: str) -> Action:
    assert isinstance(reply, Reply)
    rows = [block for block in reply.blocks if isinstance(block, Buttons)]
    return next(one.action for row in rows for one in row.buttons if one.label == label)


async def test_a_channel_that_cannot_work_is_not_kept_and_the_rest_is(
    router: Router, store: FakeStore, discord: FakeOperations
) -> None:
    await ask(router, "channel", {"channel": "100"})
    reply = await ask(router, "setup", {**FORM, "channel": "200", "hour": "11"})
    told = said(reply)
    assert "cannot post the dailies" in told
    assert "Send Messages" in told
    (settings,) = store.schedules.values()
    assert (settings.channel, settings.hour) == ("100", 11)
    again = button(reply, "Try again")
    discord.mute.clear()
    await router.run(
        Command(actor=DORA, place=HERE, path=again.path, options=dict(again.options))
    )
    (settings,) = store.schedules.values()
    assert settings.channel == "200"


async def test_it_is_named_in_spanish_to_who_speaks_it(router: Router) -> None:
    told = said(await ask(router, "channel", {"channel": "200"}, DORA_EN_ESPANOL))
    assert "Enviar mensajes" in told
    assert "Guardado" not in told


async def test_what_no_button_can_hold_has_none(
    router: Router, discord: FakeOperations
) -> None:
    typed = "x" * 200
    discord.mute.add(typed)
    reply = await ask(router, "channel", {"channel": typed})
    assert "Send Messages" in said(reply)
    with pytest.raises(StopIteration):
        button(reply, "Try again")


async def test_without_any_channel_the_setup_says_so(
    router: Router, discord: FakeOperations
) -> None:
    assert "No channel is chosen" in said(await ask(router, "setup", FORM))
    discord.own["42"] = "200"
    assert "Send Messages" in said(await ask(router, "setup", FORM))
    discord.own["42"] = "100"
    told = said(await ask(router, "setup", FORM))
    assert "No channel" not in told
    assert "missing" not in told


async def test_a_board_that_cannot_be_pinned_is_shown_and_said_to_be(
    router: Router, discord: FakeOperations
) -> None:
    discord.own["42"] = "100"
    discord.unpinnable.add("100")
    told = said(await ask(router, "boards", {"channel": "on"}))
    assert "Pin Messages" in told
    assert "follows the week's board" in told
    discord.unpinnable.clear()
    assert "missing" not in said(await ask(router, "boards", {"channel": "on"}))


async def test_a_role_that_cannot_be_given_is_not_kept(
    router: Router, store: FakeStore, discord: FakeOperations
) -> None:
    discord.own["42"] = "100"
    reply = await ask(router, "roles", {"phase": "2", "role": "900", "mention": "901"})
    assert "stands above mine" in said(reply)
    (settings,) = store.schedules.values()
    assert (dict(settings.roles), dict(settings.mentions)) == ({}, {2: "901"})
    assert dict(button(reply, "Try again").options) == {"phase": "2", "role": "900"}
    assert "cannot call" in said(await ask(router, "roles", {"mention": "900"}))
    await ask(router, "roles", {"phase": "2", "clear": "true"})
    (settings,) = store.schedules.values()
    assert dict(settings.mentions) == {}
