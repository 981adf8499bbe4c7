"""What was reported of pairings, for organisers: those whom it is not about."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.member import Member
from bot.domain.pairing.report import MentorReport
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.world import World


@dataclass(frozen=True, kw_only=True)
class ReportView:
    report: MentorReport
    by: Member
    about: Member


async def read_reports(world: World, organiser: Member) -> Sequence[ReportView]:
    """Not settled yet, the oldest first."""
    async with world.unit_of_work() as unit:
        return await _readable(unit, organiser)


async def settle_report(
    world: World, organiser: Member, report_id: int
) -> Sequence[ReportView]:
    """What is left. One that they may not read stays as it is."""
    async with world.unit_of_work() as unit:
        left = await _readable(unit, organiser)
        if any(one.report.id == report_id for one in left):
            await unit.mentor_reports.settle(report_id, world.now())
            await unit.commit()
    return [one for one in left if one.report.id != report_id]


async def _readable(unit: UnitOfWork, organiser: Member) -> Sequence[ReportView]:
    found = []
    for report in await unit.mentor_reports.unsettled(organiser.community.id):
        pairing = await unit.pairings.get(report.pairing_id)
        if pairing is None:
            continue
        about = await unit.members.get(pairing.other_than(report.member_id))
        if about.id == organiser.id:
            # Who reports an organiser is read by the others.
            continue
        by = await unit.members.get(report.member_id)
        found.append(ReportView(report=report, by=by, about=about))
    return found
