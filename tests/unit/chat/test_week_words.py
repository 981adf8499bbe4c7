import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.texts import LANGUAGES
from bot.chat.week_words import hours_in, read_hours
from bot.domain.pairing.week import WeekHour
from bot.services.errors import Refused

WEEKS = st.frozensets(
    st.builds(WeekHour, st.integers(0, 6), st.integers(0, 23)), min_size=1
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("mon 18-20, sat 10-12", "mon 18-20; sat 10-12"),
        ("lun 18-20", "mon 18-20"),
        ("Lunes a viernes de 18:00 a 20:00 y sábado 10-12", "mon-fri 18-20; sat 10-12"),
        ("mon, wed 18-20", "mon, wed 18-20"),
        ("weekdays 6-8pm; weekend 10am-12pm", "mon-fri 18-20; sat-sun 10-12"),
        ("fines de semana de 9 a 11", "sat-sun 9-11"),
        ("martes y jueves 19h-21h", "tue, thu 19-21"),
        ("sun 22-2", "mon 0-2; sun 22-24"),
        ("mié 18:30-20", "wed 19-20"),
        ("fri 9", "fri 9-10"),
        ("sat-mon 9-10", "mon, sat-sun 9-10"),
        ("mon 18-20, 21-22\ntue 7", "mon 18-20, 21-22; tue 7-8"),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, read: str) -> None:
    assert hours_in("en", read_hours(typed)) == read


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "hello",
        "18-20",
        "mon",
        "mon 25",
        "mon 18-20 now",
        "mon 18:75-20",
        "m 9",
        "é",
    ],
)
def test_what_is_no_hour_is_refused_with_what_was_typed(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        read_hours(typed)
    assert refused.value.reason == "bad_hours"


@given(WEEKS)
def test_what_is_shown_is_read_again(hours: frozenset[WeekHour]) -> None:
    for language in LANGUAGES:
        assert read_hours(hours_in(language, hours)) == hours


@given(st.text(max_size=600))
def test_nothing_that_is_typed_is_a_fault(typed: str) -> None:
    with contextlib.suppress(Refused):
        assert read_hours(typed)
