"""Tokens, scopes, arguments and rates of the Web API."""

import pytest
from aiohttp import ClientResponseError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import Channel, FakeSlack, Person
from tests.integration.chat.slack.refusals import refused


async def test_a_token_says_who_calls(slack: FakeSlack, client: AsyncWebClient) -> None:
    told = await client.auth_test()
    assert told["team_id"] == slack.workspace.id
    assert told["bot_id"] == slack.workspace.bot.bot_id


async def test_a_call_without_a_sound_token_is_refused(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    unsigned = AsyncWebClient(base_url=slack.base_url)
    assert await refused(unsigned.auth_test()) == "not_authed"
    assert await refused(client.auth_test(token="xoxb-nobody")) == "invalid_auth"
    wrong = client.auth_test(token=slack.app_token)
    assert await refused(wrong) == "not_allowed_token_type"
    open_ = client.apps_connections_open(app_token=slack.bot_token)
    assert await refused(open_) == "not_allowed_token_type"
    await client.auth_revoke()
    assert await refused(client.auth_test()) == "token_revoked"
    assert slack.take_violations() == ["not_authed"] + ["not_allowed_token_type"] * 2


async def test_a_missing_scope_is_named(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.team_info()
    answer = caught.value.response
    assert answer["error"] == "missing_scope"
    assert answer["needed"] == "team:read"
    assert "chat:write" in answer["provided"]
    assert slack.take_violations() == ["missing_scope"]


async def test_the_kind_of_conversation_decides_the_scope(
    slack: FakeSlack, client: AsyncWebClient, ana: Person
) -> None:
    hidden = slack.add_channel("secret", ana, kind="groups")
    assert (
        await refused(client.conversations_info(channel=hidden.id)) == "missing_scope"
    )
    public = slack.add_channel("open", ana)
    told = await client.conversations_info(channel=public.id)
    assert told["channel"]["is_member"] is True
    assert slack.take_violations() == ["missing_scope"]


async def test_missing_arguments_and_methods_are_refused(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    assert await refused(client.api_call("chat.postMessage")) == "invalid_arguments"
    assert await refused(client.api_call("chat.shout")) == "unknown_method"
    assert slack.take_violations() == ["invalid_arguments", "unknown_method"]


async def test_json_goes_only_where_the_reference_takes_it(
    slack: FakeSlack, client: AsyncWebClient, ana: Person
) -> None:
    call = client.api_call("users.info", json={"user": ana.id})
    assert await refused(call) == "invalid_arguments"
    form = await client.api_call("users.info", data={"user": ana.id})
    assert form["user"]["id"] == ana.id
    assert slack.take_violations() == ["invalid_arguments"]


async def test_a_tier_empties_and_fills_with_the_clock(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    for _ in range(20):
        await client.users_list()
    with pytest.raises(SlackApiError) as caught:
        await client.users_list()
    answer = caught.value.response
    assert (answer.status_code, answer["error"]) == (429, "ratelimited")
    slack.advance(int(answer.headers["Retry-After"]))
    await client.users_list()


async def test_posting_has_a_bucket_for_each_channel(
    slack: FakeSlack, client: AsyncWebClient, ana: Person, channel: Channel
) -> None:
    for _ in range(10):
        await client.chat_postMessage(channel=channel.id, text="a")
    more = client.chat_postMessage(channel=channel.id, text="a")
    assert await refused(more) == "ratelimited"
    elsewhere = slack.add_channel("elsewhere", ana)
    await client.chat_postMessage(channel=elsewhere.id, text="a")
    slack.advance(1)
    await client.chat_postMessage(channel=channel.id, text="a")


async def test_calling_before_retry_after_is_a_violation(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    slack.limit("users.list", 30)
    assert await refused(client.users_list()) == "ratelimited"
    slack.advance(29)
    assert await refused(client.users_list()) == "ratelimited"
    slack.advance(1)
    await client.users_list()
    assert slack.take_violations() == ["called_before_retry_after"]


async def test_an_error_on_command_comes_once(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    slack.fail_next("auth.test")
    assert await refused(client.auth_test()) == "internal_error"
    await client.auth_test()


async def test_a_fault_of_the_fake_is_no_secret(
    slack: FakeSlack, client: AsyncWebClient
) -> None:
    broken = client.api_call("users.list", data={"limit": "many"})
    with pytest.raises((SlackApiError, ClientResponseError)):
        await broken
    assert slack.take_violations() == ["fake_failed"]


async def test_places_keep_strangers_out(
    slack: FakeSlack, client: AsyncWebClient, ana: Person
) -> None:
    async def post(channel: str) -> str:
        return await refused(client.chat_postMessage(channel=channel, text="a"))

    foreign = slack.add_channel("foreign", ana, with_bot=False)
    private = slack.add_channel("private", ana, with_bot=False, kind="groups")
    old = slack.add_channel("old", ana)
    old.archived = True
    assert await post(foreign.id) == "not_in_channel"
    assert await post(private.id) == "channel_not_found"
    assert await post(old.id) == "is_archived"
    assert await post("C404") == "channel_not_found"


async def test_pairs_talk_in_a_conversation_of_their_own(
    slack: FakeSlack, client: AsyncWebClient, ana: Person
) -> None:
    ben = slack.add_person("ben")
    opened = await client.conversations_open(users=[ana.id, ben.id])
    again = await client.conversations_open(users=f"{ben.id},{ana.id}")
    assert opened["channel"]["id"] == again["channel"]["id"]
    place = opened["channel"]["id"]
    await client.chat_postMessage(channel=place, text="Meet each other")
    assert (await ben.sees("message")).text == "Meet each other"
    told = await refused(client.conversations_open(users=[]))
    assert told == "users_list_not_supplied"
    assert slack.take_violations() == ["users_list_not_supplied"]


async def test_reactions_threads_and_permalinks(
    slack: FakeSlack, client: AsyncWebClient, ana: Person, channel: Channel
) -> None:
    message = slack.post_as(ana, channel, "1 + 1")
    mark = {"channel": channel.id, "name": "eyes", "timestamp": message.ts}
    await client.reactions_add(**mark)
    assert await refused(client.reactions_add(**mark)) == "already_reacted"
    await client.chat_postMessage(channel=channel.id, text="2", thread_ts=message.ts)
    thread = await client.conversations_replies(channel=channel.id, ts=message.ts)
    assert [one["text"] for one in thread["messages"]] == ["1 + 1", "2"]
    link = await client.chat_getPermalink(channel=channel.id, message_ts=message.ts)
    assert link["permalink"].endswith(message.ts.replace(".", ""))
    lost = client.chat_postMessage(channel=channel.id, text="2", thread_ts="1.1")
    assert await refused(lost) == "cannot_reply_to_message"
    theirs = client.chat_update(channel=channel.id, ts=message.ts, text="3")
    assert await refused(theirs) == "cant_update_message"


async def test_pages_lead_to_the_rest(
    slack: FakeSlack, client: AsyncWebClient, ana: Person, channel: Channel
) -> None:
    for name in ("ben", "eva"):
        slack.enter(slack.add_person(name), channel)
    first = await client.conversations_members(channel=channel.id, limit=3)
    cursor = first["response_metadata"]["next_cursor"]
    rest = await client.conversations_members(channel=channel.id, cursor=cursor)
    assert len(first["members"] + rest["members"]) == 4
    bad = client.conversations_members(channel=channel.id, cursor="?")
    assert await refused(bad) == "invalid_cursor"
    assert slack.take_violations() == ["invalid_cursor"]
