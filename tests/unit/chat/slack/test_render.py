"""Whatever a reply holds, one message of Slack's takes it, and nothing is lost."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.action_code import recalled
from bot.chat.reply import (
    Action,
    Banner,
    Block,
    Button,
    Buttons,
    Code,
    Link,
    Named,
    Reply,
    Select,
    Table,
    Text,
    Tone,
)
from bot.chat.slack.parted import parted
from bot.chat.slack.payload import home, message, page
from bot.chat.slack.render import DrawnForSlack, render
from bot.chat.texts import plain, texts_in
from tests.fakes.any_reply import HOSTILE, REPLIES
from tests.fakes.slack import FakeSlack
from tests.fakes.slack.kit import surfaces
from tests.fakes.slack.outgoing import LOOSE, check_message, check_view, controls
from tests.fakes.web_router import board, everything

ENGLISH = texts_in("en")
Json = Mapping[str, Any]


def drawn(*blocks: Block) -> DrawnForSlack:
    return render(Reply(blocks=blocks), ENGLISH)


def every(value: object) -> Iterator[Json]:
    if isinstance(value, Mapping):
        yield value
        for one in value.values():
            yield from every(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from every(one)


def shown(page: DrawnForSlack) -> str:
    return "\n".join(surfaces.written(list(page.blocks)))


def of_kind(page: DrawnForSlack, kind: str) -> list[Json]:
    return [one for one in every(page.blocks) if one.get("type") == kind]


def assert_fits(shown_page: DrawnForSlack, slack: FakeSlack) -> None:
    """By the rules that the fake has of Slack's."""
    for where in ("chat.postMessage", "chat.update"):
        check_message(slack.state, where, message(shown_page))
    check_view(slack.state, "views.publish", home(shown_page))
    check_view(slack.state, "views.open", page(shown_page, ENGLISH))
    assert slack.violations == []
    assert of_kind(shown_page, "mrkdwn") == []
    names = [file.name for file in shown_page.files]
    assert len(names) == len(set(names))
    for part in every(shown_page.blocks):
        if part.get("type", "").startswith("rich_text") or part.get("type") == "text":
            assert part.get("text", "x")
            assert part.get("elements", ["x"])


@settings(max_examples=150, deadline=None)
@given(reply=REPLIES)
def test_any_reply_fits_into_one_message_and_into_a_view(reply: Reply) -> None:
    slack = FakeSlack({"oauth_config": {"scopes": {"bot": []}}}, lambda: None)  # type: ignore[arg-type]
    assert_fits(render(reply, ENGLISH), slack)
    told, kept = parted(reply, ENGLISH)
    for part in (told, kept) if kept else (told,):
        assert_fits(render(part, ENGLISH), slack)


@given(text=HOSTILE)
def test_a_members_words_are_never_mark_up(text: str) -> None:
    """They stand in texts of their own; the summary's mark-up is escaped."""
    page = drawn(Text(plain(text)))
    assert {one["type"] for one in every(page.blocks) if "type" in one} <= {
        "rich_text",
        "rich_text_section",
        "text",
    }
    assert not LOOSE.search(page.summary)
    assert list(controls([page.summary])) == []


@given(text=st.text(max_size=200))
def test_what_can_be_written_is_shown_as_it_is(text: str) -> None:
    printable = "".join(one for one in text if one.isprintable())
    if printable.strip():
        assert shown(drawn(Text(plain(printable)))) == printable


def test_every_block_is_drawn() -> None:
    page = render(everything(), ENGLISH)
    said = shown(page)
    for words in ("The north face", "✅ ", "Accepted", "def highest", "3 of 5"):
        assert words in said
    assert [one["text"]["text"] for one in of_kind(page, "header")] == [
        "The north face"
    ]
    assert {"bold": True} in [
        one["style"] for one in every(page.blocks) if "style" in one
    ]
    (link,) = of_kind(page, "link")
    assert (link["text"], link["url"]) == (
        "the roadmap",
        "https://example.org/roadmap",
    )
    assert [one["timestamp"] for one in of_kind(page, "date")] == [1772476200]
    (picture,) = page.files
    assert picture.alt == "Ana's week: six days solved"


