"""Requests and offers as a community could have them."""

from hypothesis import strategies as st

from bot.domain.pairing.facts import MentorOffer, MentorRequest

TOPICS = ("loops", "classes", "apis", "logs", "django", "models")
LANGUAGES = ("es", "en", "pt")
ANY_HOUR = (1 << 672) - 1

topics = st.lists(st.sampled_from(TOPICS), min_size=1, max_size=4, unique=True)
languages = st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=3, unique=True)


@st.composite
def weeks(draw: st.DrawFn) -> int:
    """A few stretches of the week, the odd one too short for a session."""
    week = 0
    for _ in range(draw(st.integers(1, 3))):
        start, quarters = draw(st.integers(0, 671)), draw(st.integers(2, 60))
        stretch = (1 << quarters) - 1 << start
        week |= stretch & ANY_HOUR | stretch >> 672
    return week


@st.composite
def requests(draw: st.DrawFn, number: int) -> MentorRequest:
    return MentorRequest(
        id=number,
        person_id=100 + number,
        phase=draw(st.integers(1, 7)),
        topics=tuple(draw(topics)),
        languages=tuple(draw(languages)),
        week=draw(weeks()),
        waiting_days=draw(st.integers(0, 20)),
        earlier_mentors=frozenset(draw(st.sets(st.integers(200, 206), max_size=2))),
        refused=frozenset(draw(st.sets(st.integers(200, 206), max_size=1))),
    )


@st.composite
def offers(draw: st.DrawFn, number: int) -> MentorOffer:
    capacity = draw(st.integers(0, 3))
    return MentorOffer(
        # The odd mentor waits for a mentor too.
        person_id=draw(st.sampled_from([200 + number, 200 + number, 100 + number])),
        phase=draw(st.integers(2, 7)),
        phases=frozenset(draw(st.sets(st.integers(1, 7), max_size=3))),
        topics=frozenset(draw(topics)),
        languages=frozenset(draw(languages)),
        week=draw(weeks()),
        capacity=capacity,
        mentees=draw(st.integers(0, capacity)),
        is_paused=draw(st.integers(0, 9)) == 0,
        refused=frozenset(draw(st.sets(st.integers(100, 106), max_size=1))),
    )


@st.composite
def communities(
    draw: st.DrawFn, most_requests: int = 5, most_offers: int = 3
) -> tuple[list[MentorRequest], list[MentorOffer]]:
    return (
        [draw(requests(n)) for n in range(draw(st.integers(0, most_requests)))],
        [draw(offers(n)) for n in range(draw(st.integers(0, most_offers)))],
    )
