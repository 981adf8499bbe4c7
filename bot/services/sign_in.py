"""Sign in on the web pages with a one-time link from chat.

chat: make_link ──► link ──► who_signs_in (a look, spends nothing)
                                  │ pressed
                               sign_in ──► secret for the browser ──► signed_in
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from bot.domain.member import Member
from bot.services.world import World

# 256 random bits: nobody guesses one, so guesses need not be counted to be safe.
SECRET_BYTES = 32
# Time to change from a phone to a computer, and little for whoever finds it later.
LINK_LASTS = timedelta(minutes=10)
# A month of play without signing in again; a lost telephone is out by then, too.
SIGN_IN_LASTS = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    secret: str
    """For the browser's cookie alone; we keep its digest."""
    member: Member
    ends_at: datetime


async def make_link(world: World, member: Member) -> str:
    """The secret of the member's new link; an earlier one holds no longer."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    async with world.unit_of_work() as unit:
        await unit.sign_in_links.put(
            digest_of(secret), member.id, world.now() + LINK_LASTS
        )
        await unit.commit()
    return secret


async def who_signs_in(world: World, secret: str) -> Member | None:
    """Spends nothing: chats look at links by themselves, to show what is behind."""
    async with world.unit_of_work() as unit:
        member_id = await unit.sign_in_links.find(digest_of(secret), world.now())
        return None if member_id is None else await unit.members.get(member_id)


async def sign_in(world: World, secret: str, before: str = "") -> SignedIn | None:
    """A new secret for the browser, never the one it came with.

    `before` is what its cookie holds now, which ends here. None for a link that was
    used, is over or never was.
    """
    at = world.now()
    async with world.unit_of_work() as unit:
        member_id = await unit.sign_in_links.take(digest_of(secret), at)
        if member_id is None:
            return None
        if before:
            await unit.sign_ins.end(digest_of(before))
        new = secrets.token_urlsafe(SECRET_BYTES)
        ends_at = at + SIGN_IN_LASTS
        await unit.sign_ins.start(digest_of(new), member_id, at, ends_at)
        member = await unit.members.get(member_id)
        await unit.commit()
    return SignedIn(secret=new, member=member, ends_at=ends_at)


async def signed_in(
    world: World, secret: str, community_id: int | None = None
) -> Member | None:
    """Who a cookie speaks for; None in a community that the person is not part of."""
    if not secret:
        return None
    async with world.unit_of_work() as unit:
        member_id = await unit.sign_ins.member_id(
            digest_of(secret), world.now(), community_id
        )
        return None if member_id is None else await unit.members.get(member_id)


async def sign_out(world: World, secret: str) -> None:
    async with world.unit_of_work() as unit:
        await unit.sign_ins.end(digest_of(secret))
        await unit.commit()


async def sign_out_everywhere(world: World, member: Member) -> None:
    async with world.unit_of_work() as unit:
        await unit.sign_ins.end_all(member.person_id)
        await unit.commit()


def digest_of(secret: str) -> bytes:
    # No salt and no slow function: the secret is random, not a word that one guesses.
    return sha256(secret.encode(errors="replace")).digest()
