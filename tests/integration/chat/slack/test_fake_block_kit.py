"""Each limit of Block Kit, broken once, seen as Slack tells it."""

from typing import Any

import pytest

from tests.fakes.slack.errors import Json
from tests.fakes.slack.kit import surfaces
from tests.integration.chat.slack.small_app import button, form, plain, section


def option(value: object = "1", **more: object) -> Json:
    return {"text": plain("One"), "value": str(value), **more}


def select(**more: object) -> Json:
    return {"type": "static_select", "action_id": "s", "options": [option()], **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def pressed(**more: object) -> Json:
    element: Json = button("b", "B")["elements"][0]
    return element | more


def asked(element: Json, **more: object) -> Json:
    return {"type": "input", "label": plain("Ask"), "element": element, **more}


def written(**more: object) -> Json:
    return {"type": "plain_text_input", "action_id": "w", **more}


def picture(**more: object) -> Json:
    image = {"type": "image", "image_url": "https://a.test/a.png", "alt_text": "a"}
    return image | more


SOUND = [
    section("*a*", accessory=pressed()),
    {"type": "section", "fields": [plain("a"), {"type": "mrkdwn", "text": "b"}]},
    actions(select(), pressed(action_id="c")),
    {"type": "divider"},
    {"type": "header", "text": plain("Header")},
    {"type": "context", "elements": [plain("a"), picture()]},
    picture(title=plain("Title")),
    asked(written(), hint=plain("Hint"), optional=True),
    {"type": "markdown", "text": "**a**"},
]

BROKEN: list[tuple[Json, str]] = [
    (
        section("a" * 3001),
        "must be less than 3001 characters [json-pointer:/blocks/0/text",
    ),
    (section(""), "must be more than 0 characters"),
    ({"type": "section"}, "missing required field: text"),
    ({"type": "section", "fields": [plain("a")] * 11}, "no more than 10 items"),
    ({"type": "section", "fields": [plain("a" * 2001)]}, "less than 2001"),
    (section("a", colour="red"), "invalid additional property: colour"),
    (section("a", block_id="b" * 256), "less than 256"),
    ({"type": "header", "text": plain("a" * 151)}, "less than 151"),
    ({"type": "header", "text": {"type": "mrkdwn", "text": "a"}}, "one of plain_text"),
    (actions(*[pressed(action_id=str(n)) for n in range(26)]), "no more than 25 items"),
    (actions(pressed(text=plain("a" * 76))), "less than 76"),
    (actions(pressed(value="a" * 2001)), "less than 2001"),
    (actions(pressed(url="a" * 3001)), "less than 3001"),
    (actions(pressed(action_id="a" * 256)), "less than 256"),
    (actions(pressed(style="blue")), "must be one of primary, danger"),
    (actions(pressed(), pressed()), "`action_id` 'b' already exists"),
    (actions(written()), "unsupported type: plain_text_input"),
    (actions(select(options=[option(n) for n in range(101)])), "no more than 100"),
    (actions(select(options=[option(), option()])), "duplicate option values"),
    (actions(select(options=[])), "missing required field: options"),
    (actions(select(options=[option("a" * 151)])), "less than 151"),
    (actions(select(options=[option(description=plain("a" * 76))])), "less than 76"),
    (actions(select(placeholder=plain("a" * 151))), "less than 151"),
    (actions(select(initial_option=option("2"))), "not among the options"),
    (
        actions({"type": "overflow", "options": [option(n) for n in range(6)]}),
        "no more than 5",
    ),
    (
        actions({"type": "checkboxes", "options": [option(n) for n in range(11)]}),
        "no more than 10",
    ),
    (actions(pressed(confirm={"title": plain("a")})), "missing required field: text"),
    ({"type": "context", "elements": [plain("a")] * 11}, "no more than 10"),
    (picture(alt_text="a" * 2001), "less than 2001"),
    ({"type": "image", "alt_text": "a"}, "image_url or slack_file"),
    ({"type": "markdown", "text": "a" * 12_001}, "less than 12001"),
    (asked({"type": "file_input", "action_id": "f"}), "unsupported type: file_input"),
    (asked(written(max_length=3001)), "must be between 0 and 3000"),
    (asked(pressed()), "unsupported type: button"),
    ({"type": "table"}, "unsupported type: table"),
    ({"text": "a"}, "unsupported type: None"),
]


def test_sound_blocks_pass() -> None:
    assert list(surfaces.message_blocks(SOUND)) == []


@pytest.mark.parametrize(("block", "told"), BROKEN)
def test_a_broken_block_is_told_with_its_place(block: Json, told: str) -> None:
    assert any(told in str(problem) for problem in surfaces.message_blocks([block]))


def test_a_message_has_fifty_blocks_with_names_of_their_own() -> None:
    blocks = [section("a")] * 51
    assert [str(one) for one in surfaces.message_blocks(blocks)] == [
        "no more than 50 items allowed [json-pointer:/blocks]"
    ]
    assert list(surfaces.message_blocks([section("a", block_id="x")] * 2))


def test_markdown_is_counted_over_all_blocks() -> None:
    block = {"type": "markdown", "text": "a" * 6001}
    assert list(surfaces.message_blocks([block])) == []
    assert list(surfaces.message_blocks([block, block]))


def test_the_blocks_of_a_message_have_a_sum() -> None:
    assert not surfaces.too_long([section("a" * 3000)] * 4 + [section("a" * 1200)])
    assert surfaces.too_long([section("a" * 3000)] * 4 + [section("a" * 1201)])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            {"title": plain("a" * 25)},
            "less than 25 characters [json-pointer:/view/title",
        ),
        ({"submit": plain("a" * 25)}, "less than 25"),
        ({"close": plain("a" * 25)}, "less than 25"),
        ({"title": {"type": "mrkdwn", "text": "a"}}, "must be one of plain_text"),
        ({"title": None}, "missing required field: title"),
        ({"submit": None}, "`submit` is required"),
        ({"private_metadata": "a" * 3001}, "less than 3001"),
        ({"callback_id": "a" * 256}, "less than 256"),
        ({"external_id": "a" * 256}, "less than 256"),
        ({"blocks": []}, "must be more than 0 items"),
        ({"blocks": [section("a")] * 101}, "no more than 100 items"),
        (
            {"blocks": [asked({"type": "file_input", "max_files": 11})]},
            "between 1 and 10",
        ),
        ({"blocks": [{"type": "markdown", "text": "a"}]}, "unsupported type: markdown"),
        ({"type": "window"}, "must be one of modal, home"),
        ({"colour": "red"}, "invalid additional property: colour"),
    ],
)
def test_a_broken_view_is_told_with_its_place(change: Json, told: str) -> None:
    assert list(surfaces.view(form())) == []
    problems = list(surfaces.view(form() | change))
    assert any(told in str(problem) for problem in problems)


def test_a_home_has_no_title_and_may_have_a_hundred_blocks() -> None:
    home: Json = {"type": "home", "blocks": [section("a")] * 100}
    assert list(surfaces.view(home)) == []
    assert list(surfaces.view(home | {"title": plain("a")}))


def test_a_view_has_a_size() -> None:
    assert not surfaces.too_large(form())
    assert surfaces.too_large({"blocks": [section("a" * 3000)] * 90})


@pytest.mark.parametrize(
    "nonsense", [None, "a", 1, [], [None], [[]], [{"type": "actions", "elements": [1]}]]
)
def test_nonsense_never_fails_the_fake(nonsense: Any) -> None:
    problems = list(surfaces.message_blocks(nonsense))
    assert problems or nonsense == []
