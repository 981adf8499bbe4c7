"""A member at a glance, for themselves and for those whom they let."""

from collections.abc import Mapping

from starlette.requests import Request

from bot.chat.pages.visitor import NotHere, Visitor
from bot.services.member_page import read_member
from bot.services.profile import read_profile
from bot.services.world import World


async def profile_facts(
    world: World, visitor: Visitor, request: Request
) -> Mapping[str, object]:
    """Raises NotHere: no such member, another community's, or one who is hidden."""
    reader = visitor.member
    if reader is None:
        raise NotHere
    wanted = request.path_params.get("member", reader.id)
    shown = reader if wanted == reader.id else await read_member(world, reader, wanted)
    if shown is None:
        raise NotHere
    profile = await read_profile(world, shown)
    roadmap = world.catalogue.roadmap
    return {
        "profile": profile,
        "is_own": shown.id == reader.id,
        "phases": [
            (phase, solved, total)
            for phase, solved, total in zip(
                roadmap.phases,
                profile.solved_by_phase,
                profile.challenges_by_phase,
                strict=True,
            )
        ],
    }
