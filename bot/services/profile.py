"""A member at a glance."""

from dataclasses import dataclass

from bot.domain.badge import earned
from bot.domain.leaderboard import BEGINNING, Board, Period
from bot.domain.leadership import LeadershipScore, leadership_score
from bot.domain.member import Member
from bot.domain.streak import Streak, fold
from bot.services.badges import badge_rules
from bot.services.record import record_of
from bot.services.world import World


@dataclass(frozen=True, kw_only=True)
class MemberProfile:
    member: Member
    points: int
    solved: int
    rank: int | None
    """On the community's board of all time; None before the first points."""
    streak: Streak
    solved_by_phase: tuple[int, ...]
    """Solved challenges of phases 1 to 7."""
    challenges_by_phase: tuple[int, ...]
    badges: tuple[str, ...]
    """Ids of the earned ones, in the order of `bot.domain.badge.BADGES`."""
    leadership: LeadershipScore


async def read_profile(world: World, member: Member) -> MemberProfile:
    board = Board(
        community_id=member.community.id,
        period=Period.ALL_TIME,
        starts_on=BEGINNING,
    )
    async with world.unit_of_work() as unit:
        events = await unit.events.of_person(member.person_id)
        standing = await unit.boards.standing(board, member.id)
    record = record_of(events)
    phases = [phase.number for phase in world.catalogue.roadmap.phases]
    by_phase = [{one.id for one in world.catalogue.of_phase(n)} for n in phases]
    return MemberProfile(
        member=member,
        points=record.points,
        solved=len(record.solved),
        rank=standing.rank if standing else None,
        streak=fold(events, today=world.today_of(member)),
        solved_by_phase=tuple(len(ids & record.solved) for ids in by_phase),
        challenges_by_phase=tuple(map(len, by_phase)),
        badges=earned(events, badge_rules(world.catalogue)),
        leadership=leadership_score(events),
    )
