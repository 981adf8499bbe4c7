"""How a daily looks in a community's channel."""

from bot.chat.buttons import show_button, submit_button
from bot.chat.challenge_view import stars
from bot.chat.daily_why import why_button
from bot.chat.markdown import blocks_of, inline
from bot.chat.reply import (
    Block,
    Buttons,
    Code,
    Details,
    Fields,
    Heading,
    Reply,
    Text,
    Visibility,
)
from bot.chat.texts import Texts, plain
from bot.domain.score import base_points
from bot.services.post_daily import Claimed, Yesterday
from challenges.challenge import Challenge
from challenges.roadmap import Roadmap

# Of a statement, about what one takes in at a glance; the rest is a press away.
SHOWN_OF_STATEMENT = 600


def daily_reply(texts: Texts, roadmap: Roadmap, claimed: Claimed) -> Reply:
    challenge = claimed.challenge
    phase = roadmap.phase(challenge.phase)
    top = texts.line(
        "daily.post.top",
        phase=phase.number,
        name=phase.name.in_(texts.language),
        on=claimed.post.on.isoformat(),
    )
    blocks: list[Block] = [
        Text(top),
        Heading(plain(challenge.title.in_(texts.language)), level=1),
        _facts(texts, roadmap, challenge),
        *_opening(texts, challenge),
        Buttons(
            (
                submit_button(texts, challenge),
                show_button(texts, challenge.id),
                why_button(texts, claimed.post.phase, claimed.post.on),
            )
        ),
    ]
    if claimed.yesterday is not None:
        blocks += _yesterday(texts, claimed.yesterday)
    return Reply(blocks=tuple(blocks), visibility=Visibility.PUBLIC)


def thread_reply(texts: Texts, challenge: Challenge) -> Reply:
    """The first message of its thread: the whole statement, and how one talks there."""
    return Reply(
        blocks=(
            *blocks_of(challenge.statement.in_(texts.language)),
            Text(texts.line("daily.thread.manners")),
        ),
        visibility=Visibility.PUBLIC,
    )


def thread_name(texts: Texts, claimed: Claimed) -> str:
    title = claimed.challenge.title.in_(texts.language)
    return texts("daily.thread.name", phase=claimed.post.phase, title=title)


def _facts(texts: Texts, roadmap: Roadmap, challenge: Challenge) -> Fields:
    skill = roadmap.skill(challenge.skills[0]).name.in_(texts.language)
    return Fields(
        (
            (texts("challenge.fact.skill"), inline(skill)),
            (
                texts("challenge.fact.difficulty"),
                plain(stars(challenge.difficulty)),
            ),
            (
                texts("challenge.fact.points"),
                plain(str(base_points(challenge.difficulty))),
            ),
        )
    )


def _opening(texts: Texts, challenge: Challenge) -> list[Block]:
    """The story with which the statement begins."""
    shown: list[Block] = []
    length = 0
    for block in blocks_of(challenge.statement.in_(texts.language)):
        if not isinstance(block, Text):
            break
        length += sum(len(getattr(span, "text", "")) for span in block.line)
        if shown and length > SHOWN_OF_STATEMENT:
            break
        shown.append(block)
    return shown


def _yesterday(texts: Texts, yesterday: Yesterday) -> list[Block]:
    challenge = yesterday.challenge
    title = challenge.title.in_(texts.language)
    blocks: list[Block] = [
        Heading(texts.line("daily.yesterday.title", title=title), level=3),
        Text(texts.line("daily.yesterday.solvers", n=yesterday.solvers)),
    ]
    best = yesterday.finest
    if best is not None and best.source is not None:
        told = texts("daily.yesterday.finest", name=best.name)
        blocks.append(Details(summary=told, blocks=(Code(best.source),)))
    explanation = blocks_of(challenge.explanation.in_(texts.language))
    if explanation:
        blocks.append(
            Details(summary=texts("daily.yesterday.explanation"), blocks=explanation)
        )
    return blocks
