"""The pictures: what they weigh, that nothing runs over, and what they say in words."""

import re
import struct
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from bot.chat.pictures.board_card import board_alt, board_svg
from bot.chat.pictures.canvas import COLOURS, HUES, MARGIN, WIDTH
from bot.chat.pictures.certificate_card import certificate_svg
from bot.chat.pictures.painter import KEPT, Painter, painted
from bot.chat.pictures.profile_card import profile_alt, profile_svg
from bot.chat.pictures.progress_wheel import wheel_alt, wheel_svg
from bot.chat.pictures.streak_calendar import streak_alt, streak_svg
from bot.chat.texts import LANGUAGES, Texts, texts_in
from bot.domain.certificate import Certificate
from bot.domain.leaderboard import Standing
from bot.domain.leadership import LeadershipScore
from bot.domain.member import Community, Member
from bot.domain.progression import PhaseStanding
from bot.domain.streak import Day, DayState, Streak
from bot.services.profile import MemberProfile
from bot.services.roadmap import progress_of
from tests.fakes.catalogue import fake_catalogue

TODAY = date(2026, 11, 25)
LIGHT = 200 * 1024
HOSTILE = ("W" * 100, "</text><script>", "\u202eevil", "مريم العربي", "🧗", "x" * 9)
CATALOGUE = fake_catalogue()


def profile(name: str) -> MemberProfile:
    home = Community(id=1, platform="web", external_id="home", name="Home")
    at = datetime(2026, 3, 2, tzinfo=UTC)
    member = Member(id=1, person_id=1, community=home, name=name, joined_at=at, phase=3)
    return MemberProfile(
        member=member,
        points=1_234_567,
        solved=61,
        rank=1_284,
        streak=streak(),
        solved_by_phase=(3, 2, 1, 0, 0, 0, 0),
        challenges_by_phase=(3, 3, 3, 3, 3, 3, 0),
        badges=(),
        leadership=LeadershipScore(),
    )


def streak() -> Streak:
    states = [*DayState] * 60
    days = tuple(
        Day(on=TODAY - timedelta(days=ago), state=state, current=1, freezes=0)
        for ago, state in reversed(list(enumerate(states)))
    )
    return Streak(current=23, longest=61, freezes=2, solved_days=60, days=days)


def standings() -> tuple[PhaseStanding, ...]:
    return tuple(progress_of(CATALOGUE, [], today=TODAY))


def certificate(texts: Texts, name: str) -> Certificate:
    return Certificate(
        id=UUID(int=1),
        person_id=1,
        member_id=1,
        event_key="certificate:1:7:1",
        phase=7,
        skills=tuple(
            skill.id
            for topic in CATALOGUE.roadmap.phase(7).topics
            for skill in topic.skills
        ),
        name=name,
        language=texts.language,
        community=name,
        earned_on=TODAY,
        issued_at=datetime(2026, 11, 25, tzinfo=UTC),
    )


def rows(names: tuple[str, ...]) -> list[Standing]:
    return [
        Standing(rank=n, member_id=n, name=name, points=1000 - n, solved=n)
        for n, name in enumerate(names, start=1)
    ]


def cards(texts: Texts, name: str) -> Mapping[str, str]:
    own = Standing(rank=99_999, member_id=99, name=name, points=-3, solved=0)
    roadmap = CATALOGUE.roadmap
    return {
        "profile": profile_svg(texts, roadmap, profile(name)),
        "streak": streak_svg(texts, streak(), TODAY),
        "wheel": wheel_svg(texts, roadmap, standings(), phase=3),
        "certificate": certificate_svg(roadmap, certificate(texts, name), name),
        "board": board_svg(texts, "Board", "Home", rows((name, *HOSTILE)), own=own),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_are_light(language: str) -> None:
    for card, svg in cards(texts_in(language), "Ñ" * 100).items():
        png = painted(svg)
        assert len(png) < LIGHT, card
        assert struct.unpack(">I", png[16:20]) == (WIDTH,)


@pytest.mark.parametrize("letter", "WMm@%ABÑw李한مनЖΩ")
@pytest.mark.parametrize(
    ("card", "x", "wide"),
    # From the last columns of the name's place on, where it would be cut off.
    [
        ("profile", WIDTH - MARGIN - 2, MARGIN),
        ("board", MARGIN + 558, 20),
        # Its frame; and the name is in the middle.
        ("certificate", WIDTH - 40, 40),
    ],
)
def test_no_name_runs_over(card: str, x: int, wide: int, letter: str) -> None:
    texts = texts_in("en")
    drawn, of_a_short_one = (cards(texts, one)[card] for one in (letter * 100, "i"))
    assert strip(drawn, x, wide) == strip(of_a_short_one, x, wide)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_text_in_the_drawing(name: str) -> None:
    for svg in cards(texts_in("en"), name).values():
        assert "<script>" not in svg
        assert "\u202e" not in svg
        assert painted(svg).startswith(b"\x89PNG")


def test_the_same_is_drawn_the_same() -> None:
    one, other = (cards(texts_in("es"), "Ñandú") for _ in range(2))
    assert one == other
    assert painted(one["board"]) == painted(other["board"])


@pytest.mark.parametrize("ink", ["ink", "quiet", "rope"])
@pytest.mark.parametrize("ground", ["ground", "panel"])
def test_words_can_be_read(ink: str, ground: str) -> None:
    assert contrast(COLOURS[ink], COLOURS[ground]) >= 4.5


def test_initials_can_be_read_on_every_badge() -> None:
    assert all(contrast("#ffffff", hue) >= 4.5 for hue in HUES)


def test_each_state_of_a_day_has_a_shape_of_its_own() -> None:
    svg = streak_svg(texts_in("en"), streak(), TODAY)
    without_colour = re.sub(r"#[0-9a-f]{6}", "", svg)
    for shape in ('rx="6"', "l13.5", 'r="9.5', 'height="6"', "l11 11m0-11", "5 4"):
        assert shape in without_colour


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shown_is_said_in_words(language: str) -> None:
    texts = texts_in(language)
    said = profile_alt(texts, profile("Ana\u202e"))
    assert "Ana" in said
    assert "1234567" in said
    assert "\u202e" not in said
    assert "61" in streak_alt(texts, streak(), TODAY)
    assert "/76" in wheel_alt(texts, standings()).replace(" de 76", "/76").replace(
        " of 76", "/76"
    )
    assert "3. " in board_alt(texts, "Board", rows(HOSTILE))


async def test_painter_draws_the_same_once_and_forgets_the_oldest() -> None:
    painter = Painter()
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="2"/>'
    first = await painter.png(svg.format(1))
    assert await painter.png(svg.format(1)) is first
    for wide in range(2, KEPT + 2):
        await painter.png(svg.format(wide))
    assert await painter.png(svg.format(1)) is not first


def contrast(one: str, other: str) -> float:
    """As WCAG 2 counts it."""
    brighter, darker = sorted(map(_luminance, (one, other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    ]
    return sum(w * one for w, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def strip(svg: str, x: int, wide: int) -> bytes:
    """What is drawn between `x` and `x + wide`, alone."""
    cut = re.sub(
        r'width="1000" (height="\d+") viewBox="0 0 1000',
        rf'width="{wide}" \1 viewBox="{x} 0 {wide}',
        svg,
        count=1,
    )
    assert cut != svg
    return painted(cut)
