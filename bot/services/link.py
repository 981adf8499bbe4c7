"""Join one person's accounts: a code that one shows, and the other enters.

Neither side's log is changed: from now on both are read as one, and the boards are
brought to what that comes to, in the same transaction.
"""

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import scrypt

from bot.domain.event import Event, EventKind
from bot.domain.leaderboard import Board
from bot.domain.link import CODE_LASTS, MOST_TOGETHER, MOST_TRIES, PersonLink
from bot.domain.member import Member
from bot.domain.notice import NoticeKind
from bot.domain.totals import Total, Totals, changed, totals
from bot.services.errors import MemberNotFound, Refused
from bot.services.notify import notify
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.world import World

# Crockford's 32 letters: without I, L, O and U, which are read for others.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 8
_READ_FOR = str.maketrans("OIL", "011", " -–—")
# Ten milliseconds for us; whoever stole the table would try the 32^8 codes for years.
_WORK = 2**12


@dataclass(frozen=True, kw_only=True)
class LinkCode:
    text: str
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class Linked:
    """A link as its sides see it."""

    id: int
    one: Member
    other: Member
    settings_of: Member
    """Whose settings hold for both: who came first."""


async def make_code(world: World, member: Member) -> LinkCode:
    """A new one, in place of the one before."""
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    digest = await _digest(code)
    ends_at = world.now() + CODE_LASTS
    async with world.unit_of_work() as unit:
        await unit.link_codes.put(digest, member.id, ends_at)
        await unit.commit()
    half = CODE_LENGTH // 2
    return LinkCode(text=f"{code[:half]}-{code[half:]}", ends_at=ends_at)


async def whose_code(world: World, member: Member, typed: str) -> Member:
    """With whom it would link, for the person to look at before they do.

    Whoever is talked into entering a stranger's code would give away all they have.
    Raises Refused, as `link` does.
    """
    digest = await _tried(world, member, typed)
    async with world.unit_of_work() as unit:
        other = await _whose(unit, digest, world.now())
        await _require_joinable(unit, member, other)
    return other


async def link(world: World, member: Member, typed: str) -> Linked:
    """Raises Refused: link_code_unknown, link_tries, link_same_person,
    link_same_community, link_too_many.
    """
    digest = await _tried(world, member, typed)
    at = world.now()
    async with world.unit_of_work() as unit:
        other = await _whose(unit, digest, at)
        await unit.links.lock([member.person_id, other.person_id])
        # Taken only by who holds both: a person who is being deleted is held, and
        # takes the code along.
        if await unit.link_codes.take(digest, at) is None:
            raise Refused("link_code_unknown")
        member = await unit.members.get(member.id)
        await _require_joinable(unit, member, other)
        before = await _totals_of(unit, member, other)
        made = await unit.links.join(other.person_id, member.person_id, at)
        await unit.boards.put(changed(before, await _totals_of(unit, member)))
        linked = await _linked(unit, made)
        for here, there in ((member, other), (other, member)):
            await unit.events.append(
                _event(world, EventKind.ACCOUNT_LINKED, made.id, here, there)
            )
        await notify(unit, other, NoticeKind.ACCOUNT_LINKED, at, **_where(member))
        await unit.commit()
    return linked


async def links_of(world: World, member: Member) -> Sequence[Linked]:
    """Oldest first."""
    async with world.unit_of_work() as unit:
        standing = await unit.links.standing(member.person_id)
        return [await _linked(unit, one) for one in standing]


async def unlink(world: World, member: Member, link_id: int) -> Linked:
    """Both sides as they were, each with what it has done since.

    There is no last day for it: nothing is lost by linking that would have to be kept.
    Raises Refused(link_gone).
    """
    at = world.now()
    async with world.unit_of_work() as unit:
        await unit.links.lock([member.person_id])
        standing = await unit.links.standing(member.person_id)
        found = next((one for one in standing if one.id == link_id), None)
        if found is None:
            raise Refused("link_gone")
        linked = await _linked(unit, found)
        before = await _totals_of(unit, member)
        await unit.links.undo(link_id, at)
        after = await _totals_of(unit, linked.one, linked.other)
        await unit.boards.put(changed(before, after))
        sides = (linked.one, linked.other)
        for here, there in (sides, sides[::-1]):
            await unit.events.append(
                _event(world, EventKind.ACCOUNT_UNLINKED, link_id, here, there)
            )
            if here.id != member.id:
                await notify(
                    unit, here, NoticeKind.ACCOUNT_UNLINKED, at, **_where(there)
                )
        await unit.commit()
    return linked


async def _digest(code: str) -> bytes:
    return await asyncio.to_thread(
        scrypt, code.encode(), salt=b"cordada link", n=_WORK, r=8, p=1, dklen=32
    )


async def _tried(world: World, member: Member, typed: str) -> bytes:
    """The digest of what was typed, which counts as a try before it is looked at."""
    async with world.unit_of_work() as unit:
        tries = await unit.link_codes.count_try(
            member.person_id, world.now(), CODE_LASTS
        )
        await unit.commit()
    if tries > MOST_TRIES:
        raise Refused("link_tries", minutes=int(CODE_LASTS.total_seconds()) // 60)
    # No more of it than a code could have: the rest would only cost time.
    return await _digest(typed.upper().translate(_READ_FOR)[: CODE_LENGTH + 1])


async def _whose(unit: UnitOfWork, digest: bytes, at: datetime) -> Member:
    other_id = await unit.link_codes.find(digest, at)
    if other_id is None:
        raise Refused("link_code_unknown")
    try:
        return await unit.members.get(other_id)
    except MemberNotFound:
        # They have had everything deleted since.
        raise Refused("link_code_unknown") from None


async def _require_joinable(unit: UnitOfWork, member: Member, other: Member) -> None:
    mine = await unit.members.of_person(member.person_id)
    theirs = await unit.members.of_person(other.person_id)
    if other.person_id in {one.person_id for one in mine}:
        raise Refused("link_same_person")
    here = {one.community.id for one in mine}
    for one in theirs:
        if one.community.id in here:
            # One person twice on a board would be worth more than once.
            raise Refused("link_same_community", community=one.community.name)
    if len({one.person_id for one in (*mine, *theirs)}) > MOST_TOGETHER:
        raise Refused("link_too_many", most=MOST_TOGETHER)


async def _totals_of(unit: UnitOfWork, *members: Member) -> Totals:
    """Of people who are nobody of each other's."""
    found: dict[tuple[Board, int], Total] = {}
    for one in members:
        events = await unit.events.of_person(one.person_id)
        everywhere = await unit.members.of_person(one.person_id)
        found |= totals(events, {each.id: each.community.id for each in everywhere})
    return found


async def _linked(unit: UnitOfWork, made: PersonLink) -> Linked:
    members = await unit.members.of_person(made.person_id)
    first = min(one.person_id for one in members)

    def newest(person_id: int) -> Member:
        return [one for one in members if one.person_id == person_id][-1]

    return Linked(
        id=made.id,
        one=newest(made.person_id),
        other=newest(made.other_id),
        settings_of=newest(first),
    )


def _event(
    world: World, kind: EventKind, link_id: int, here: Member, there: Member
) -> Event:
    return Event(
        kind=kind,
        key=f"{kind}:{link_id}:{here.id}",
        person_id=here.person_id,
        member_id=here.id,
        occurred_at=world.now(),
        local_on=world.today_of(here),
        facts={"link": link_id, "platform": there.community.platform},
    )


def _where(member: Member) -> Mapping[str, str]:
    return {
        "platform": member.community.platform,
        "community": member.community.name,
    }
