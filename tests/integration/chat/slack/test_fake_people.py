"""A person acts, the real slack-bolt answers, over each transport."""

import asyncio

from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import Channel, FakeSlack, Person, Upload
from tests.integration.chat.slack.small_app import SmallApp


async def test_an_acknowledgement_with_text_is_seen_by_one(
    app: SmallApp, ana: Person, channel: Channel, slack: FakeSlack
) -> None:
    ben = slack.add_person("ben")
    slack.enter(ben, channel)
    seen = await ana.slash("/echo", "hola", channel)
    assert (seen.kind, seen.text) == ("ephemeral", "hola")
    assert ben.reads(channel) == []


async def test_a_posted_message_is_read_by_all_and_changed_by_a_button(
    app: SmallApp, ana: Person, channel: Channel
) -> None:
    seen = await ana.slash("/post", "a < b", channel)
    assert seen.kind == "message"
    assert seen.text == "*a < b*\n[Again]"
    assert (await ana.press("again")).text == "again"
    assert ana.reads(channel) == ["again"]


async def test_a_response_url_answers_in_private(
    app: SmallApp, ana: Person, channel: Channel
) -> None:
    seen = await ana.slash("/later", "soon", channel)
    assert (seen.kind, seen.text) == ("ephemeral", "soon")


async def test_a_modal_opens_grows_objects_and_closes(
    app: SmallApp, ana: Person, channel: Channel
) -> None:
    assert (await ana.slash("/form", "", channel)).text.startswith("Solve\nCode\n")
    assert (await ana.press("grow")).text.startswith("Solve more")
    assert (await ana.submit({"code": ""})).errors.keys() == {"code"}
    assert (await ana.submit({"code": "oops"})).text == "That is no Python."
    assert (await ana.submit({"code": "print(1)"})).kind == "closed"
    assert ana.view is None
    assert [told["code"]["code"]["value"] for told in app.told] == ["oops", "print(1)"]


async def test_a_menu_asks_the_application_for_its_options(
    app: SmallApp, ana: Person, channel: Channel
) -> None:
    await ana.slash("/form", "", channel)
    offered = await ana.options("topic", "l")
    assert [option["value"] for option in offered] == ["lists", "loops"]
    await ana.submit({"code": "1", "topic": "loops"})
    assert app.told[0]["topic"]["topic"]["selected_option"]["value"] == "loops"


async def test_a_file_goes_with_a_form_and_is_downloaded(
    app: SmallApp,
    ana: Person,
    channel: Channel,
    slack: FakeSlack,
) -> None:
    await ana.slash("/form", "", channel)
    upload = Upload(name="solution.py", content=b"print(1)")
    await ana.submit({"code": "1", "file": [upload]})
    [file] = app.told[0]["file"]["file"]["files"]
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    async with slack.session.get(file["url_private"], headers=headers) as answer:
        assert await answer.read() == b"print(1)"


async def test_a_closed_modal_is_told(
    app: SmallApp, ana: Person, channel: Channel
) -> None:
    await ana.slash("/form", "", channel)
    await ana.close_view()
    assert [told["type"] for told in app.told] == ["view_closed"]


async def test_shortcuts_come_with_their_message_or_open_a_form(
    app: SmallApp, ana: Person, channel: Channel
) -> None:
    said = await ana.say("print(1)", channel)
    assert said.message is not None
    judged = await ana.message_shortcut("judge", said.message)
    assert (judged.kind, judged.text) == ("ephemeral", "Judged: print(1)")
    assert (await ana.shortcut("today")).text.startswith("Today")


async def test_a_mention_is_answered_in_its_thread(
    app: SmallApp, ana: Person, channel: Channel
) -> None:
    seen = await ana.mention("are you there?", channel)
    assert seen.text == "I am here"
    assert seen.message is not None
    thread = channel.thread(seen.message.thread_ts or "")
    assert [message.author.name for message in thread] == ["ana", "cordada"]
    more = await ana.mention("and now?", channel, thread=thread[0])
    assert more.message is not None
    assert more.message.thread_ts == thread[0].ts


async def test_a_direct_message_arrives_escaped_with_its_files(
    app: SmallApp, ana: Person
) -> None:
    upload = Upload(name="a.py", content=b"1", snippet=True)
    assert (await ana.direct("1 < 2", files=(upload,))).text == "hello"
    [event] = app.told
    assert (event["text"], event["channel_type"]) == ("1 &lt; 2", "im")
    assert [file["mode"] for file in event["files"]] == ["snippet"]


async def test_links_and_mentions_arrive_as_slack_sends_them(
    app: SmallApp, ana: Person, slack: FakeSlack
) -> None:
    ben = slack.add_person("ben")
    await ana.direct('@ben see `get("https://a.test/?a&b")` by @nobody')
    assert app.told[0]["text"] == (
        f'<@{ben.id}> see `get("<https://a.test/?a&amp;b>")` by @nobody'
    )
    assert ana.reads(ana.direct_channel)[0] == (
        '@ben see `get("https://a.test/?a&b")` by @nobody'
    )


async def test_a_command_names_people_and_places_where_its_manifest_asks(
    app: SmallApp, ana: Person, slack: FakeSlack, channel: Channel
) -> None:
    ben = slack.add_person("ben")
    await ana.slash("/echo", "@ben in #reto", channel)
    payload = slack.deliveries.sent[0].payload
    assert payload["text"] == f"<@{ben.id}|ben> in <#{channel.id}|reto>"
    await ana.slash("/later", "@ben", channel)
    assert slack.deliveries.sent[1].payload["text"] == "@ben"


async def test_what_nobody_sees_can_be_waited_for(
    client: AsyncWebClient, slack: FakeSlack
) -> None:
    asking = asyncio.ensure_future(client.users_list())
    assert (await slack.called("users.list")).error is None
    await asking


async def test_the_home_tab_is_published_when_opened(
    app: SmallApp, ana: Person
) -> None:
    assert (await ana.open_home()).text == "Your streak: 3"


async def test_a_picture_is_uploaded_with_its_description(
    app: SmallApp, ana: Person, channel: Channel
) -> None:
    seen = await ana.slash("/picture", "", channel)
    assert seen.text == "Your profile\n[file: profile.png]"
    assert seen.message is not None
    assert seen.message.files[0].alt_text == "Ana's streak: three days"


async def test_the_locale_and_zone_of_a_person_are_told(
    client: AsyncWebClient, ana: Person
) -> None:
    told = await client.users_info(user=ana.id, include_locale=True)
    assert (told["user"]["locale"], told["user"]["tz"]) == ("es-ES", "Europe/Madrid")
