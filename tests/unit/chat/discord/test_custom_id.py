"""The state of a button is the button: nothing is kept for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.action_code import ActionTooLong, recalled
from bot.chat.discord.custom_id import custom_id
from bot.chat.reply import Action

WORDS = st.text("abcdefghijklmnopqrstuvwxyz_-", min_size=1, max_size=8)
OPTIONS = st.dictionaries(WORDS, st.text(max_size=10), max_size=2)


@given(
    path=st.lists(WORDS, min_size=1, max_size=3).map(tuple),
    options=OPTIONS,
    option=st.one_of(st.none(), WORDS),
    copy=st.integers(1, 9),
)
def test_an_action_comes_back_as_it_was(
    path: tuple[str, ...], options: dict[str, str], option: str | None, copy: int
) -> None:
    written = custom_id(Action(path, tuple(options.items())), option=option, copy=copy)
    found = recalled(written)
    assert (found.path, found.options, found.option) == (path, options, option)


def test_what_nobody_wrote_is_a_command_that_does_not_exist() -> None:
    assert recalled("an old id").path == ("an", "old", "id")
    assert recalled("").path == ("",)


def test_an_action_of_a_hundred_characters_fits_and_a_longer_one_is_refused() -> None:
    value = "x" * (100 - len("challenge show challenge="))
    action = Action(("challenge", "show"), (("challenge", value),))
    assert len(custom_id(action)) == 100
    longer = Action(("challenge", "show"), (("challenge", value + "x"),))
    with pytest.raises(ActionTooLong):
        custom_id(longer)
