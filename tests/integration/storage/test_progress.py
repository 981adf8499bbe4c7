"""Phases and badges on PostgreSQL, with verdicts that come at the same moment."""

import asyncio
from collections import Counter

from bot.domain.badge import earned
from bot.domain.event import EventKind
from bot.services.badges import badge_rules
from bot.services.enter import enter
from bot.services.judge_submission import judge_submission
from bot.services.placement import read_placement, start_placement
from bot.services.ports.members import Account
from bot.services.submit import NewSubmission, submit
from bot.services.world import World
from bot.storage.database import create_engine
from bot.storage.unit_of_work import unit_of_work_factory
from tests.fakes.catalogue import RIGHT, FakeJudge
from tests.fakes.clock import FakeClock
from tests.fakes.phases import PHASE_TWO, catalogue_of_phases

ADA = Account(platform="web", external_id="ada", name="Ada")


async def test_verdicts_at_one_moment_promote_once_and_give_each_badge_once(
    database_url: str,
) -> None:
    engine = create_engine(database_url)
    world = World(
        unit_of_work=unit_of_work_factory(engine),
        now=FakeClock(),
        catalogue=catalogue_of_phases(),
        submissions_per_minute=99,
    )
    member = await enter(world, ADA, "home")

    async def solve_together(*asked: str) -> None:
        handed_in = [
            await submit(
                world,
                member,
                NewSubmission(challenge_id=one, source=RIGHT, place={}),
            )
            for one in asked
        ]
        await asyncio.gather(
            # Twice each: a worker that was thought dead was not.
            *(
                judge_submission(world, FakeJudge(), one.submission.id)
                for one in handed_in
                for _ in range(2)
            )
        )

    await solve_together("add-up", "sums")
    await start_placement(world, member, 3)
    await solve_together(*PHASE_TWO)
    view = await read_placement(world, member, 3)
    async with world.unit_of_work() as unit:
        log = await unit.events.of_person(member.person_id)
        now = await unit.members.get(member.id)
        due = await unit.phase_roles.due(["web"], limit=9)
    await engine.dispose()
    moves = [
        (one.facts["from"], one.facts["to"], one.facts["how"])
        for one in log
        if one.kind is EventKind.PHASE_CHANGED
    ]
    assert moves == [(1, 2, "promoted"), (2, 3, "placed")]
    assert now.phase == 3
    assert view.is_reached
    assert [one.member_id for one in due] == [member.id]
    given = Counter(
        str(one.facts["badge"]) for one in log if one.kind is EventKind.BADGE_EARNED
    )
    assert set(given.values()) == {1}
    assert set(given) == set(earned(log, badge_rules(world.catalogue)))
