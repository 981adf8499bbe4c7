"""What goes wrong on the way, and what is said all the same."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from types import TracebackType

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.chat.command import Place, Platform
from bot.chat.reply import Picture, Reply, Text
from bot.chat.slack.connection import SlackSettings, connected
from bot.chat.slack.errors import NoWayIn, SlackTokenRefused, SlackUnavailable
from bot.chat.slack.manifest import manifest
from bot.chat.table import COMMANDS
from bot.chat.texts import plain
from bot.services.ports.unit_of_work import UnitOfWork
from tests.fakes.catalogue import RIGHT
from tests.fakes.clock import FakeClock
from tests.fakes.receipts import FakeReceipts
from tests.fakes.slack import Channel, FakeSlack, Person
from tests.fakes.slack.screen import Kind
from tests.integration.chat.slack.village import (
    SlackInstallation,
    Transport,
    Village,
)

FENCED = f"```\n{RIGHT}```"
SUBMIT = "challenge submit"


@pytest.fixture(autouse=True)
def logs() -> Iterator[list[EventDict]]:
    """Kept, not written: a traceback in colours takes longer than the test."""
    with capture_logs() as logs:
        yield logs


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack(dict(manifest(COMMANDS)), FakeClock()) as fake:
        yield fake
        assert fake.violations == []


@pytest.fixture
async def village(slack: FakeSlack) -> AsyncIterator[Village]:
    async with SlackInstallation(slack=slack).running() as village:
        yield village


@dataclass
class SlowDatabase:
    """Answers when it is let."""

    unit_of_work: Callable[[], UnitOfWork]
    let: asyncio.Event = field(default_factory=asyncio.Event)

    def __call__(self) -> "Late":
        return Late(self.unit_of_work(), self.let)


@dataclass
class Late:
    unit: UnitOfWork
    let: asyncio.Event

    async def __aenter__(self) -> UnitOfWork:
        await self.let.wait()
        return await self.unit.__aenter__()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.unit.__aexit__(kind, error, traceback)


@pytest.fixture
def slow(village: Village) -> SlowDatabase:
    """From now on nothing comes out of the database."""
    database = SlowDatabase(village.world.unit_of_work)
    # The one place through which everything is read and written; it is frozen.
    object.__setattr__(village.world, "unit_of_work", database)
    return database


async def test_whatever_comes_is_acknowledged_while_the_database_is_away(
    village: Village, ana: Person, channel: Channel
) -> None:
    """Each act returns when Slack has its acknowledgement, and not before."""
    await ana.slash("/reto", "enviar add-up", channel, expecting="view")
    offered = await ana.direct("hola", expecting="message")
    await village.connection.chat.settle()
    said = village.slack.post_as(ana, channel, FENCED)
    database = SlowDatabase(village.world.unit_of_work)
    object.__setattr__(village.world, "unit_of_work", database)
    await ana.submit({"code": RIGHT}, expecting="nothing")
    await ana.slash("/reto", "hoy", channel, expecting="nothing")
    await ana.press("challenge today", on=offered.message, expecting="nothing")
    await ana.message_shortcut("menu.challenge.submit.es", said, expecting="nothing")
    await ana.mention(FENCED, channel, expecting="nothing")
    await ana.direct(FENCED, expecting="nothing")
    await ana.open_home(expecting="nothing")
    village.slack.advance(30)
    database.let.set()
    await village.connection.chat.settle()
    assert len(village.store.submissions) == 4


async def test_a_class_that_asks_at_once_is_heard_side_by_side(
    village: Village, channel: Channel
) -> None:
    """Nobody's acknowledgement waits for another's."""
    slack, app = village.slack, village.connection._app
    everybody = asyncio.Barrier(20)
    dispatch = app.async_dispatch

    async def together(req: AsyncBoltRequest) -> BoltResponse:
        await everybody.wait()
        return await dispatch(req)

    app.async_dispatch = together  # type: ignore[method-assign]
    people = [slack.add_person(f"p{number}") for number in range(20)]
    asking = [
        one.slash("/challenge", "today", channel, expecting="ephemeral")
        for one in people
    ]
    seen = await asyncio.gather(*asking)
    assert all("Adding up the till" in one.text for one in seen)


async def test_a_form_that_comes_too_late_is_a_button_that_opens_it(
    village: Village, slow: SlowDatabase, ana: Person, channel: Channel
) -> None:
    await ana.slash("/reto", "enviar add-up", channel, expecting="nothing")
    village.slack.advance(4)
    slow.let.set()
    seen = await ana.sees("ephemeral")
    assert "Aquí está tu formulario" in seen.text
    form = await ana.press(SUBMIT, on=seen.message, expecting="view")
    assert "Suma de la caja" in form.text


async def test_a_database_that_fails_is_told_kindly(
    village: Village, ana: Person, channel: Channel
) -> None:
    def broken() -> UnitOfWork:
        raise ConnectionError

    object.__setattr__(village.world, "unit_of_work", broken)
    seen = await ana.slash("/reto", "hoy", channel, expecting="ephemeral")
    assert "🔸" in seen.text
    seen = await ana.mention(FENCED, channel, expecting="message")
    await village.connection.chat.settle()
    assert seen.message is not None
    assert "🔸" in village.slack.state.plain(seen.message)


@pytest.mark.parametrize("transport", ["socket", "http"])
async def test_an_event_that_slack_repeats_is_heard_once_by_all_processes(
    slack: FakeSlack, ana: Person, transport: Transport
) -> None:
    one = SlackInstallation(slack=slack, transport=transport)
    other = SlackInstallation(
        slack=slack, store=one.store, receipts=one.receipts, transport=transport
    )
    async with one.running() as first, other.running() as second:
        await ana.direct(FENCED, expecting="message")
        sent = slack.deliveries.sent[-1]
        again = [slack.deliveries.repeat(sent) for _ in range(3)]
        await asyncio.gather(*(one.answer for one in again))
        for village in (first, second):
            await village.connection.chat.settle()
    assert len(one.store.submissions) == 1
    assert len(ana.reads(ana.direct_channel)) == 2


async def test_a_mention_that_comes_as_a_message_too_is_answered_once(
    slack: FakeSlack, village: Village, ana: Person, channel: Channel
) -> None:
    await ana.mention(FENCED, channel, expecting="message")
    sent = slack.deliveries.sent[-1]
    sent.payload = {**sent.payload, "event_id": "Ev-other"}
    await slack.deliveries.repeat(sent).answer
    await village.connection.chat.settle()
    assert len(village.store.submissions) == 1


async def test_a_verdict_finds_its_way_after_a_restart(
    slack: FakeSlack, ana: Person, channel: Channel
) -> None:
    installation = SlackInstallation(slack=slack)
    async with installation.running():
        await ana.slash("/reto", "enviar add-up", channel, expecting="view")
        await ana.submit({"code": RIGHT}, expecting="ephemeral")
        said = await ana.direct(FENCED, expecting="message")
        await ana.sees("changed")
    slack.advance(5)
    async with installation.running() as village:
        await village.judge_all()
        assert "✅" in (await ana.sees("ephemeral")).text
    assert said.message is not None
    assert "✅" in slack.state.plain(said.message)


@pytest.mark.parametrize(
    ("with_bot", "kind"), [(True, "ephemeral"), (False, "message")]
)
async def test_a_verdict_that_comes_hours_later_goes_another_way(
    slack: FakeSlack, village: Village, ana: Person, *, with_bot: bool, kind: Kind
) -> None:
    """Where the bot is, to them alone; where it is not, directly."""
    channel = slack.add_channel("late", ana, with_bot=with_bot)
    await ana.slash("/reto", "enviar add-up", channel, expecting="view")
    await ana.submit({"code": RIGHT}, expecting="ephemeral")
    slack.advance(3600)
    await village.judge_all()
    assert "✅" in (await ana.sees(kind)).text


async def test_a_response_url_is_used_five_times_at_most(
    slack: FakeSlack, village: Village, ana: Person, channel: Channel
) -> None:
    await ana.slash("/reto", "hoy", channel, expecting="ephemeral")
    payload = slack.deliveries.sent[-1].payload
    at = slack.clock().isoformat()
    detail = {"asked": payload["trigger_id"], "at": at, "url_at": at}
    detail |= {"url": payload["response_url"], "channel": channel.id, "user": ana.id}
    place = Place(platform=Platform.SLACK, community=slack.workspace.id, detail=detail)
    for number in range(6):
        reply = Reply(blocks=(Text(plain(f"answer {number}")),))
        await village.connection.chat.deliver(place, reply)
        assert f"answer {number}" in (await ana.sees("ephemeral")).text


async def test_a_reply_that_was_deleted_is_told_directly(
    slack: FakeSlack, village: Village, ana: Person, channel: Channel
) -> None:
    seen = await ana.mention(FENCED, channel, expecting="message")
    await village.connection.chat.settle()
    assert seen.message is not None
    del channel.messages[seen.message.ts]
    del channel.members[slack.workspace.bot.id]
    await village.judge_all()
    assert "✅" in ana.reads(ana.direct_channel)[-1]


async def test_too_many_requests_are_waited_out(
    slack: FakeSlack, village: Village, ana: Person
) -> None:
    slack.limit("chat.postMessage", 30)
    slack.limit("chat.update", 10)
    await ana.direct(FENCED, expecting="nothing")
    await village.connection.chat.settle()
    assert "Recibido" in ana.reads(ana.direct_channel)[-1]


async def test_what_slack_could_not_do_at_once_is_asked_for_again(
    slack: FakeSlack, village: Village, ana: Person
) -> None:
    for method in ("users.info", "chat.postMessage", "chat.update"):
        slack.fail_next(method, "internal_error")
    await ana.direct(FENCED, expecting="message")
    await village.connection.chat.settle()
    assert "Recibido" in ana.reads(ana.direct_channel)[-1]


async def test_who_cannot_be_looked_up_is_answered_in_the_communitys_language(
    slack: FakeSlack, village: Village, channel: Channel
) -> None:
    for _ in range(3):
        slack.fail_next("users.info", "internal_error")
    ben = slack.add_person("ben", locale="en-US")
    channel.members[ben.id] = ben.account
    seen = await ben.slash("/challenge", "today", channel, expecting="ephemeral")
    assert "Suma de la caja" in seen.text or "Adding up the till" in seen.text


async def test_a_line_that_drops_is_taken_up_again(
    slack: FakeSlack, village: Village, ana: Person, channel: Channel
) -> None:
    await slack.socket.drop()
    await slack.socket.connected(times=slack.socket.opened + 1)
    seen = await ana.slash("/reto", "hoy", channel, expecting="ephemeral")
    assert "Suma de la caja" in seen.text


async def test_what_is_not_signed_or_too_old_or_too_large_is_refused(
    slack: FakeSlack, ana: Person
) -> None:
    installation = SlackInstallation(slack=slack, transport="http")
    async with installation.running():
        http = slack.deliveries.transport
        await http.probe()  # type: ignore[attr-defined]
        await http.verify_url()  # type: ignore[attr-defined]
        url = http.url  # type: ignore[attr-defined]
        async with slack.session.post(url, data=BytesIO(b"x" * 1_100_000)) as answer:
            assert answer.status == 413


async def test_a_picture_that_nobody_else_may_see_is_sent_directly(
    slack: FakeSlack, village: Village, ana: Person, channel: Channel
) -> None:
    await ana.slash("/reto", "hoy", channel, expecting="ephemeral")
    payload = slack.deliveries.sent[-1].payload
    at = slack.clock().isoformat()
    detail = {"asked": "x", "at": at, "url_at": at, "url": payload["response_url"]}
    detail |= {"channel": channel.id, "user": ana.id, "language": "es"}
    place = Place(platform=Platform.SLACK, community=slack.workspace.id, detail=detail)
    picture = Picture(png=b"\x89PNG", alt="La semana de Ana", filename="week.png")
    await village.connection.chat.deliver(place, Reply(blocks=(picture,)))
    assert "mensaje directo" in (await ana.sees("ephemeral")).text
    (sent,) = ana.direct_channel.messages.values()
    assert sent.files[0].alt_text == "La semana de Ana"


@pytest.mark.parametrize(
    ("wrong", "setting"),
    [("bot_token", "slack_bot_token"), ("app_token", "slack_app_token")],
)
async def test_a_token_that_is_none_is_told_at_the_start(
    slack: FakeSlack, village: Village, wrong: str, setting: str
) -> None:
    sound = SlackSettings(
        bot_token=slack.bot_token, app_token=slack.app_token, base_url=slack.base_url
    )
    settings = (
        replace(sound, bot_token="xoxb-none")
        if wrong == "bot_token"
        else replace(sound, app_token="xapp-none")
    )
    router = village.connection.chat._interactions._router
    with pytest.raises(SlackTokenRefused) as refused:
        async with connected(
            router, settings, receipts=FakeReceipts(), now=slack.clock
        ):
            pass
    assert refused.value.setting == setting


async def test_without_a_way_in_it_does_not_start(village: Village) -> None:
    router = village.connection.chat._interactions._router
    settings = SlackSettings(bot_token="xoxb-1")
    with pytest.raises(NoWayIn):
        async with connected(
            router, settings, receipts=FakeReceipts(), now=FakeClock()
        ):
            pass
    away = SlackSettings(
        bot_token="xoxb-1", signing_secret="x", base_url="http://127.0.0.1:1/"
    )
    with pytest.raises(SlackUnavailable):
        async with connected(router, away, receipts=FakeReceipts(), now=FakeClock()):
            pass
