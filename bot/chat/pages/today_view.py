"""Today's challenges, to read; they are answered in chat."""

from collections.abc import Mapping

from starlette.requests import Request

from bot.chat.challenge_view import challenge_reply
from bot.chat.pages.links import page_path
from bot.chat.pages.visitor import NotHere, Visitor
from bot.chat.reply import Block, Buttons, Heading, Select
from bot.services.read_today import read_today
from bot.services.world import World


async def today_facts(
    world: World, visitor: Visitor, request: Request
) -> Mapping[str, object]:
    """Raises NotHere for a phase that there is not."""
    member = visitor.member
    if member is None:
        raise NotHere
    community_id = member.community.id
    asked = request.query_params.get("phase", str(member.phase))
    if asked not in {str(phase.number) for phase in world.catalogue.roadmap.phases}:
        raise NotHere
    view = await read_today(world, member, int(asked))
    title = ""
    blocks: tuple[Block, ...] = ()
    if view.shown is not None:
        title = view.shown.challenge.title.in_(visitor.language)
        reply = challenge_reply(visitor.texts, world.catalogue, view.shown)
        # What is pressed belongs to chat; here one reads.
        blocks = tuple(
            block
            for block in reply.blocks
            if not isinstance(block, Buttons | Select)
            # The page's own heading says it.
            and not (isinstance(block, Heading) and block.level == 1)
        )

    def to(phase: int) -> str:
        return visitor.url(page_path(community_id, "today", phase=phase))

    return {
        "title": title,
        "blocks_shown": blocks,
        "phase": int(asked),
        "phases": view.phases,
        "to": to,
    }
