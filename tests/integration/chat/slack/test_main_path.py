"""From a command to a verdict on Slack, by the real slack-bolt over sockets."""

import logging
from collections.abc import AsyncIterator

import pytest

from bot.chat.slack.manifest import manifest
from bot.chat.table import COMMANDS
from tests.fakes.catalogue import CRASH, RIGHT, WRONG
from tests.fakes.clock import FakeClock
from tests.fakes.slack import Channel, FakeSlack, Person, Sight, Upload
from tests.integration.chat.slack.village import (
    SlackInstallation,
    Transport,
    Village,
)

FENCE = "```"
SUBMIT = "challenge submit"


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack(dict(manifest(COMMANDS)), FakeClock()) as fake:
        yield fake
        assert fake.violations == []


@pytest.fixture
def channel(slack: FakeSlack, ana: Person) -> Channel:
    return slack.add_channel("reto", ana)


@pytest.fixture
async def village(slack: FakeSlack) -> AsyncIterator[Village]:
    async with SlackInstallation(slack=slack).running() as village:
        yield village


def block(source: str) -> str:
    return f"{FENCE}\n{source}{FENCE}"


async def said_last(village: Village, person: Person, sight: Sight) -> str:
    """Of the message that was answered with, as it stands now."""
    await village.connection.chat.settle()
    assert sight.message is not None
    return village.slack.state.plain(sight.message)


@pytest.mark.parametrize("transport", ["socket", "http"])
@pytest.mark.parametrize(
    ("locale", "command", "today", "told"),
    [
        ("es-ES", "/reto", "hoy", ("Suma de la caja", "Recibido", "✅")),
        ("en-GB", "/challenge", "today", ("Adding up the till", "Received", "✅")),
    ],
)
async def test_today_is_answered_by_a_form_and_judged(
    slack: FakeSlack,
    *,
    transport: Transport,
    locale: str,
    command: str,
    today: str,
    told: tuple[str, str, str],
) -> None:
    title, judging, solved = told
    bea = slack.add_person("bea", locale=locale)
    # The bot need not be in a channel to answer a command there.
    channel = slack.add_channel("general", bea, with_bot=False)
    async with SlackInstallation(slack=slack, transport=transport).running() as village:
        seen = await bea.slash(command, today, channel)
        assert seen.kind == "ephemeral"
        assert title in seen.text
        await bea.press(SUBMIT, expecting="view")
        seen = await bea.submit({"code": WRONG}, expecting="ephemeral")
        assert judging in seen.text
        await village.judge_all()
        seen = await bea.sees("ephemeral")
        assert "❌" in seen.text
        await bea.press(SUBMIT, on=seen.message, expecting="view")
        await bea.submit({"code": RIGHT}, expecting="ephemeral")
        await village.judge_all()
        assert solved in (await bea.sees("ephemeral")).text


async def test_a_mention_with_code_is_answered_in_its_thread(
    village: Village, ana: Person, channel: Channel
) -> None:
    seen = await ana.mention(block(WRONG), channel, expecting="message")
    assert seen.message is not None
    assert seen.message.thread_ts
    assert "Recibido" in await said_last(village, ana, seen)
    await village.judge_all()
    assert "❌" in await said_last(village, ana, seen)
    # What there is to learn from it only the author reads.
    kept = await ana.sees("ephemeral")
    assert kept.message is not None
    assert kept.message.thread_ts == seen.message.thread_ts
    others = village.slack.add_person("ben")
    channel.members[others.id] = others.account
    assert "❌" in others.reads(channel)[-1]
    assert kept.text not in "\n".join(others.reads(channel))


async def test_a_direct_message_is_answered_by_one_that_changes(
    village: Village, ana: Person
) -> None:
    seen = await ana.direct(block(WRONG), expecting="message")
    assert "Recibido" in await said_last(village, ana, seen)
    await village.judge_all()
    assert "❌" in await said_last(village, ana, seen)
    assert len(ana.reads(ana.direct_channel)) == 2


