"""Acknowledgements, retries and connections."""

import asyncio
from typing import Literal

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import Channel, FakeSlack, NotThere, Person
from tests.fakes.slack.delivery import Delivery
from tests.integration.chat.slack.small_app import SmallApp

Reason = Literal["warning", "refresh_requested"]


@pytest.mark.parametrize("app", ["socket"], indirect=True)
async def test_a_command_not_acknowledged_in_three_seconds_has_failed(
    app: SmallApp, slack: FakeSlack, ana: Person, channel: Channel
) -> None:
    slow = asyncio.ensure_future(ana.slash("/slow", "", channel))
    await slack.state.bell.until(lambda: slack.deliveries.sent or None)
    slack.advance(3)
    assert not slow.done()
    slack.advance(0.1)
    assert (await slow).kind == "failure"
    assert slack.take_violations() == ["late_acknowledgement"]


async def test_an_event_not_acknowledged_comes_again_with_its_number(
    app: SmallApp, slack: FakeSlack, ana: Person, channel: Channel
) -> None:
    mention = asyncio.ensure_future(ana.mention("slow", channel))
    await slack.state.bell.until(lambda: app.told or None)
    slack.advance(3.1)
    assert slack.take_violations() == ["late_acknowledgement"]
    app.gate.set()
    assert (await mention).text == "I am here"
    [delivery] = slack.deliveries.sent
    await delivery.answer
    assert delivery.attempt == 1
    await ana.sees("message")


@pytest.mark.parametrize("app", ["http"], indirect=True)
async def test_a_retry_over_http_is_marked(
    app: SmallApp, slack: FakeSlack, ana: Person, channel: Channel
) -> None:
    mention = asyncio.ensure_future(ana.mention("slow", channel))
    await slack.state.bell.until(lambda: app.told or None)
    slack.advance(3.1)
    app.gate.set()
    await mention
    await slack.deliveries.sent[0].answer
    assert sorted(app.attempts, key=str) == ["1", None]
    assert slack.take_violations() == ["late_acknowledgement"]


async def test_an_acknowledged_event_may_come_twice(
    app: SmallApp, slack: FakeSlack, ana: Person, channel: Channel
) -> None:
    await ana.mention("hello", channel)
    [first] = slack.deliveries.sent
    second = slack.deliveries.repeat(first)
    await second.answer
    await ana.sees("message")
    assert second.payload["event_id"] == first.payload["event_id"]


async def test_an_event_that_is_refused_is_sent_four_times_in_all(
    slack: FakeSlack, ana: Person, channel: Channel
) -> None:
    http = slack.use_http(f"{slack.state.origin}/nowhere")
    await ana.mention("anyone?", channel, expecting="nothing")
    [delivery] = slack.deliveries.sent
    for wait in (0, 60, 300):
        slack.advance(wait)
        await slack.state.bell.until(lambda: _waits(delivery) or None)
    assert (delivery.attempt, delivery.reason) == (3, "http_error")
    assert (await delivery.answer).failure == "http_error"
    assert slack.take_violations() == ["not_acknowledged"] * 4
    assert http.url.endswith("/nowhere")


def _waits(delivery: Delivery) -> bool:
    return delivery.answer.done() or delivery.again_at is not None


@pytest.mark.parametrize("app", ["socket"], indirect=True)
@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_a_socket_that_is_refreshed_is_replaced(
    app: SmallApp, slack: FakeSlack, ana: Person, channel: Channel, reason: Reason
) -> None:
    await slack.socket.disconnect(reason)
    await slack.socket.connected(times=2)
    assert (await ana.slash("/echo", "still here", channel)).text == "still here"


@pytest.mark.parametrize("app", ["socket"], indirect=True)
async def test_a_socket_that_is_dropped_is_replaced(
    app: SmallApp, slack: FakeSlack, ana: Person, channel: Channel
) -> None:
    await slack.socket.drop()
    await slack.socket.connected(times=2)
    assert (await ana.slash("/echo", "still here", channel)).text == "still here"


async def test_without_a_connection_a_command_fails_and_an_event_waits(
    slack: FakeSlack, ana: Person, channel: Channel
) -> None:
    assert (await ana.slash("/echo", "anyone?", channel)).kind == "failure"
    await ana.mention("anyone?", channel, expecting="nothing")
    assert slack.deliveries.sent[-1].reason == "connection_failed"


async def test_ten_sockets_stand_and_the_eleventh_is_sent_away(
    slack: FakeSlack,
) -> None:
    client = AsyncWebClient(base_url=slack.base_url)
    sockets = []
    for _ in range(11):
        opened = await client.apps_connections_open(app_token=slack.app_token)
        sockets.append(await slack.session.ws_connect(opened["url"]))
    first = [await socket.receive_json() for socket in sockets]
    assert [told["type"] for told in first] == ["hello"] * 10 + ["disconnect"]
    assert first[-1]["reason"] == "too_many_websockets"
    assert slack.take_violations() == ["too_many_websockets"]
    for socket in sockets:
        await socket.close()


async def test_a_ticket_opens_one_socket(slack: FakeSlack) -> None:
    client = AsyncWebClient(base_url=slack.base_url)
    opened = await client.apps_connections_open(app_token=slack.app_token)
    socket = await slack.session.ws_connect(opened["url"])
    async with slack.session.get(opened["url"].replace("ws", "http", 1)) as answer:
        assert answer.status == 401
    await socket.close()


async def test_an_acknowledgement_of_nothing_is_a_violation(slack: FakeSlack) -> None:
    slack.deliveries.acknowledge("envelope-404", None)
    assert slack.take_violations() == ["unknown_envelope"]


async def test_only_what_is_subscribed_to_is_delivered(
    app: SmallApp, slack: FakeSlack, ana: Person, channel: Channel
) -> None:
    await ana.say("no mention, no event", channel)
    foreign = slack.add_channel("foreign", ana, with_bot=False)
    await ana.mention("the bot is not here", foreign, expecting="nothing")
    assert slack.deliveries.sent == []
    ben = slack.add_person("ben")
    slack.enter(ben, channel)
    await slack.state.bell.until(lambda: app.told or None)
    assert [event["type"] for event in app.told] == ["member_joined_channel"]


async def test_a_command_that_is_not_in_the_manifest_does_not_exist(
    slack: FakeSlack, ana: Person, channel: Channel
) -> None:
    with pytest.raises(NotThere):
        await ana.slash("/weather", "", channel)
    with pytest.raises(NotThere):
        await ana.shortcut("judge")
    with pytest.raises(NotThere):
        await ana.press("no_such_button")
