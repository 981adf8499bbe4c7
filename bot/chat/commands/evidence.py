"""What phase 7 asks beside its challenges, what is there of it, and its sum."""

from bot.chat.reply import Block, Bullets, Heading, Text
from bot.chat.texts import Texts
from bot.domain.leadership import LeadershipScore, has_led
from bot.services.roadmap import RoadmapView


def evidence_blocks(texts: Texts, view: RoadmapView) -> tuple[Block, ...]:
    title = "evidence.enough" if has_led(view.evidence) else "evidence.title"
    return (
        Heading(texts.line(title), level=3),
        Bullets(
            tuple(
                texts.line(f"evidence.{one.evidence}", given=one.given, asked=one.asked)
                for one in view.evidence
            )
        ),
        Text(texts.line("leadership.score", total=view.leadership.total)),
        Text(texts.line("leadership.parts", **leadership_parts(view.leadership))),
    )


def leadership_parts(score: LeadershipScore) -> dict[str, int]:
    return {
        "reviews": score.reviews,
        "mentoring": score.mentoring,
        "progress": score.progress,
        "contributions": score.contributions,
    }
