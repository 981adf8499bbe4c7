import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.texts import LANGUAGES, texts_in
from bot.chat.web.errors import BadName
from bot.chat.web.people import (
    NAME_LIMIT,
    PEOPLE_LIMIT,
    People,
    people_from,
    person_named,
)

REASONS = ("empty", "long", "invisible", "unpronounceable", "taken")


@pytest.mark.parametrize(
    ("typed", "name", "external_id"),
    [
        ("  Ana  ", "Ana", "ana"),
        ("Ana\tMaría  Gil", "Ana María Gil", "ana maría gil"),
        ("ＡＮＡ", "ANA", "ana"),
        ("Straße", "Straße", "strasse"),
        ("李小龍", "李小龍", "李小龍"),
        ("<b>Ana</b>", "<b>Ana</b>", "<b>ana</b>"),
    ],
)
def test_names_that_look_the_same_are_one_account(
    typed: str, name: str, external_id: str
) -> None:
    person = person_named(typed)
    assert (person.name, person.external_id) == (name, external_id)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("a" * (NAME_LIMIT + 1), "long"),
        ("ß" * NAME_LIMIT, "long"),
        ("An\u200ba", "invisible"),
        ("\u202eanA", "invisible"),
        ("An\x00a", "invisible"),
        ("¡!…", "unpronounceable"),
        ("Cordada", "taken"),
        ("ＣＯＲＤＡＤＡ", "taken"),
    ],
)
def test_bad_name_is_refused_with_its_reason(typed: str, reason: str) -> None:
    with pytest.raises(BadName) as refused:
        person_named(typed)
    assert refused.value.reason == reason


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_a_sentence(language: str, reason: str) -> None:
    assert texts_in(language)(f"web.name.{reason}")


@given(st.text(max_size=80))
def test_an_accepted_name_is_accepted_again_unchanged(typed: str) -> None:
    try:
        person = person_named(typed)
    except BadName:
        return
    again = person_named(person.name)
    assert again == person
    assert person_named(person.external_id).external_id == person.external_id
    assert len(person.external_id) <= NAME_LIMIT


def test_unknown_language_and_zone_are_left_out() -> None:
    person = person_named("Ana", "tlh", "Mars/Olympus")
    assert (person.language, person.time_zone) == (None, None)


def test_switching_keeps_what_the_person_chose_before() -> None:
    people = People().switched_to(person_named("Ana", "es", "Europe/Madrid"))
    people = people.switched_to(person_named("Berta", "en"))
    people = people.switched_to(person_named("ANA"))
    assert people.current == person_named("ANA", "es", "Europe/Madrid")
    assert [person.name for person in people.known] == ["ANA", "Berta"]


def test_cookie_of_the_most_people_fits_a_browser() -> None:
    people = People()
    for number in range(PEOPLE_LIMIT + 3):
        name = "𐐷" * 30 + f"{number:02}"
        zone = "America/Argentina/ComodRivadavia"
        people = people.switched_to(person_named(name, "es", zone))
    assert len(people.known) == PEOPLE_LIMIT
    assert len(people.cookie()) < 4000
    assert people_from(people.cookie()) == people


@pytest.mark.parametrize(
    "text",
    ["", "[[]]", "{}", "[1]", '[["Ana"]]', '[["\\u200b", null, null]]', "[" * 9000],
)
def test_tampered_cookie_is_nobody(text: str) -> None:
    cookie = base64.urlsafe_b64encode(text.encode()).decode()
    assert people_from(cookie) == People()


@given(st.text())
def test_any_cookie_is_somebody_or_nobody_but_no_fault(cookie: str) -> None:
    assert isinstance(people_from(cookie), People)
