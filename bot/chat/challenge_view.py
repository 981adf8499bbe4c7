"""How a challenge looks in a reply."""

from bot.chat.buttons import hint_button, show_button, submit_button
from bot.chat.markdown import blocks_of, inline
from bot.chat.reply import (
    Banner,
    Block,
    Bullets,
    Button,
    Buttons,
    Fields,
    Heading,
    Line,
    Reply,
    Text,
    Tone,
)
from bot.chat.texts import Texts, plain
from bot.services.show import Shown
from challenges.catalogue_index import Catalogue
from challenges.challenge import Challenge, Kind
from challenges.roadmap import Roadmap

# The tightest platform's row.
BUTTONS_SHOWN = 5


def challenge_reply(texts: Texts, catalogue: Catalogue, shown: Shown) -> Reply:
    challenge = shown.challenge
    blocks: list[Block] = []
    if shown.is_daily:
        blocks.append(Text(texts.line("challenge.daily", phase=challenge.phase)))
    blocks.append(Heading(plain(challenge.title.in_(texts.language)), level=1))
    blocks.append(_facts(texts, catalogue.roadmap, shown))
    if shown.missing:
        titles = {
            one: catalogue.get(one).title.in_(texts.language) for one in shown.missing
        }
        needs = ", ".join(titles.values())
        blocks.append(Banner(texts.line("challenge.closed", needs=needs), Tone.WAITING))
        first = list(titles.items())[:BUTTONS_SHOWN]
        blocks.append(
            Buttons(tuple(show_button(texts, one, label=title) for one, title in first))
        )
        return Reply(blocks=tuple(blocks))
    if shown.is_solved:
        blocks.append(Banner(texts.line("challenge.solved"), Tone.GOOD))
    blocks.extend(blocks_of(challenge.statement.in_(texts.language)))
    blocks.extend(_rubric(texts, challenge))
    blocks.append(Buttons(_buttons(texts, challenge)))
    return Reply(blocks=tuple(blocks))


def stars(difficulty: int) -> str:
    return "★" * difficulty + "☆" * (5 - difficulty)


def _facts(texts: Texts, roadmap: Roadmap, shown: Shown) -> Fields:
    challenge = shown.challenge
    skill = roadmap.skill(challenge.skills[0]).name.in_(texts.language)
    facts: list[tuple[str, Line]] = [
        (texts("challenge.fact.phase"), plain(str(challenge.phase))),
        (texts("challenge.fact.skill"), inline(skill)),
        (
            texts("challenge.fact.difficulty"),
            plain(
                f"{stars(challenge.difficulty)} "
                + texts(f"challenge.difficulty.{challenge.difficulty}")
            ),
        ),
        (texts("challenge.fact.points"), plain(str(shown.points))),
    ]
    if shown.attempts:
        facts.append((texts("challenge.fact.attempts"), plain(str(shown.attempts))))
    if shown.hints_taken:
        taken = f"{shown.hints_taken}/{len(challenge.hints)}"
        facts.append((texts("challenge.fact.hints"), plain(taken)))
    return Fields(tuple(facts))


def _rubric(texts: Texts, challenge: Challenge) -> tuple[Block, ...]:
    """What readers of evidence look at: nobody is read by what they could not read."""
    if not challenge.rubric:
        return ()
    return (
        Heading(texts.line("challenge.rubric"), level=3),
        Bullets(
            tuple(
                (
                    *inline(one.text.in_(texts.language)),
                    *texts.line("challenge.rubric_points", n=one.points),
                )
                for one in challenge.rubric
            ),
            numbered=True,
        ),
    )


def _buttons(texts: Texts, challenge: Challenge) -> tuple[Button, ...]:
    buttons = [submit_button(texts, challenge)]
    if challenge.hints and challenge.kind is not Kind.QUIZ:
        buttons.append(hint_button(texts, challenge.id))
    return tuple(buttons)