def test_a_banner_says_its_tone_without_a_colour() -> None:
    assert shown(drawn(Banner(plain("Not yet"), Tone.BAD))) == "❌ \nNot yet"
    assert drawn(Banner(plain("Not yet"), Tone.BAD)).summary == "Not yet"


def test_a_narrow_table_keeps_its_columns_and_a_wide_one_has_a_line_for_each_row() -> (
    None
):
    wide = render(board(), ENGLISH)
    assert of_kind(wide, "rich_text_list")
    assert " · Name: Berta Gómez" in shown(wide)
    narrow = Table(("#", "Name"), (("1", "Ana"), ("10", "Ben")), numeric=(0,))
    assert shown(drawn(narrow)) == " #  Name\n 1  Ana\n10  Ben"


def test_what_does_not_fit_is_attached_whole() -> None:
    source = "x = 1\n" * 3000
    page = drawn(Text(plain("Before")), Code(source), Text(plain("After")))
    assert shown(page).startswith("Before")
    assert "in this file" in shown(page)
    (file,) = page.files
    assert file.content.decode() == f"{source}\n\nAfter\n"


def test_where_no_file_is_seen_it_says_where_the_file_is() -> None:
    reply = Reply(blocks=(Code("x" * 20_000),))
    assert "direct message" in shown(render(reply, ENGLISH, files_apart=True))


def test_buttons_stay_when_the_text_before_them_does_not() -> None:
    buttons = Buttons((Button("Go on", Action(("help",))),))
    page = drawn(Code("x" * 20_000), buttons)
    assert [one["text"]["text"] for one in of_kind(page, "button")] == ["Go on"]


def test_a_buttons_state_is_its_value_and_a_menus_its_id() -> None:
    action = Action(("challenge", "show"), (("challenge", "add-up"),))
    page = drawn(
        Buttons((Button("One", action), Button("Two", action))),
        Select("Open", action, "submission", (("7", "Seven"), ("8", "Eight")), "8"),
    )
    one, two = of_kind(page, "button")
    assert one["action_id"] != two["action_id"]
    assert recalled(one["value"]).options == {"challenge": "add-up"}
    (menu,) = of_kind(page, "static_select")
    assert recalled(menu["action_id"]).option == "submission"
    assert menu["initial_option"]["value"] == "8"


def test_where_others_read_along_they_are_only_told_how_it_went() -> None:
    reply = Reply(blocks=(Banner(plain("2 of 3")), Code("secret")))
    told, kept = parted(reply, ENGLISH)
    assert "2 of 3" in shown(render(told, ENGLISH))
    assert "secret" not in shown(render(told, ENGLISH))
    assert kept == Reply(blocks=(Code("secret"),))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "http://", "https://[", "ftp://example.org"]
)
def test_only_web_addresses_become_links(url: str) -> None:
    assert of_kind(drawn(Text((Link("here", url),))), "link") == []


def test_an_address_cannot_call_itself_by_another() -> None:
    page = drawn(Text((Link("https://bank.example", "https://e.org/"),)))
    assert of_kind(page, "link") == [{"type": "link", "url": "https://e.org/"}]


@pytest.mark.parametrize("what", ["channel", "role"])
def test_what_is_no_id_of_slacks_is_named_as_it_was_typed(
    what: Literal["channel", "role"],
) -> None:
    page = drawn(Text((Named(what, "general"),)))
    assert "general" in shown(page)
    assert of_kind(page, "channel") == of_kind(page, "usergroup") == []
    known = drawn(Text((Named("channel", "C024BE7LR"), Named("role", "S0614TZR7"))))
    assert of_kind(known, "channel")
    assert of_kind(known, "usergroup")
