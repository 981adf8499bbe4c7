"""Channels, threads, pins, bookmarks, files and user groups, and their refusals."""

from datetime import timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.clock import FakeClock
from tests.fakes.slack import Channel, FakeSlack, NotThere, Person
from tests.fakes.slack.errors import Json
from tests.integration.chat.slack.refusals import refused
from tests.integration.chat.slack.small_app import MANIFEST, SmallApp

MORE = [
    "bookmarks:read",
    "bookmarks:write",
    "channels:join",
    "channels:manage",
    "dnd:read",
    "groups:history",
    "pins:read",
    "pins:write",
    "team:read",
    "usergroups:read",
    "usergroups:write",
    "users.profile:read",
]


@pytest.fixture
def client(slack: FakeSlack) -> AsyncWebClient:
    """With every scope that the methods here need."""
    scopes = slack.application.scopes | set(MORE)
    token = slack.oauth.new_token(slack.workspace, frozenset(scopes))
    return AsyncWebClient(token=token.text, base_url=slack.base_url)


async def test_a_channel_is_made_named_and_filled(
    slack: FakeSlack, client: AsyncWebClient, ana: Person
) -> None:
    made = await client.conversations_create(name="reto-1")
    place = made["channel"]["id"]
    await client.conversations_setTopic(channel=place, topic="Today")
    await client.conversations_invite(channel=place, users=[ana.id])
    told = await client.conversations_info(channel=place, include_num_members=True)
    assert told["channel"]["topic"]["value"] == "Today"
    assert told["channel"]["num_members"] == 2
    again = client.conversations_invite(channel=place, users=[ana.id])
    assert await refused(again) == "already_in_channel"
    assert await refused(client.conversations_create(name="reto-1")) == "name_taken"
    bad = client.conversations_create(name="Reto Uno")
    assert await refused(bad) == "invalid_name_specials"
    long = client.conversations_setTopic(channel=place, topic="a" * 251)
    assert await refused(long) == "too_long"
    assert slack.take_violations() == ["invalid_name_specials", "too_long"]


async def test_the_bot_joins_what_is_public_and_reads_it_then(
    slack: FakeSlack, client: AsyncWebClient, ana: Person
) -> None:
    place = slack.add_channel("old", ana, with_bot=False)
    slack.post_as(ana, place, "first")
    slack.post_as(ana, place, "second")
    unread = client.conversations_history(channel=place.id)
    assert await refused(unread) == "not_in_channel"
    await client.conversations_join(channel=place.id)
    read = await client.conversations_history(channel=place.id)
    assert [message["text"] for message in read["messages"]] == ["second", "first"]
    mine = await client.users_conversations()
    assert [channel["id"] for channel in mine["channels"]] == [place.id]
    lost = client.conversations_replies(channel=place.id, ts="1.1")
    assert await refused(lost) == "thread_not_found"


async def test_pins_and_bookmarks(
    slack: FakeSlack, client: AsyncWebClient, ana: Person, channel: Channel
) -> None:
    message = slack.post_as(ana, channel, "keep this")
    pin: Json = {"channel": channel.id, "timestamp": message.ts}
    await client.pins_add(**pin)
    assert await refused(client.pins_add(**pin)) == "already_pinned"
    pinned = await client.pins_list(channel=channel.id)
    assert pinned["items"][0]["message"]["text"] == "keep this"
    await client.pins_remove(**pin)
    assert await refused(client.pins_remove(**pin)) == "no_pin"
    mark: Json = {"channel_id": channel.id, "title": "Roadmap", "type": "link"}
    assert await refused(client.bookmarks_add(**mark)) == "invalid_link"
    await client.bookmarks_add(**mark, link="https://a.test")
    told = await client.bookmarks_list(channel_id=channel.id)
    assert [one["title"] for one in told["bookmarks"]] == ["Roadmap"]
    assert slack.take_violations() == ["invalid_link"]


async def test_a_group_of_users_is_replaced_where_the_workspace_pays(
    slack: FakeSlack, client: AsyncWebClient, ana: Person
) -> None:
    group = slack.add_group()
    await client.usergroups_users_update(usergroup=group, users=[ana.id])
    assert slack.workspace.groups[group] == [ana.id]
    slack.workspace.pays = False
    more = client.usergroups_users_update(usergroup=group, users=[ana.id])
    assert await refused(more) == "plan_upgrade_required"


