import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.chat.parse import MAX_SOURCE_BYTES, clean_source, find_code
from bot.chat.parse.code import find_any_code
from bot.chat.parse.errors import (
    CodeError,
    CodeTooLong,
    EmptyCode,
    NoCode,
    NotUtf8,
    NulInCode,
    SeveralCodeBlocks,
    WrongFile,
    WrongLanguage,
)


def found(text: str) -> str:
    return find_code(text, {})


@pytest.mark.parametrize("fence", ["```", "````", "~~~"])
@pytest.mark.parametrize("tag", ["", "python", "py", "python3", "Python", "{.python}"])
def test_a_fenced_block_is_the_code(fence: str, tag: str) -> None:
    assert found(f"mine:\n\n{fence}{tag}\nx = 1\n{fence}\nthanks") == "x = 1\n"


@pytest.mark.parametrize(
    "text",
    [
        "<@U123> ```py\nx = 1\n```",
        "```x = 1\n```",
        "```py x = 1\n```",
        "```py\nx = 1\n``` thanks",
        "```py\r\nx = 1\r\n```",
        "```py\nx = 1\n",
        "  ```py\n  x = 1\n  ```",
    ],
    ids=["mention", "slack", "tag-code", "words-after", "crlf", "unclosed", "indented"],
)
def test_what_chats_let_people_write_is_read(text: str) -> None:
    assert found(text) == "x = 1\n"


@pytest.mark.parametrize(
    "text", ["```x = 1```", "try ```py x = 1``` now", "``` x = 1 ```"]
)
def test_a_block_on_one_line_is_read(text: str) -> None:
    assert found(text) == "x = 1"


def test_code_that_ends_on_its_last_line_is_read() -> None:
    assert found("```def f():\n    return 1```") == "def f():\n    return 1"


def test_fences_inside_the_code_are_code() -> None:
    source = 'def f():\n    """Like this:\n\n    ```\n    f()\n    ```\n    """\n'
    assert found(f"```python\n{source}```") == source
    assert found('```py\ns = "```"\n```') == 's = "```"\n'
    assert found("~~~py\n'''\n```\n'''\n~~~") == "'''\n```\n'''\n"


def test_a_block_beside_in_another_language_is_not_counted() -> None:
    text = "```py\nprint(1)\n```\nprints\n```text\n2\n```"
    assert found(text) == "print(1)\n"


def test_a_quoted_block_is_somebody_elses() -> None:
    assert found("> ```py\n> old\n> ```\n```py\nnew\n```") == "new\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x = 1\nprint(x)",
        "use `x = 1` here",
        "what does ``` do",
        "a ```b c is open",
        "> ```py\n> old\n> ```",
    ],
)
def test_code_without_a_fence_is_not_guessed(text: str) -> None:
    with pytest.raises(NoCode):
        found(text)


@pytest.mark.parametrize("count", [2, 3])
def test_several_blocks_are_counted(count: int) -> None:
    with pytest.raises(SeveralCodeBlocks) as caught:
        found("```py\nx = 1\n```\nand\n" * count)
    assert caught.value.count == count


def test_a_block_and_a_file_are_two() -> None:
    with pytest.raises(SeveralCodeBlocks) as caught:
        find_code("```py\nx = 1\n```", {"a.py": b"x = 1"})
    assert caught.value.count == 2


@pytest.mark.parametrize("tag", ["js", "C++", "pycon", "c#"])
def test_another_language_is_named_as_typed(tag: str) -> None:
    with pytest.raises(WrongLanguage) as caught:
        found(f"```{tag}\nx\n```")
    assert caught.value.language == tag


@pytest.mark.parametrize("text", ["```py\n```", "```", "```py```", "~~~\n \n\n~~~"])
def test_an_empty_block_is_told_from_none(text: str) -> None:
    with pytest.raises(EmptyCode):
        found(text)


def test_a_file_is_read_without_its_mark_and_with_one_kind_of_line_end() -> None:
    assert (
        find_code("", {"Mine.PY": b"\xef\xbb\xbfx = 1\r\ny = 2\r"}) == "x = 1\ny = 2\n"
    )


def test_a_picture_beside_the_code_does_not_matter() -> None:
    assert find_code("```\nx = 1\n```", {"a.png": b"\x89PNG"}) == "x = 1\n"


