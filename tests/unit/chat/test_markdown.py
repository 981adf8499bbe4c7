import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.markdown import MarkdownBlock, blocks_of
from bot.chat.reply import (
    Bullets,
    Code,
    Heading,
    Line,
    Link,
    SpanStyle,
    Table,
    Text,
    Words,
)

STRONG, EMPHASIS, CODE = SpanStyle.STRONG, SpanStyle.EMPHASIS, SpanStyle.CODE


def line(text: str) -> Line:
    return (Words(text),)


def text_of(block: MarkdownBlock) -> str:
    """Everything that a reader of the block sees."""
    match block:
        case Code():
            return block.source
        case Table():
            return "\n".join(" ".join(row) for row in (block.header, *block.rows))
        case Bullets():
            return "\n".join(_seen(item) for item in block.items)
        case _:
            return _seen(block.line)


def _seen(spans: Line) -> str:
    return "".join(
        span.label if isinstance(span, Link) else span.text
        for span in spans
        if isinstance(span, Words | Link)
    )


def test_headings_share_the_smallest_size_from_the_third_on() -> None:
    assert blocks_of("# One\n\n## Two\n\n##### Five") == (
        Heading(line("One"), 1),
        Heading(line("Two"), 2),
        Heading(line("Five"), 3),
    )


def test_lines_of_a_paragraph_become_one() -> None:
    assert blocks_of("one\ntwo") == (Text(line("one two")),)


def test_a_hard_break_stays() -> None:
    assert blocks_of("one  \ntwo") == (Text(line("one\ntwo")),)


def test_styles_and_links_become_spans() -> None:
    (block,) = blocks_of("a **b** *c* `d` [e *f*](https://example.org/x)")
    assert block == Text(
        (
            Words("a "),
            Words("b", STRONG),
            Words(" "),
            Words("c", EMPHASIS),
            Words(" "),
            Words("d", CODE),
            Words(" "),
            Link("e f", "https://example.org/x"),
        )
    )


def test_emphasis_inside_strong_stays_strong() -> None:
    assert blocks_of("**a *b* c**") == (Text((Words("a b c", STRONG),)),)


def test_a_script_link_is_no_link() -> None:
    (block,) = blocks_of("[x](javascript:alert(1))")
    assert isinstance(block, Text)
    assert all(isinstance(span, Words) for span in block.line)


def test_html_is_plain_text() -> None:
    assert blocks_of("a <b>c</b>") == (Text(line("a <b>c</b>")),)
    assert blocks_of("<div>\nx\n</div>") == (Text(line("<div>\nx\n</div>")),)


def test_an_image_is_its_alternative_text() -> None:
    assert blocks_of("see ![a rope](rope.png)") == (Text(line("see a rope")),)


@pytest.mark.parametrize(
    ("fence", "language"),
    [("```python", "python"), ("~~~json x", "json"), ("```", "text")],
)
def test_a_fence_keeps_its_language(fence: str, language: str) -> None:
    markdown = f"{fence}\nx = 1\n\n  y\n{fence[:3]}"
    assert blocks_of(markdown) == (Code("x = 1\n\n  y", language),)


def test_lists_become_bullets() -> None:
    assert blocks_of("- a\n- b") == (Bullets((line("a"), line("b"))),)
    assert blocks_of("1. a\n2. b") == (Bullets((line("a"), line("b")), numbered=True),)


def test_an_inner_list_stays_with_its_item() -> None:
    assert blocks_of("1. a\n   - b\n     - c\n   - d\n2. e") == (
        Bullets((line("a\n– b\n  – c\n– d"), line("e")), numbered=True),
    )


def test_code_in_a_list_parts_it() -> None:
    assert blocks_of("- a\n  ```py\n  x\n  ```\n- b\n- c") == (
        Bullets((line("a"),)),
        Code("x", "py"),
        Bullets((line("b"), line("c"))),
    )


def test_a_numbered_list_keeps_counting_around_code() -> None:
    assert blocks_of("1. a\n   ```py\n   x\n   ```\n2. b") == (
        Text(line("1. a")),
        Code("x", "py"),
        Text(line("2. b")),
    )


def test_a_list_that_starts_later_keeps_its_numbers() -> None:
    assert blocks_of("3. a\n4. b") == (Text(line("3. a")), Text(line("4. b")))


def test_an_empty_item_keeps_its_number() -> None:
    assert blocks_of("1. a\n2.\n3. c") == (
        Bullets((line("a"), (), line("c")), numbered=True),
    )


def test_a_table_knows_its_numeric_columns() -> None:
    markdown = "| level | n |\n|---|--:|\n| `INFO` | **3** |\n| [log](http://x.y) | 4 |"
    assert blocks_of(markdown) == (
        Table(
            header=("level", "n"),
            rows=(("INFO", "3"), ("log (http://x.y)", "4")),
            numeric=(1,),
        ),
    )


def test_a_quote_is_read_as_what_it_quotes() -> None:
    assert blocks_of("> a\n>\n> - b") == (Text(line("a")), Bullets((line("b"),)))


@given(st.text())
def test_no_text_at_all_raises(markdown: str) -> None:
    blocks_of(markdown)


# Without what CommonMark itself takes away: info strings and reference definitions,
# destinations, entities, cells beyond the header.
_MARKS = "ab \n\t*_#->+.)!\\<\"'="


@given(st.text(alphabet=_MARKS, max_size=60))
def test_no_letter_is_lost_whatever_the_marks(markdown: str) -> None:
    seen = "".join(text_of(block) for block in blocks_of(markdown))
    assert _letters(seen) == _letters(markdown)


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter in "ab")


words = st.text("abcdefgh", min_size=1, max_size=5)
inline = st.one_of(
    words,
    words.map(lambda word: f"**{word}**"),
    words.map(lambda word: f"*{word}*"),
    words.map(lambda word: f"`{word}`"),
    words.map(lambda word: f"[{word}](https://example.org)"),
    words.map(lambda word: f"![{word}](x.png)"),
)
sentences = st.lists(inline, min_size=1, max_size=4).map(" ".join)


def _nested(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(parts, min_size=1, max_size=3)
    return st.one_of(
        several.map("\n\n".join),
        several.map(lambda items: "\n".join(map(_listed, items))),
        parts.map(lambda text: "\n".join(f"> {one}" for one in text.split("\n"))),
    )


def _listed(text: str) -> str:
    return "- " + text.replace("\n", "\n  ")


documents = st.recursive(
    st.one_of(
        sentences,
        sentences.map(lambda text: f"## {text}"),
        words.map(lambda text: f"```py\n{text}\n```"),
        st.tuples(sentences, sentences).map(
            lambda cells: f"| {cells[0]} |\n|---|\n| {cells[1]} |"
        ),
    ),
    _nested,
    max_leaves=12,
)


@given(documents)
def test_no_word_of_a_document_is_lost_or_moved(markdown: str) -> None:
    seen = "\n".join(text_of(block) for block in blocks_of(markdown))
    for mark in ("](https://example.org)", "](x.png)", "```py"):
        markdown = markdown.replace(mark, " ")
    plain = seen.replace("(https://example.org)", " ")
    assert _alphabetic(plain) == _alphabetic(markdown)


def _alphabetic(text: str) -> list[str]:
    kept = "".join(one if one.isalpha() else " " for one in text)
    return kept.split()