@pytest.mark.parametrize(
    ("name", "snippet"), [("solution.py", False), ("Untitled.py", True)]
)
async def test_an_attached_file_is_judged(
    village: Village, ana: Person, channel: Channel, *, name: str, snippet: bool
) -> None:
    file = Upload(name=name, content=RIGHT.encode(), snippet=snippet)
    await ana.mention("", channel, files=(file,), expecting="message")
    await village.connection.chat.settle()
    (submission,) = village.store.submissions.values()
    assert submission.source == RIGHT


@pytest.mark.parametrize("language", ["es", "en"])
async def test_the_menu_of_a_message_judges_it_in_private(
    village: Village, ana: Person, channel: Channel, language: str
) -> None:
    said = village.slack.post_as(ana, channel, block(RIGHT))
    menu = f"menu.challenge.submit.{language}"
    seen = await ana.message_shortcut(menu, said, expecting="ephemeral")
    assert "Recibido" in seen.text
    await village.judge_all()
    assert "✅" in (await ana.sees("ephemeral")).text


async def test_nobody_hands_in_what_another_wrote(
    village: Village, ana: Person, channel: Channel
) -> None:
    ben = village.slack.add_person("ben", locale="en-US")
    village.slack.enter(ben, channel)
    said = village.slack.post_as(ana, channel, block(RIGHT))
    seen = await ben.message_shortcut("menu.challenge.submit.en", said)
    assert "your own messages" in seen.text
    assert village.store.submissions == {}


async def test_an_edited_message_is_judged_again_if_its_author_wants(
    village: Village, ana: Person
) -> None:
    said = await ana.direct(block(WRONG), expecting="nothing")
    await village.connection.chat.settle()
    assert said.message is not None
    offer = await ana.edit(said.message, block(CRASH), expecting="message")
    assert "Cambiaste tu mensaje" in offer.text
    # A second edit brings no second offer.
    await ana.edit(said.message, block(RIGHT), expecting="nothing")
    seen = await ana.press("slack judge", on=offer.message)
    assert "Recibido" in seen.text
    await village.connection.chat.settle()
    await village.judge_all()
    assert "✅" in ana.reads(ana.direct_channel)[-1]


async def test_an_empty_form_stays_open_and_says_why(
    village: Village, ana: Person, channel: Channel
) -> None:
    await ana.slash("/reto", "enviar add-up", channel, expecting="view")
    seen = await ana.submit({"code": "  \n"})
    assert seen.kind == "errors"
    assert "adjunta un archivo" in seen.text
    file = Upload(name="long.py", content=RIGHT.encode() + b"#" * 5000)
    seen = await ana.submit({"code?file": [file]}, expecting="ephemeral")
    assert "Recibido" in seen.text


async def test_the_home_is_a_page_whose_buttons_open_others(
    village: Village, ana: Person
) -> None:
    seen = await ana.open_home()
    assert seen.view is not None
    page = await ana.press("challenge today", expecting="view")
    assert "Suma de la caja" in page.text
    await ana.press(SUBMIT, on=page.view, expecting="view")
    seen = await ana.submit({"code": RIGHT}, expecting="view")
    assert "Recibido" in seen.text
    assert seen.view is not None
    assert page.view is not None
    assert seen.view.id == page.view.id
    await village.judge_all()
    assert "✅" in (await ana.sees("view")).text


async def test_a_mentor_is_asked_for_from_the_home(
    village: Village, ana: Person
) -> None:
    await ana.open_home()
    form = await ana.press("mentor request", expecting="view")
    assert "Temas" in form.text
    wish = {
        "topics": "syntax-and-control-flow",
        "goal": "Leer código",
        "hours": "lun 9",
    }
    await ana.submit(wish, expecting="anything")
    await village.connection.chat.settle()
    home = await ana.open_home()
    assert "Estás esperando mentor" in home.text


async def test_logs_hold_neither_members_words_nor_tokens(
    slack: FakeSlack, ana: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with SlackInstallation(slack=slack).running() as village:
        await ana.slash("/reto", "enviar add-up", expecting="view")
        await ana.submit({"code": RIGHT}, expecting="ephemeral")
        await village.judge_all()
    secrets = [slack.bot_token, slack.app_token, "return a + b"]
    assert [one for one in secrets if one in caplog.text] == []
