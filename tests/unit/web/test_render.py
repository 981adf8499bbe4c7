"""Each block as HTML; a member's words stay words."""

from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.reply import (
    Action,
    Banner,
    Block,
    Bullets,
    Button,
    Buttons,
    Code,
    Details,
    FieldKind,
    Fields,
    FileToKeep,
    Form,
    FormField,
    Heading,
    Line,
    Link,
    Moment,
    Picture,
    Reply,
    Select,
    SpanStyle,
    Table,
    Text,
    Tone,
    Words,
)
from bot.chat.texts import LANGUAGES, plain, texts_in
from bot.chat.web.body import (
    Answered,
    Body,
    Broken,
    Gone,
    Said,
    Waiting,
    restored,
    stored,
)
from bot.chat.web.render import Reader, Renderer, block_of, hue, is_safe_url
from bot.services.ports.transcript import Entry
from tests.fakes.clock import A_MONDAY
from tests.fakes.web_router import PNG, everything, sheet

RENDERER = Renderer()
READER = Reader(member_id=1, texts=texts_in("en"), time_zone="Europe/Madrid")

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}&lt;"

# What a page needs no more than: anything else came from a member's words.
TAGS = frozenset(
    {"a", "article", "b", "button", "caption", "code", "dd", "details", "div", "dl"}
    | {"dt", "em", "fieldset", "figure", "form", "h2", "h3", "h4", "i", "img", "input"}
    | {"label", "legend", "li", "ol", "option", "p", "pre", "select", "span", "strong"}
    | {"summary", "table", "tbody", "td", "textarea", "th", "thead", "time", "tr", "ul"}
)


