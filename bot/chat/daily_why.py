"""Why a daily is the one that it is, in words."""

from datetime import date

from bot.chat.buttons import action, show_button
from bot.chat.reply import Bullets, Button, Buttons, Heading, Line, Reply, Text
from bot.chat.texts import Texts
from bot.domain.daily import Daily
from bot.services.world import World


def why_button(
    texts: Texts, phase: int | None = None, on: date | None = None
) -> Button:
    """Of a post that may be old by the time it is pressed, with its phase and date."""
    asked = {"view": "why"}
    if phase is not None and on is not None:
        asked |= {"phase": str(phase), "on": on.isoformat()}
    return Button(texts("daily.button.why"), action("challenge", "today", **asked))


def another_button(texts: Texts) -> Button:
    return Button(texts("daily.button.another"), action("challenge", "another"))


def read_date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def why_reply(texts: Texts, world: World, daily: Daily) -> Reply:
    challenge = world.catalogue.get(daily.challenge_id)
    title = challenge.title.in_(texts.language)
    reasons: list[Line] = []
    if daily.total:
        reasons.append(
            texts.line(
                "daily.why.round", left=daily.left, total=daily.total, phase=daily.phase
            )
        )
    if daily.waiting:
        reasons.append(texts.line("daily.why.waiting", n=daily.waiting))
    if daily.weak_skill is not None:
        skill = world.catalogue.roadmap.skill(daily.weak_skill)
        name = skill.name.in_(texts.language)
        reasons.append(texts.line("daily.why.weak", skill=name))
    reasons.append(texts.line("daily.why.drawn"))
    return Reply(
        blocks=(
            Heading(texts.line("daily.why.title", title=title)),
            Bullets(tuple(reasons)),
            Text(texts.line("daily.why.another")),
            Buttons((show_button(texts, challenge.id), another_button(texts))),
        )
    )
