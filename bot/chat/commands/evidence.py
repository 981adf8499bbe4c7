"""What phase 7 asks beside its challenges, and what is there of it."""

from bot.chat.reply import Block, Bullets, Heading
from bot.chat.texts import Texts
from bot.domain.leadership import has_led
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
    )