class Drawn(HTMLParser):
    """What a browser makes of the HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def entry_of(body: Body) -> Entry:
    return Entry(
        id=5,
        revision=9,
        community_id=7,
        member_id=1,
        body=stored(body),
        written_at=A_MONDAY,
    )


def drawn(body: Body, reader: Reader = READER) -> Drawn:
    return Drawn(RENDERER.entry(entry_of(body), reader, A_MONDAY))


def block(one: Block) -> Drawn:
    return drawn(Answered(reply=Reply(blocks=(one,))))


def every_block(text: str) -> Reply:
    line: Line = (*(Words(text, style) for style in SpanStyle), Link(text, text))
    action = Action(("a",), (("o", text),))
    return Reply(
        blocks=(
            Heading(line),
            Text(line),
            Bullets((line,)),
            Bullets((line,), numbered=True),
            Code(text),
            Code(text, text),
            Fields(((text, line),)),
            Table((text,), ((text,),), caption=text),
            Picture(PNG, text, text),
            Banner(line),
            Buttons((Button(text, action),)),
            Select(text, action, text, ((text, text),), chosen=text),
            Details(text, (Text(line), Code(text))),
        )
    )


def hostile_form(text: str) -> Form:
    fields = tuple(
        FormField(name=text, label=text, kind=kind, value=text, choices=((text, text),))
        for kind in FieldKind
    )
    return Form(
        title=text, action=Action((text,), ((text, text),)), fields=fields, submit=text
    )


@given(st.one_of(st.just(HOSTILE), st.text(), st.from_regex(r"<\w+ on\w+=.>")))
def test_no_word_of_a_member_becomes_markup(text: str) -> None:
    for body in (
        Answered(reply=every_block(text), asked_by=text, asked=text),
        Answered(reply=hostile_form(text)),
        Said(name=text or "A", text=text),
        Said(name="Ana", text=f"```python\n{text}\n```"),
    ):
        page = drawn(body)
        assert {tag for tag, _ in page.tags} <= TAGS
        for _, attributes in page.tags:
            assert not [name for name in attributes if name.startswith("on")]
            assert "style" not in attributes


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"))))
def test_code_reads_as_it_was_written(source: str) -> None:
    # Only what HTML itself, and Pygments with a byte order mark, would change is out.
    source = source.replace("\ufeff", "")
    assert source in block(Code(source)).text


@pytest.mark.parametrize(
    ("url", "is_safe"),
    [
        ("https://example.org/a?b#c", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        (" javascript:alert(1)", False),
        ("//example.org", False),
        ("https:", False),
        ("http://[", False),
    ],
)
def test_only_web_addresses_become_links(url: str, is_safe: bool) -> None:  # noqa: FBT001
    assert is_safe_url(url) is is_safe
    assert bool(block(Text((Link("there", url),))).all("a")) is is_safe


def test_link_opens_apart_and_tells_nothing() -> None:
    (link,) = block(Text((Link("there", "https://example.org"),))).all("a")
    assert link["rel"] == "noopener noreferrer"


def test_moment_is_in_the_readers_zone() -> None:
    assert "10:00" in block(Text((Moment(A_MONDAY),))).text


def test_unknown_zone_falls_back_to_utc() -> None:
    reader = replace(READER, time_zone="Nowhere/Land")
    page = drawn(Answered(reply=Reply(blocks=(Text((Moment(A_MONDAY),)),))), reader)
    assert "09:00" in page.text


def test_styles_have_elements_of_their_own() -> None:
    line = tuple(Words(style, style) for style in SpanStyle)
    tags = [tag for tag, _ in block(Text(line)).tags]
    assert tags[-3:] == ["strong", "em", "code"]


def test_table_marks_numbers_and_the_readers_row() -> None:
    page = block(
        Table(("#", "Who"), (("1", "A"), ("2", "B")), numeric=(0,), highlighted=1)
    )
    rows = page.all("tr")[1:]
    assert [row.get("aria-current") for row in rows] == [None, "true"]
    assert [cell.get("class") for cell in page.all("td")] == ["number", None] * 2
    assert all(cell["scope"] == "col" for cell in page.all("th"))


def test_picture_has_its_words_and_comes_from_us() -> None:
    (_, picture) = block(Picture(PNG, "A week", "week.png")).all("img")
    assert picture["alt"] == "A week"
    assert picture["src"] == "/picture/5/0?revision=9"
    body = stored(Answered(reply=Reply(blocks=(Picture(PNG, "A week", "week.png"),))))
    assert block_of(body, 0) == Picture(PNG, "A week", "week.png")
    assert block_of(body, 1) is None
    assert block_of(stored(Waiting()), 0) is None


def test_a_file_is_there_to_keep_under_its_name() -> None:
    (link,) = block(FileToKeep("data.json", b"{}", "Your data")).all("a")
    assert (link["href"], link["download"]) == ("/file/5/0", "data.json")


@pytest.mark.parametrize("tone", list(Tone))
def test_banner_says_its_tone_by_class(tone: Tone) -> None:
    assert {"class": f"banner {tone}"} in block(Banner(plain("x"), tone)).all("p")


def test_button_carries_its_action() -> None:
    action = Action(("challenge", "show"), (("challenge", 'a"b'),))
    (button,) = block(Buttons((Button("Show", action),))).all("button")
    expected = '{"path": ["challenge", "show"], "options": {"challenge": "a\\"b"}}'
    assert button["data-action"] == expected
    assert button["type"] == "button"


def test_select_is_labelled_and_shows_the_choice() -> None:
    page = block(
        Select("Which", Action(("a",)), "which", (("1", "One"), ("2", "Two")), "2")
    )
    (select,) = page.all("select")
    assert select["id"] in {label.get("for") for label in page.all("label")}
    assert ["selected" in option for option in page.all("option")] == [False, True]


def test_details_are_folded() -> None:
    page = block(Details("Hint", (Text(plain("secret")),)))
    assert page.all("details") == [{"class": "spoiler"}]


def test_every_field_of_a_form_has_a_label() -> None:
    page = drawn(Answered(reply=sheet("north-face")))
    labelled = {label.get("for") for label in page.all("label")}
    (area,) = page.all("textarea")
    assert area["id"] in labelled
    assert len(page.all("legend")) == 1


def test_code_in_a_form_is_not_cut_by_the_browser() -> None:
    (area,) = drawn(Answered(reply=sheet("north-face"))).all("textarea")
    assert "maxlength" not in area


def test_first_newline_of_a_value_survives_the_textarea() -> None:
    html = RENDERER.entry(
        entry_of(Answered(reply=hostile_form("\nx"))), READER, A_MONDAY
    )
    # HTML drops one newline after the tag, so that two must be there.
    assert ">\n\nx</textarea>" in html


def test_what_is_gone_draws_nothing() -> None:
    assert RENDERER.entry(entry_of(Gone()), READER, A_MONDAY) == ""


def test_answer_that_never_came_is_told_after_a_minute() -> None:
    entry = entry_of(Waiting())
    soon = RENDERER.entry(entry, READER, A_MONDAY + timedelta(seconds=59))
    late = RENDERER.entry(entry, READER, A_MONDAY + timedelta(seconds=61))
    assert READER.texts("web.waiting") in Drawn(soon).text
    assert READER.texts("web.fault.ours") in Drawn(late).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_words_are_in_the_readers_language(language: str) -> None:
    reader = replace(READER, texts=texts_in(language))
    assert texts_in(language)("web.fault.ours") in drawn(Broken(), reader).text
    channel = replace(entry_of(Answered(reply=everything())), member_id=None)
    html = RENDERER.entry(channel, reader, A_MONDAY)
    assert texts_in(language)("web.for_everyone") in html
    assert texts_in(language)("web.choose") in html


@pytest.mark.parametrize(
    "body",
    [
        Said(name="Ana", text="hi"),
        Waiting(),
        Gone(),
        Broken(),
        Answered(reply=everything(), asked_by="Ana", asked="/x"),
        Answered(reply=sheet("a")),
    ],
)
def test_body_is_the_same_after_storage(body: Body) -> None:
    assert restored(stored(body)) == body


def test_a_name_has_one_colour_however_it_is_cased() -> None:
    assert hue("Ana") == hue("ANA")
