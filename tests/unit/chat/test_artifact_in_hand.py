"""A member whose challenge asks for something that is not Python is told of that."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.chat.command import Actor, Message, Place, Platform
from bot.chat.reply import Banner, Code, Reply
from bot.chat.router import Router
from bot.chat.table import COMMANDS
from bot.metrics import Metrics
from bot.services.world import World
from challenges.catalogue_index import Catalogue
from tests.fakes.catalogue import fake_catalogue
from tests.fakes.clock import FakeClock
from tests.fakes.storage.store import FakeStore
from tests.fakes.unit_of_work import fake_unit_of_work_factory

LOCALES = {"es": "es-CO", "en": "en-GB"}


async def told(language: str, text: str, files: Mapping[str, bytes]) -> Reply:
    known = fake_catalogue()
    asked = tuple(replace(one, file="query.sql") for one in known.all)
    world = World(
        unit_of_work=fake_unit_of_work_factory(FakeStore()),
        now=FakeClock(),
        catalogue=Catalogue(asked, known.roadmap),
        submissions_per_minute=2,
    )
    sent = Message(
        actor=Actor(external_id="ana", name="Ana", locale=LOCALES[language]),
        place=Place(platform=Platform.WEB, community="home"),
        text=text,
        attachments=files,
    )
    reply = await Router(world, COMMANDS, Metrics()).read(sent)
    assert isinstance(reply, Reply)
    return reply


def banner(reply: Reply) -> str:
    [line] = [block.line for block in reply.blocks if isinstance(block, Banner)]
    return "".join(str(getattr(span, "text", "")) for span in line)


def examples(reply: Reply) -> list[str]:
    return [block.source for block in reply.blocks if isinstance(block, Code)]


@pytest.mark.parametrize(
    ("language", "begins"),
    [
        ("es", "Tu bloque dice que es python, y tu reto pide query.sql."),
        ("en", "Your block says that it is python, and your challenge asks for query"),
    ],
)
async def test_a_block_in_another_language_is_told_which_is_asked_for(
    language: str, begins: str
) -> None:
    reply = await told(language, "```python\nprint(1)\n```", {})
    assert banner(reply).startswith(begins)
    assert examples(reply) == ["```sql\n…\n```"]


@pytest.mark.parametrize(
    ("language", "begins"),
    [
        ("es", "Tu reto pide query.sql, y notes.md es otra cosa. Adjunta query.sql."),
        ("en", "Your challenge asks for query.sql, and notes.md is something else."),
    ],
)
async def test_another_file_is_told_which_is_asked_for(
    language: str, begins: str
) -> None:
    reply = await told(language, "here", {"notes.md": b"#"})
    assert banner(reply).startswith(begins)


async def test_the_example_for_a_message_without_code_is_in_its_language() -> None:
    assert examples(await told("en", "how?", {})) == ["```sql\n…\n```"]
