"""Whatever a reply holds, one message of Discord's takes it, and nothing is lost."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.discord.render import Drawn, render
from bot.chat.reply import (
    Action,
    Banner,
    Block,
    Button,
    Buttons,
    Code,
    Link,
    Reply,
    Table,
    Text,
    Tone,
)
from bot.chat.texts import plain, texts_in
from tests.fakes.any_reply import HOSTILE, REPLIES
from tests.fakes.web_router import board, everything

ENGLISH = texts_in("en")
Component = Mapping[str, Any]


def every(components: object) -> Iterator[Component]:
    assert isinstance(components, list | tuple)
    for one in components:
        yield one
        yield from every(one.get("components", ()))


def shown(drawn: Drawn) -> str:
    return "\n".join(
        one["content"] for one in every(drawn.components) if "content" in one
    )


def drawn(*blocks: Block, veiled: bool = False) -> Drawn:
    return render(Reply(blocks=blocks), ENGLISH, veiled=veiled)


def assert_fits(page: Drawn) -> None:
    parts = list(every(page.components))
    assert 1 <= len(parts) <= 40
    contents = [one["content"] for one in parts if one["type"] == 10]
    assert all(one.strip() for one in contents)
    assert sum(map(len, contents)) <= 4000
    ids = [one["custom_id"] for one in parts if "custom_id" in one]
    assert len(ids) == len(set(ids))
    assert all(1 <= len(one) <= 100 for one in ids)
    names = [file.name for file in page.files]
    assert len(names) == len(set(names)) <= 10
    for one in parts:
        if one["type"] == 1:
            inner = [each["type"] for each in one["components"]]
            assert inner == [3] or inner == [2] * len(inner)
            assert 1 <= len(inner) <= 5
        if one["type"] == 2:
            assert 1 <= len(one["label"]) <= 80
        if one["type"] == 3:
            assert 1 <= len(one["options"]) <= 25
            assert len(one["placeholder"]) <= 150
            assert all(1 <= len(each["label"]) <= 100 for each in one["options"])
        if one["type"] == 17:
            assert one["components"]
            assert 17 not in [each["type"] for each in one["components"]]


@settings(max_examples=1000, deadline=None)
@given(reply=REPLIES, veiled=st.booleans())
def test_any_reply_fits_into_one_message(reply: Reply, veiled: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    assert_fits(render(reply, ENGLISH, veiled=veiled))


# What Discord reads as mark-up or a mention when no backslash stands before it.
LIVE = re.compile(r"[*_~|`\[\]<>@#]|://|^\s*[-+]|^\s*\d+\.", re.MULTILINE)


@given(text=HOSTILE)
def test_a_members_words_are_never_mark_up(text: str) -> None:
    said = shown(drawn(Text(plain(text))))
    if len(text) < 1000:
        inert = re.sub(r"\\[^0-9A-Za-z\s]", "·", said)
        assert not LIVE.search(inert)
        assert (
            re.sub(r"\\([^0-9A-Za-z\s])", r"\1", said).strip("\n…") == text.strip("\n…")
            or not text.strip()
        )


@given(source=HOSTILE)
def test_code_cannot_end_its_own_block(source: str) -> None:
    said = shown(drawn(Code(source[:1000], "python")))
    assert said.startswith("```python\n")
    assert said.endswith("\n```")
    assert "``" not in said.removeprefix("```").removesuffix("```")


def test_a_command_and_what_was_put_into_it_are_copied_as_one() -> None:
    line = ENGLISH.line("link.how", code="A`B-C")
    assert "`` /link enter code:A`B-C ``" in shown(drawn(Text(line)))


def test_every_block_is_drawn() -> None:
    page = render(everything(), ENGLISH)
    assert_fits(page)
    said = shown(page)
    for words in (
        "# The north face",
        "✅ Accepted",
        "**who**",
        "*not*",
        "`highest`",
        "[the roadmap](<https://example.org/roadmap>)",
        "<t:1772476200:f>",
        "```python\ndef highest",
        "- Ties",
        "1. Read",
        "**Difficulty:** 3 of 5",
    ):
        assert words in said
    (gallery,) = [one for one in page.components if one["type"] == 12]
    assert gallery["items"] == [
        {
            "media": {"url": "attachment://week.png"},
            "description": "Ana's week: six days solved",
        }
    ]


def test_a_banner_carries_its_tone_as_a_mark_and_a_colour() -> None:
    (container,) = drawn(Banner(plain("Not yet"), Tone.BAD)).components
    assert container["accent_color"] == 0xCF222E
    assert shown(drawn(Banner(plain("Not yet"), Tone.BAD))) == "❌ Not yet"


def test_a_narrow_table_keeps_its_columns_and_a_wide_one_has_a_line_for_each_row() -> (
    None
):
    wide = render(board(), ENGLISH)
    assert "- **1** · Name: Berta Gómez · Points: 1 240 · Solved: 31" in shown(wide)
    assert "- ▸ **2** · Name: Ana" in shown(wide)
    narrow = Table(("#", "Name"), (("1", "Ana"), ("10", "Ben")), numeric=(0,))
    assert shown(drawn(narrow)) == "```\n #  Name\n 1  Ana\n10  Ben\n```"


def test_what_does_not_fit_is_attached_whole() -> None:
    source = "x = 1\n" * 1000
    page = drawn(Text(plain("Before")), Code(source), Text(plain("After")))
    assert shown(page).startswith("Before")
    assert "in this file" in shown(page)
    (file,) = page.files
    assert file.content.decode() == f"{source}\n\nAfter\n"


def test_buttons_stay_when_the_text_before_them_does_not() -> None:
    buttons = Buttons((Button("Go on", Action(("help",))),))
    page = drawn(Code("x" * 9000), buttons)
    assert [one["label"] for one in every(page.components) if one["type"] == 2] == [
        "Go on"
    ]


def test_where_others_read_along_all_but_the_banner_is_under_a_spoiler() -> None:
    page = drawn(Banner(plain("2 of 3")), Code("secret"), veiled=True)
    banner, veil = page.components
    assert "spoiler" not in banner
    assert veil["spoiler"] is True
    assert "secret" in shown(page)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "http://", "https://[", "ftp://example.org"]
)
def test_only_web_addresses_become_links(url: str) -> None:
    assert "](" not in shown(drawn(Text((Link("here", url),))))


def test_an_address_cannot_break_out_of_its_link() -> None:
    said = shown(drawn(Text((Link("a](b", "https://e.org/)> @everyone <@1"),))))
    assert said == r"[a\](b](<https://e.org/%29%3E%20@everyone%20%3C@1>)"
