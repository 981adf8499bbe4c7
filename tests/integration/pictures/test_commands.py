"""Commands that can be asked for as a picture."""

import pytest

from bot.chat.command import Actor, Command, Place, Platform
from bot.chat.pictures.painter import Painter
from bot.chat.reply import Buttons, Picture, Reply
from bot.chat.router import Router
from bot.chat.table import COMMANDS
from bot.chat.texts import LANGUAGES
from bot.metrics import Metrics
from bot.services.world import World
from tests.fakes.catalogue import fake_catalogue
from tests.fakes.clock import FakeClock
from tests.fakes.storage.store import FakeStore
from tests.fakes.unit_of_work import fake_unit_of_work_factory

PLACE = Place(platform=Platform.WEB, community="home")
PICTURED = ("profile", "streak", "roadmap", "leaderboard")


async def ask(router: Router, name: str, language: str = "en", **options: str) -> Reply:
    actor = Actor(external_id="ana", name="Ana <b>", locale=language)
    reply = await router.run(
        Command(actor=actor, place=PLACE, path=(name,), options=options)
    )
    assert isinstance(reply, Reply)
    return reply


def router(painter: Painter | None) -> Router:
    world = World(
        unit_of_work=fake_unit_of_work_factory(FakeStore()),
        now=FakeClock(),
        catalogue=fake_catalogue(),
    )
    return Router(world, COMMANDS, Metrics(), painter=painter)


def views(reply: Reply) -> list[str]:
    return [
        dict(button.action.options).get("view", "")
        for block in reply.blocks
        if isinstance(block, Buttons)
        for button in block.buttons
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PICTURED)
async def test_picture_comes_before_the_same_in_words(name: str, language: str) -> None:
    drawing, writing = router(Painter()), router(None)
    shown = await ask(drawing, name, language, view="picture")
    picture, *words = shown.blocks
    assert isinstance(picture, Picture)
    assert picture.png.startswith(b"\x89PNG")
    assert len(picture.alt) > 20
    assert picture.filename == f"cordada-{name}.png"
    assert tuple(words) == (await ask(writing, name, language)).blocks


async def test_a_picture_of_friends_is_of_friends() -> None:
    drawing = router(Painter())
    shown = await ask(drawing, "leaderboard", view="picture", scope="friends")
    picture = shown.blocks[0]
    assert isinstance(picture, Picture)
    assert "among friends" in picture.alt


@pytest.mark.parametrize("name", PICTURED)
async def test_words_offer_the_picture_where_it_can_be_drawn(name: str) -> None:
    assert "picture" in views(await ask(router(Painter()), name))
    assert "picture" not in views(await ask(router(None), name))
    instead = await ask(router(None), name, view="picture")
    assert instead == await ask(router(None), name), "words, where nothing is drawn"
