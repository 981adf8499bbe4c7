"""What leaves for people: fallback, previews, mentions, lengths."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import Channel, FakeSlack, Person
from tests.integration.chat.slack.refusals import refused
from tests.integration.chat.slack.small_app import SmallApp, section


async def test_invalid_blocks_are_refused_in_slacks_shape(
    slack: FakeSlack, client: AsyncWebClient, channel: Channel
) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(
            channel=channel.id, text="a", blocks=[section("a" * 3001)]
        )
    answer = caught.value.response
    assert answer["error"] == "invalid_blocks"
    [told] = answer["response_metadata"]["messages"]
    assert told.startswith("[ERROR] must be less than 3001 characters")
    assert "/blocks/0/text/text" in told
    assert slack.take_violations() == ["invalid_blocks"]


async def test_lengths_of_the_whole(
    slack: FakeSlack, client: AsyncWebClient, channel: Channel
) -> None:
    many = [section("a" * 3000)] * 5
    posted = await client.chat_postMessage(channel=channel.id, text="a")
    place = {"channel": channel.id, "ts": posted["ts"]}
    long = client.chat_postMessage(channel=channel.id, text="a", blocks=many)
    assert await refused(long) == "msg_blocks_too_long"
    assert await refused(client.chat_update(**place, text="€" * 1334)) == "msg_too_long"
    await client.chat_update(**place, text="€" * 1333)
    assert await refused(client.api_call("chat.update", json=place)) == "no_text"
    await client.chat_postMessage(channel=channel.id, text="a" * 40_001)
    rules = ["msg_blocks_too_long", "msg_too_long", "no_text", "message_truncated"]
    assert slack.take_violations() == rules


async def test_what_slack_lets_through_is_written_down(
    slack: FakeSlack, client: AsyncWebClient, channel: Channel
) -> None:
    post = client.chat_postMessage
    bare = {"channel": channel.id, "blocks": [section("a")]}
    await client.api_call("chat.postMessage", json=bare)
    await post(channel=channel.id, text="```a```")
    await post(
        channel=channel.id, text="```a```", unfurl_links=False, unfurl_media=False
    )
    await post(channel=channel.id, text="@ana", link_names=True)
    await post(channel=channel.id, text="<!channel> look")
    rules = ["no_fallback_text", "unfurling_not_off", "names_become_mentions"]
    assert slack.take_violations() == [*rules, "broadcast"]


async def test_markdown_stands_alone_and_metadata_has_its_form(
    slack: FakeSlack, client: AsyncWebClient, ana: Person, channel: Channel
) -> None:
    place = {"channel": channel.id}
    post = "chat.postMessage"
    await client.api_call(post, json=place | {"markdown_text": "**a**"})
    assert (await ana.sees()).text == "**a**"
    both = client.api_call(post, json=place | {"markdown_text": "a", "text": "a"})
    assert await refused(both) == "markdown_text_conflict"
    loose = place | {"text": "a", "metadata": {"day": 1}}
    told = client.api_call(post, json=loose)
    assert await refused(told) == "invalid_metadata_format"
    rules = ["markdown_text_conflict", "invalid_metadata_format"]
    assert slack.take_violations() == rules


async def test_a_declared_mention_is_no_violation(
    slack: FakeSlack, client: AsyncWebClient, channel: Channel
) -> None:
    slack.allow("<!here>")
    await client.chat_postMessage(channel=channel.id, text="<!here> today's challenge")


@pytest.mark.parametrize("typed", ["<@U1>", "<!date^1^a|b>", "<https://a.test|b>"])
async def test_what_a_member_typed_is_no_markup(
    app: SmallApp, slack: FakeSlack, ana: Person, channel: Channel, typed: str
) -> None:
    await ana.slash("/post", f"see {typed}", channel)
    assert slack.violations == []
    await ana.slash("/later", f"see {typed}", channel)
    assert slack.take_violations() == ["unescaped"]


@pytest.mark.parametrize("text", ["a < b", "a -> b", "R&D", "<b>", "&nbsp;", "x >> 1"])
async def test_what_is_no_markup_is_escaped(
    slack: FakeSlack, client: AsyncWebClient, channel: Channel, text: str
) -> None:
    await client.chat_postMessage(channel=channel.id, text=text)
    await client.chat_postMessage(channel=channel.id, text="a", blocks=[section(text)])
    plain_text = [{"type": "header", "text": {"type": "plain_text", "text": text}}]
    await client.chat_postMessage(channel=channel.id, text="a", blocks=plain_text)
    assert slack.take_violations() == ["not_escaped"] * 2


@pytest.mark.parametrize(
    "text", ["&lt;b&gt; &amp;", "> quoted\n>>> more", "<@U1> <#C1|reto> <mailto:a@b|a>"]
)
async def test_markup_and_entities_are_no_violation(
    slack: FakeSlack, client: AsyncWebClient, channel: Channel, text: str
) -> None:
    await client.chat_postMessage(channel=channel.id, text=text)


async def test_an_ephemeral_message_needs_its_reader_in_the_channel(
    slack: FakeSlack, client: AsyncWebClient, ana: Person, channel: Channel
) -> None:
    ben = slack.add_person("ben")
    told = client.chat_postEphemeral(channel=channel.id, user=ben.id, text="a")
    assert await refused(told) == "user_not_in_channel"
    await client.chat_postEphemeral(channel=channel.id, user=ana.id, text="psst")
    assert (await ana.sees()).kind == "ephemeral"


async def test_a_picture_needs_its_description(
    slack: FakeSlack, client: AsyncWebClient, channel: Channel
) -> None:
    await client.files_upload_v2(channel=channel.id, filename="a.png", content=b"1")
    assert slack.take_violations() == ["picture_without_alt_text"]


async def test_a_file_is_not_given_to_strangers(
    slack: FakeSlack, client: AsyncWebClient, channel: Channel
) -> None:
    told = await client.files_upload_v2(
        channel=channel.id, filename="a.py", content="print(1)"
    )
    info = await client.files_info(file=told["files"][0]["id"])
    async with slack.session.get(info["file"]["url_private"]) as answer:
        assert (answer.status, answer.content_type) == (200, "text/html")
    assert slack.take_violations() == ["download"]
    assert await refused(client.files_info(file="F404")) == "file_not_found"
