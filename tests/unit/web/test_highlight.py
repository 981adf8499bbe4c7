from bot.chat.web.highlight import COLOURED_LIMIT, Piece, coloured, pieces


def test_python_is_coloured_by_class() -> None:
    assert '<span class="c-k">def</span>' in coloured("def f(): ...", "python")


def test_unknown_language_stays_plain() -> None:
    assert coloured("a < b", "klingon") == "a &lt; b"


def test_long_code_is_not_lexed() -> None:
    source = "x = 1\n" * COLOURED_LIMIT
    assert coloured(source, "python") == source


def test_message_is_cut_at_its_fences() -> None:
    assert pieces("Look:\n```py\nx = 1\n```\nRight?\n```\ny\n```") == [
        Piece(text="Look:"),
        Piece(text="x = 1", language="py"),
        Piece(text="Right?"),
        Piece(text="y", language="python"),
    ]


def test_longer_fence_holds_a_shorter_one() -> None:
    assert pieces("````python\n'''\n```\n'''\n````") == [
        Piece(text="'''\n```\n'''", language="python")
    ]


def test_fence_without_an_end_runs_to_the_end() -> None:
    assert pieces("```\nx = 1") == [Piece(text="x = 1", language="python")]


def test_words_alone_are_one_piece() -> None:
    assert pieces("/help") == [Piece(text="/help")]
