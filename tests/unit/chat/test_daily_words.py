import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.daily_words import phases_in, read_phases, read_weekdays, weekdays_in
from bot.services.errors import Refused


@given(st.frozensets(st.integers(0, 6), min_size=1), st.sampled_from(["es", "en"]))
def test_weekdays_are_read_as_they_are_told(
    days: frozenset[int], language: str
) -> None:
    assert read_weekdays(weekdays_in(language, days)) == days


@given(st.frozensets(st.integers(1, 7), min_size=1))
def test_phases_are_read_as_they_are_told(phases: frozenset[int]) -> None:
    assert read_phases(phases_in(phases)) == phases


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("lun-vie", {0, 1, 2, 3, 4}),
        ("Miércoles, SÁB", {2, 5}),
        ("sat-mon", {5, 6, 0}),
        ("1-5", {0, 1, 2, 3, 4}),
        ("todos", set(range(7))),
    ],
)
def test_weekdays_as_people_write_them(typed: str, days: set[int]) -> None:
    assert read_weekdays(typed) == days


@pytest.mark.parametrize("typed", ["", "someday", "8", "m", "-"])
def test_what_is_no_weekday_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="bad_weekdays"):
        read_weekdays(typed)


@pytest.mark.parametrize("typed", ["", "0", "8", "1..3", "x", "7-1"])
def test_what_is_no_phase_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="bad_phases"):
        read_phases(typed)