def test_a_file_of_another_kind_is_named() -> None:
    with pytest.raises(WrongFile) as caught:
        find_code("here", {"notes.ipynb": b"{}"})
    assert caught.value.filename == "notes.ipynb"


def test_a_file_that_is_not_utf8_is_named() -> None:
    with pytest.raises(NotUtf8) as caught:
        find_code("", {"a.py": "ñ = 1".encode("latin-1")})
    assert caught.value.filename == "a.py"


def test_a_message_that_is_not_unicode_is_refused() -> None:
    with pytest.raises(NotUtf8) as caught:
        found("```\nx = '\ud800'\n```")
    assert caught.value.filename is None


def test_nul_is_refused_with_its_line() -> None:
    with pytest.raises(NulInCode) as caught:
        found("```\na\nb\0\n```")
    assert caught.value.line == 2


def test_the_limit_itself_is_accepted() -> None:
    assert len(clean_source("x" * MAX_SOURCE_BYTES)) == MAX_SOURCE_BYTES


def test_the_size_is_counted_in_bytes() -> None:
    with pytest.raises(CodeTooLong) as caught:
        clean_source("ñ" * (MAX_SOURCE_BYTES // 2) + "x")
    assert caught.value.size == MAX_SOURCE_BYTES + 1
    assert caught.value.limit == MAX_SOURCE_BYTES


def test_a_huge_file_is_refused_by_its_size_alone() -> None:
    with pytest.raises(CodeTooLong):
        find_code("", {"a.py": b"\xff" * (3 * MAX_SOURCE_BYTES)})


@given(st.text(), st.dictionaries(st.text(), st.binary(), max_size=2))
def test_only_typed_errors_leave(text: str, attachments: dict[str, bytes]) -> None:
    try:
        source = find_code(text, attachments)
    except CodeError:
        return
    assert source.strip()


@given(st.text(alphabet="`~ ap>\n\"'", max_size=60))
def test_only_typed_errors_leave_whatever_the_fences(text: str) -> None:
    try:
        found(text)
    except CodeError:
        return


sources = st.text(
    st.characters(codec="utf-8", exclude_characters="\0\r\N{ZERO WIDTH NO-BREAK SPACE}")
).filter(str.strip)


@given(sources, st.sampled_from(["", "python", "py", "python3"]))
def test_code_comes_out_as_it_was_written(source: str, tag: str) -> None:
    assume("~~~" not in source)
    assert found(f"hola\n~~~{tag}\n{source}\n~~~\n") == source + "\n"


@given(sources)
def test_backticks_fence_any_code_without_them(source: str) -> None:
    assume("```" not in source)
    assume("~~~" not in source)
    assume(not source.endswith("`"))
    assert found(f"```python\n{source}\n```") == source + "\n"


@given(sources)
def test_cleaning_twice_changes_nothing(source: str) -> None:
    once = clean_source("\N{ZERO WIDTH NO-BREAK SPACE}" + source.replace("\n", "\r\n"))
    assert clean_source(once) == once == source


SQL = "SELECT 1;\n"


@pytest.mark.parametrize("tag", ["sql", "SQL", "sqlite", "text", ""])
def test_an_artifact_comes_in_a_block_of_its_own_language(tag: str) -> None:
    text = f"```python\nprint(1)\n```\n```{tag}\n{SQL}```"
    assert find_code(text, {}, "query.sql") == SQL


def test_an_artifact_comes_as_a_file_with_its_ending_or_its_name() -> None:
    assert find_code("", {"mine.sql": SQL.encode(), "a.py": b"x"}, "query.sql") == SQL
    assert find_code("", {"dockerfile": b"FROM a"}, "Dockerfile") == "FROM a"


def test_an_artifact_is_no_python_and_python_no_artifact() -> None:
    with pytest.raises(WrongLanguage):
        find_code(f"```sql\n{SQL}```", {})
    with pytest.raises(WrongLanguage):
        find_code("```python\nx = 1\n```", {}, "query.sql")


def test_a_command_takes_python_first_and_else_any_artifact() -> None:
    assert find_any_code(f"```sql\n{SQL}```") == SQL
    assert find_any_code(f"```py\nx = 1\n```\n```sql\n{SQL}```") == "x = 1\n"
    with pytest.raises(WrongLanguage):
        find_any_code("```js\nx\n```")
