"""`/web` and `/admin boards`, as they are asked for in chat."""

import re
from dataclasses import replace

import pytest

from bot.chat.command import Actor, Command, Message, Place, Platform
from bot.chat.discord.answers import drawn
from bot.chat.pages_address import PagesAddress
from bot.chat.plain import plain_text
from bot.chat.reply import Reply, Visibility
from bot.chat.router import Router
from bot.chat.table import COMMANDS
from bot.metrics import Metrics
from bot.services.sign_in import who_signs_in
from bot.services.world import World
from tests.fakes.catalogue import fake_catalogue
from tests.fakes.clock import FakeClock
from tests.fakes.storage.store import FakeStore
from tests.fakes.unit_of_work import fake_unit_of_work_factory

ANA = Actor(external_id="ana", name="Ana", locale="es-CO")
HERE = Place(platform=Platform.WEB, community="home")
DISCORD = Place(platform=Platform.DISCORD, community="home")
LOCAL, PUBLIC = "http://127.0.0.1:8000", "https://cordada.example"
LINK = re.compile(r"(https?://\S+)/sign-in/([\w-]+)\?next=([^)>\s]+)")


class Trial:
    def __init__(self, address: PagesAddress) -> None:
        self.world = World(
            unit_of_work=fake_unit_of_work_factory(FakeStore()),
            now=FakeClock(),
            catalogue=fake_catalogue(),
        )
        self.router = Router(self.world, COMMANDS, Metrics(), address)

    async def ask(
        self, *path: str, place: Place = HERE, actor: Actor = ANA, **options: str
    ) -> Reply:
        command = Command(actor=actor, place=place, path=path, options=options)
        reply = await self.router.run(command)
        assert isinstance(reply, Reply)
        return reply


def words(reply: Reply) -> str:
    return plain_text(reply.blocks) + "\n"


async def test_link_is_the_askers_alone_and_leads_to_the_page_asked_for() -> None:
    trial = Trial(PagesAddress(public=PUBLIC))
    reply = await trial.ask("web", place=DISCORD, page="roadmap")
    assert reply.visibility is Visibility.PERSONAL
    found = LINK.search(words(reply))
    assert found is not None
    address, secret, goes_to = found.groups()
    assert address == PUBLIC
    assert goes_to == "%2Fc%2F1%2Froadmap"
    member = await who_signs_in(trial.world, secret)
    assert member is not None
    assert member.name == "Ana"


async def test_on_this_machine_the_link_leads_to_where_we_listen() -> None:
    trial = Trial(PagesAddress(local=LOCAL))
    assert f"{LOCAL}/sign-in/" in words(await trial.ask("web"))


async def test_nobody_is_sent_to_an_address_that_they_cannot_reach() -> None:
    reply = await Trial(PagesAddress(local=LOCAL)).ask("web", place=DISCORD)
    assert "CORDADA_WEB_URL" in words(reply)
    assert "sign-in" not in words(reply)


async def test_a_message_that_others_read_gets_no_link() -> None:
    trial = Trial(PagesAddress(public=PUBLIC))
    said = Message(actor=ANA, place=DISCORD, text="/web")
    reply = await trial.router.read(said)
    assert isinstance(reply, Reply)
    assert "solo para ti" in words(reply)
    assert "sign-in" not in words(reply)


async def test_a_link_is_not_drawn_under_a_spoiler_either() -> None:
    reply = await Trial(PagesAddress(public=PUBLIC)).ask("web", place=DISCORD)
    assert "sign-in" in repr(drawn(DISCORD, reply))
    assert "sign-in" not in repr(drawn(DISCORD, reply, veiled=True))


async def test_signing_out_in_chat_ends_links_too() -> None:
    trial = Trial(PagesAddress(public=PUBLIC))
    found = LINK.search(words(await trial.ask("web")))
    assert found is not None
    await trial.ask("web", page="sign_out")
    assert await who_signs_in(trial.world, found[2]) is None


@pytest.mark.parametrize(
    ("readers", "said"), [("everybody", "Todo el mundo"), ("members", "miembros")]
)
async def test_organisers_open_and_close_the_boards(readers: str, said: str) -> None:
    trial = Trial(PagesAddress(public=PUBLIC))
    organiser = replace(ANA, is_organiser=True)
    set_to = await trial.ask("admin", "boards", actor=organiser, readers=readers)
    told = await trial.ask("admin", "boards", actor=organiser)
    for reply in (set_to, told):
        assert said in words(reply)
        assert f"{PUBLIC}/c/1/boards" in words(reply)


async def test_members_cannot_open_the_boards() -> None:
    trial = Trial(PagesAddress(public=PUBLIC))
    await trial.ask("admin", "boards", readers="everybody")
    async with trial.world.unit_of_work() as unit:
        assert await unit.open_boards.find(1) is None
