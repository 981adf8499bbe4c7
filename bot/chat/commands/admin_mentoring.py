"""`/admin mentoring`: who waits, what is stuck, who carries it, and what they say."""

from collections.abc import Mapping

from bot.chat.buttons import action
from bot.chat.command import Audience, CommandSpec
from bot.chat.context import Context
from bot.chat.reply import (
    Banner,
    Block,
    Bullets,
    Button,
    Buttons,
    Heading,
    Line,
    Reply,
    Text,
    Tone,
)
from bot.chat.texts import Texts
from bot.domain.mentoring_overview import LEAST_TOLD, SEASON, Satisfaction, WaitingNow
from bot.domain.pairing.hearing import HIGHEST_RATING, LOWEST_RATING
from bot.domain.pairing.waiting import WaitingTimes
from bot.services.mentoring_overview import MentoringOverview, read_overview


async def handle_mentoring(context: Context, _: Mapping[str, str]) -> Reply:
    view = await read_overview(context.world, context.member)
    texts = context.texts
    return Reply(
        blocks=(
            Heading(texts.line("mentoring.overview.title"), level=1),
            Banner(*_in_a_word(texts, view)),
            *_part(texts, "waiting", _waiting(texts, view.waiting)),
            *_part(texts, "pairs", _pairs(texts, view)),
            *_part(texts, "load", _load(texts, view)),
            *_part(texts, "satisfaction", _satisfaction(texts, view.satisfaction)),
            *_part(texts, "reviews", _reviews(texts, view)),
            Text(texts.line("mentoring.overview.private", days=SEASON.days)),
            Buttons(
                (
                    Button(
                        texts("mentoring.overview.board"),
                        action("leaderboard", scope="mentors"),
                    ),
                )
            ),
        )
    )


def _in_a_word(texts: Texts, view: MentoringOverview) -> tuple[Line, Tone]:
    """The one thing to do first; of several the one that concerns a person's safety."""
    if view.reports:
        line = texts.line("mentoring.overview.reports", n=view.reports)
        return line, Tone.BAD
    if view.waiting.people and not view.load.free:
        return texts.line("mentoring.overview.no_places"), Tone.WAITING
    if view.pairs.stalled:
        return texts.line(
            "mentoring.overview.stuck", n=view.pairs.stalled
        ), Tone.WAITING
    return texts.line("mentoring.overview.well"), Tone.GOOD


def _part(texts: Texts, name: str, lines: tuple[Line, ...]) -> tuple[Block, ...]:
    title = texts.line(f"mentoring.overview.{name}")
    return (Heading(title, level=3), Bullets(lines))


def _waiting(texts: Texts, waiting: WaitingNow) -> tuple[Line, ...]:
    people = texts.line("mentoring.overview.people", n=waiting.people)
    longest = texts.line("mentoring.overview.longest", n=waiting.longest_days)
    quantiles: tuple[Line, ...] = (texts.line("mentoring.overview.too_few"),)
    if waiting.times is not None:
        quantiles = (
            _quantile(texts, "half", waiting.times.half_days, waiting.times),
            _quantile(texts, "most", waiting.times.most_days, waiting.times),
        )
    return (people, *((longest,) if waiting.people else ()), *quantiles)


def _quantile(texts: Texts, which: str, days: int | None, times: WaitingTimes) -> Line:
    if days is None:
        key = f"mentoring.overview.{which}_unknown"
        return texts.line(key, n=times.longest_days)
    return texts.line(f"mentoring.overview.{which}", n=days)


def _pairs(texts: Texts, view: MentoringOverview) -> tuple[Line, ...]:
    pairs = view.pairs
    stalled: tuple[Line, ...] = ()
    if pairs.stalled:
        days = pairs.longest_stalled_days
        stalled = (
            texts.line("mentoring.overview.stalled", stalled=pairs.stalled, days=days),
        )
    past = {state.value: count for state, count in pairs.past.items()}
    return (
        texts.line(
            "mentoring.overview.standing",
            standing=pairs.standing,
            offered=pairs.offered,
        ),
        *stalled,
        texts.line("mentoring.overview.past", **past),
    )


def _load(texts: Texts, view: MentoringOverview) -> tuple[Line, ...]:
    load = view.load
    return (
        texts.line(
            "mentoring.overview.mentors", mentors=load.mentors, paused=load.paused
        ),
        texts.line(
            "mentoring.overview.places",
            taken=load.taken,
            places=load.places,
            full=load.full,
            idle=load.idle,
        ),
    )


def _satisfaction(texts: Texts, found: Satisfaction) -> tuple[Line, ...]:
    if found.by_rating is None or found.middle is None:
        return (texts.line("mentoring.overview.few_ratings", least=LEAST_TOLD),)
    counted = found.by_rating
    ratings = range(HIGHEST_RATING, LOWEST_RATING - 1, -1)
    shares = ", ".join(f"{one}: {counted.get(one, 0)}" for one in ratings)
    return (
        texts.line(
            "mentoring.overview.middle",
            middle=found.middle,
            highest=HIGHEST_RATING,
            answers=found.answers,
        ),
        texts.line("mentoring.overview.ratings", shares=shares),
    )


def _reviews(texts: Texts, view: MentoringOverview) -> tuple[Line, ...]:
    unread = view.unread
    line = texts.line(
        "mentoring.overview.unread", code=unread.code, evidence=unread.evidence
    )
    if not unread.code + unread.evidence:
        return (line,)
    return (line, texts.line("mentoring.overview.longest", n=unread.longest_days))


COMMANDS = (
    CommandSpec(
        path=("admin", "mentoring"),
        handler=handle_mentoring,
        audience=Audience.ORGANISER,
    ),
)
