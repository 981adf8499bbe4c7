from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from bot.chat.mentor_words import (
    languages_in,
    read_languages,
    read_time,
    read_topics,
    topic_completions,
)
from bot.chat.session_file import session_file
from bot.chat.texts import LANGUAGES, texts_in
from bot.domain.pairing.session import Session
from bot.services.errors import Refused
from challenges.roadmap import load_roadmap
from tests.fakes.clock import A_MONDAY

ROADMAP = load_roadmap()


def test_topics_are_known_by_every_name_and_by_their_skills() -> None:
    for topic in ROADMAP.topics:
        for language in LANGUAGES:
            assert read_topics(ROADMAP, topic.name.in_(language)) == (topic.id,)
        for skill in topic.skills:
            assert read_topics(ROADMAP, skill.name.in_("es").upper()) == (topic.id,)
    typed = "APIs; funciones y modularidad\napis"
    assert read_topics(ROADMAP, typed) == ("apis", "functions-and-modules")
    assert read_topics(ROADMAP, "microservicios") == ("microservices",)


def test_a_topic_that_could_be_several_is_asked_for_again() -> None:
    with pytest.raises(Refused) as refused:
        read_topics(ROADMAP, "logs")
    assert refused.value.reason == "bad_topic_near"
    with pytest.raises(Refused, match="bad_topic"):
        read_topics(ROADMAP, "🎲" * 10)


def test_the_last_topic_is_completed_and_what_is_given_is_read() -> None:
    found = list(topic_completions(ROADMAP, "es", "apis, func"))
    assert ("apis, functions-and-modules", "Funciones y modularidad") in found
    for value, _ in found:
        assert read_topics(ROADMAP, value)[0] == "apis"


def test_languages_by_name_or_code() -> None:
    for typed in ("es, en", "español e inglés", "Spanish and English", "castellano en"):
        assert read_languages(typed) == ("es", "en")
    assert languages_in("es", ("en", "pt")) == "inglés, portugués"
    with pytest.raises(Refused, match="bad_language"):
        read_languages("klingon")


def test_a_time_is_ahead_by_the_members_own_clock() -> None:
    now = datetime(2026, 3, 5, 18, 30, tzinfo=UTC)  # a Thursday
    assert read_time("thu 20", "UTC", now) == now.replace(hour=20, minute=0)
    week = timedelta(days=7)
    assert read_time("jue 18", "UTC", now) == now.replace(minute=0) + week
    # The clocks of Madrid change on 29 March, between now and then.
    assert read_time("2026-03-31 18:30", "Europe/Madrid", now) == datetime(
        2026, 3, 31, 16, 30, tzinfo=UTC
    )
    for typed in ("soon", "2026-13-01 10:00", "2026-03-31 99"):
        with pytest.raises(Refused, match="bad_time"):
            read_time(typed, "UTC", now)


def test_a_calendar_opens_the_file_and_a_name_is_only_a_name() -> None:

    session = Session(id=7, pairing_id=1, proposed_by=1, times=(A_MONDAY,))
    name = "Ana\r\nATTENDEE:mallory, ñandú"
    file = session_file(texts_in("es"), session, A_MONDAY, name, A_MONDAY)
    (event,) = Calendar.from_ical(file.content).walk("VEVENT")
    assert str(event.decoded("uid")) == "session-7@cordada"
    assert event.decoded("dtstart") == A_MONDAY
    assert event.decoded("dtend") == A_MONDAY + timedelta(hours=1)
    assert "ATTENDEE" not in event
    assert "ñandú" in str(event.decoded("summary"))
