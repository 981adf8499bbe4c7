"""What a press of `/review` names, and how a challenge is called."""

from uuid import UUID

from bot.chat.context import Context
from bot.services.errors import ReviewNotFound
from challenges.challenge import Challenge


def uuid_in(typed: str) -> UUID:
    """Raises ReviewNotFound for what is none."""
    try:
        return UUID(typed)
    except ValueError:
        raise ReviewNotFound(typed) from None


def title_of(context: Context, challenge_id: str) -> str:
    challenge = challenge_of(context, challenge_id)
    return challenge_id if challenge is None else challenge.title.in_(context.language)


def challenge_of(context: Context, challenge_id: str) -> Challenge | None:
    """None for one that has left the catalogue."""
    catalogue = context.world.catalogue
    return catalogue.get(challenge_id) if catalogue.has(challenge_id) else None
