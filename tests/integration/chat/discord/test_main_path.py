"""From a command to a verdict on Discord, by the real discord.py over sockets."""

import logging
from collections.abc import AsyncIterator

import pytest

from tests.fakes.catalogue import RIGHT, WRONG
from tests.fakes.discord import Channel, FakeDiscord, File, Person
from tests.integration.chat.discord.town import Installation, Town

FENCE = "```"


@pytest.fixture
async def town(fake: FakeDiscord, general: Channel) -> AsyncIterator[Town]:
    async with Installation(fake=fake).running() as town:
        yield town


def block(source: str) -> str:
    return f"{FENCE}python\n{source}{FENCE}"


@pytest.mark.parametrize(
    ("locale", "today", "title", "judging"),
    [
        ("es-ES", "reto hoy", "Suma de la caja", "Recibido"),
        ("en-GB", "challenge today", "Adding up the till", "Received"),
    ],
)
async def test_today_is_answered_by_a_form_and_judged(
    town: Town, *, locale: str, today: str, title: str, judging: str
) -> None:
    bea = town.newcomer(locale)
    seen = await bea.slash(today)
    assert title in seen.text
    assert seen.ephemeral
    form = await bea.press(seen, seen.buttons[0])
    answer = await bea.submit(form, {"code": WRONG})
    assert judging in answer.text
    await town.judge_all()
    assert "❌" in answer.text
    form = await bea.press(answer, answer.buttons[0])
    answer = await bea.submit(form, {"code": RIGHT})
    await town.judge_all()
    assert "✅" in answer.text


async def test_a_mention_with_code_is_answered_in_one_reply(
    town: Town, ana: Person, fake: FakeDiscord
) -> None:
    said = ana.say(f"<@{fake.application.id}> {block(WRONG)}")
    answer = await town.answered(ana, said)
    assert "Recibido" in answer.text
    await town.judge_all()
    assert "❌" in answer.text
    assert len(ana.sees()) == 1


async def test_an_attached_file_is_judged(
    town: Town, ana: Person, fake: FakeDiscord
) -> None:
    file = File(name="solution.py", content=RIGHT.encode())
    await town.answered(ana, ana.say(f"<@{fake.application.id}>", files=[file]))
    (submission,) = town.store.submissions.values()
    assert submission.source == RIGHT


async def test_logs_hold_neither_members_words_nor_tokens(
    fake: FakeDiscord, general: Channel, ana: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with Installation(fake=fake).running() as town:
        form = await ana.slash("reto enviar", {"reto": "add-up"})
        await ana.submit(form, {"code": RIGHT})
        await town.judge_all()
    tokens = [one.token for one in fake.state.interactions.values()]
    secrets = [fake.token, "return a + b", *tokens]
    assert [one for one in secrets if one in caplog.text] == []
