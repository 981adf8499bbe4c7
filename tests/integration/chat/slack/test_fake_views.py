"""Tickets of an interaction: triggers, the stack of modals, response URLs."""

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.fakes.slack import Channel, FakeSlack, Person
from tests.fakes.slack.errors import Json
from tests.fakes.slack.payloads import new_response_url
from tests.integration.chat.slack.refusals import refused
from tests.integration.chat.slack.small_app import form, section


def trigger(slack: FakeSlack, person: Person) -> str:
    return slack.state.triggers.new(person.account, person.workspace)


async def test_a_trigger_opens_one_view_within_three_seconds(
    slack: FakeSlack, client: AsyncWebClient, ana: Person
) -> None:
    async def open_with(trigger_id: str) -> str:
        return await refused(client.views_open(trigger_id=trigger_id, view=form()))

    good, late = trigger(slack, ana), trigger(slack, ana)
    slack.advance(3)
    await client.views_open(trigger_id=good, view=form())
    assert await open_with(good) == "exchanged_trigger_id"
    slack.advance(0.1)
    assert await open_with(late) == "expired_trigger_id"
    assert await open_with("1.2.3") == "invalid_trigger_id"
    rules = ["exchanged_trigger_id", "expired_trigger_id", "invalid_trigger_id"]
    assert slack.take_violations() == rules


async def test_three_modals_lie_upon_each_other_and_no_more(
    slack: FakeSlack, client: AsyncWebClient, ana: Person
) -> None:
    async def push() -> object:
        return await client.views_push(trigger_id=trigger(slack, ana), view=form())

    assert await refused(push()) == "not_found"
    await client.views_open(trigger_id=trigger(slack, ana), view=form())
    await push()
    await push()
    assert await refused(push()) == "push_limit_reached"
    assert slack.take_violations() == ["push_limit_reached"]
    await ana.close_view(all_of_them=True)


async def test_a_view_changes_under_its_hash_and_keeps_what_was_written(
    slack: FakeSlack, client: AsyncWebClient, ana: Person
) -> None:
    opened = await client.views_open(trigger_id=trigger(slack, ana), view=form())
    view_id, old = opened["view"]["id"], opened["view"]["hash"]
    assert ana.view is not None
    ana.view.values["code"]["code"]["value"] = "print(1)"
    told = await client.views_update(view_id=view_id, hash=old, view=form("New"))
    values = told["view"]["state"]["values"]
    assert values["code"]["code"]["value"] == "print(1)"
    again = client.views_update(view_id=view_id, hash=old, view=form())
    assert await refused(again) == "hash_conflict"
    gone = client.views_update(view_id="V404", view=form())
    assert await refused(gone) == "not_found"


async def test_a_broken_or_huge_view_is_refused(
    slack: FakeSlack, client: AsyncWebClient, ana: Person
) -> None:
    async def open_(view: Json) -> str:
        ticket = trigger(slack, ana)
        return await refused(client.views_open(trigger_id=ticket, view=view))

    long = form() | {"title": {"type": "plain_text", "text": "a" * 25}}
    assert await open_(long) == "invalid_arguments"
    huge = form() | {"blocks": [*form()["blocks"], *[section("a" * 2999)] * 90]}
    assert await open_(huge) == "view_too_large"
    home: Json = {"type": "home", "blocks": [section("a")]}
    assert await open_(home) == "invalid_arguments"
    rules = ["invalid_arguments", "view_too_large", "invalid_arguments"]
    assert slack.take_violations() == rules


async def test_an_external_id_stands_once(
    slack: FakeSlack, client: AsyncWebClient, ana: Person
) -> None:
    view = form() | {"external_id": "one"}
    await client.views_open(trigger_id=trigger(slack, ana), view=view)
    again = client.views_open(trigger_id=trigger(slack, ana), view=view)
    assert await refused(again) == "duplicate_external_id"
    await client.views_update(external_id="one", view=view)
    assert slack.take_violations() == ["duplicate_external_id"]


async def test_a_response_url_serves_five_times_in_half_an_hour(
    slack: FakeSlack, ana: Person, channel: Channel
) -> None:
    first = AsyncWebhookClient(new_response_url(slack.state, ana.account, channel))
    second = AsyncWebhookClient(new_response_url(slack.state, ana.account, channel))
    for number in range(5):
        assert (await first.send(text=str(number))).status_code == 200
    assert "used_url" in (await first.send(text="6")).body
    slack.advance(30 * 60 + 1)
    assert "expired_url" in (await second.send(text="a")).body
    assert slack.take_violations() == ["used_url", "expired_url"]
    assert ana.reads(channel) == ["0", "1", "2", "3", "4"]


async def test_a_response_url_keeps_to_the_limits_of_blocks(
    slack: FakeSlack, ana: Person, channel: Channel
) -> None:
    hook = AsyncWebhookClient(new_response_url(slack.state, ana.account, channel))
    told = await hook.send(text="a", blocks=[section("a" * 3001)])
    assert "invalid_blocks" in told.body
    assert set(slack.take_violations()) == {"invalid_blocks"}
