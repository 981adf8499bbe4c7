"""Names that want to break a picture."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.pictures.lettering import (
    NOTHING,
    drawable,
    fitted,
    initial,
    lines,
    width,
)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("José Ñandú", "José Ñandú"),
        ("Jose\u0301", "José"),
        ("  A\n\tB  ", "A B"),
        ("\u202eevil\u202c", "evil"),
        ("a\u200bb\ufeffc", "abc"),
        ("🧗\u200d♀️ Mia", "Mia"),
        ("🧗\u200d♀️", NOTHING),
        ("", NOTHING),
        ("z\u0338\u0322\u031b\u0353a\u0335", "za"),
        ("李小龙", "李小龙"),
        ("नमिता", "नमिता"),
        ("\x00\ud800", NOTHING),
    ],
)
def test_what_plays_tricks_is_left_out(name: str, shown: str) -> None:
    assert drawable(name) == shown


@settings(max_examples=100)
@given(st.text(max_size=120), st.integers(40, 600))
def test_whatever_is_drawn_fits(name: str, room: int) -> None:
    shown = fitted(name, 30, room)
    assert shown
    assert width(shown, 30) <= max(room, width("…", 30))
    assert shown.isprintable()
    assert initial(name)


@settings(max_examples=50)
@given(st.text(max_size=120))
def test_broken_lines_fit_too(name: str) -> None:
    broken = lines(name, 20, 200)
    assert 1 <= len(broken) <= 2
    assert all(width(one, 20) <= 200 for one in broken)
