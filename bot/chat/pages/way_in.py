"""From chat to the pages: an address that signs a member in, once."""

from bot.chat.pages.links import page_path, sign_in_path
from bot.domain.member import Member
from bot.services.sign_in import make_link
from bot.services.world import World


async def way_in(world: World, member: Member, page: str = "boards") -> str:
    """Without the site's own address; an earlier one of theirs holds no longer."""
    secret = await make_link(world, member)
    return sign_in_path(secret, page_path(member.community.id, page))