async def test_who_is_not_to_be_disturbed_is_told(
    slack: FakeSlack, client: AsyncWebClient, ana: Person
) -> None:
    ana.account.away_until = slack.clock.now + timedelta(hours=1)
    assert (await client.dnd_info(user=ana.id))["dnd_enabled"] is True
    slack.advance(3600)
    assert (await client.dnd_info(user=ana.id))["dnd_enabled"] is False
    profile = await client.users_profile_get(user=ana.id)
    assert profile["profile"]["display_name"] == "ana"


async def test_an_upload_that_was_not_sent_cannot_be_completed(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    asked = await client.files_getUploadURLExternal(filename="a.py", length=3)
    files = [{"id": asked["file_id"], "title": "a.py"}]
    early = client.files_completeUploadExternal(files=files)
    assert await refused(early) == "file_not_found"
    async with slack.session.post(asked["upload_url"], data=b"four") as answer:
        assert answer.status == 200
    await client.files_completeUploadExternal(files=files)
    assert slack.take_violations() == ["length_of_upload"]
    await client.files_delete(file=asked["file_id"])
    assert await refused(client.files_info(file=asked["file_id"])) == "file_deleted"


async def test_a_changed_text_says_what_becomes_of_the_blocks(
    slack: FakeSlack, client: AsyncWebClient, channel: Channel
) -> None:
    blocks: list[Json] = [{"type": "divider"}]
    posted = await client.chat_postMessage(channel=channel.id, text="a", blocks=blocks)
    ts = str(posted["ts"])
    await client.chat_update(channel=channel.id, ts=ts, text="b", blocks=[])
    assert slack.violations == []
    await client.chat_update(channel=channel.id, ts=ts, text="b", blocks=blocks)
    await client.chat_update(channel=channel.id, ts=ts, text="c")
    assert slack.take_violations() == ["blocks_not_said"]


async def test_edits_and_deletions_are_events(
    app: SmallApp, slack: FakeSlack, ana: Person
) -> None:
    await ana.direct("print(1)")
    own = next(iter(ana.direct_channel.messages.values()))
    await ana.edit(own, "print(2)")
    await ana.delete(own)
    events = [sent.payload["event"] for sent in slack.deliveries.sent]
    changed, deleted = [event for event in events if "subtype" in event]
    assert (changed["subtype"], deleted["subtype"]) == (
        "message_changed",
        "message_deleted",
    )
    assert changed["message"]["text"] == "print(2)"
    assert changed["previous_message"]["text"] == "print(1)"


async def test_reactions_and_leaving_are_events_for_who_subscribes() -> None:
    names = {"bot_events": ["reaction_added", "member_left_channel"]}
    settings = MANIFEST["settings"] | {"event_subscriptions": names}
    async with FakeSlack(MANIFEST | {"settings": settings}, FakeClock()) as slack:
        ana = slack.add_person("ana")
        channel = slack.add_channel("reto", ana)
        await ana.react(slack.post_as(ana, channel, "a"), "eyes")
        slack.leave(ana, channel)
        told = [sent.payload["event"]["type"] for sent in slack.deliveries.sent]
        assert told == ["reaction_added", "member_left_channel"]


async def test_what_the_manifest_leaves_out_cannot_be_done() -> None:
    features = MANIFEST["features"] | {"app_home": {}}
    settings = MANIFEST["settings"] | {"interactivity": {"is_enabled": False}}
    manifest = MANIFEST | {"features": features, "settings": settings}
    async with FakeSlack(manifest, FakeClock()) as slack:
        ana = slack.add_person("ana")
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.base_url)
        with pytest.raises(NotThere):
            await ana.direct("hello")
        with pytest.raises(NotThere):
            await ana.shortcut("today")
        told = client.chat_postMessage(channel=ana.id, text="hello")
        assert await refused(told) == "messages_tab_disabled"
        home: Json = {"type": "home", "blocks": [{"type": "divider"}]}
        published = client.views_publish(user_id=ana.id, view=home)
        assert await refused(published) == "not_enabled"
        assert slack.take_violations() == ["messages_tab_disabled", "not_enabled"]
