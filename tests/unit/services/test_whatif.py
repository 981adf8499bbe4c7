from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.event import EventKind
from bot.domain.leaderboard import Board, Period, starts_on
from bot.domain.member import Member
from bot.domain.score import RULES, ScoreRules
from bot.domain.whatif import BoardPlace
from bot.log_command import season_named
from bot.services.change_settings import Change, change_settings
from bot.services.enter import enter
from bot.services.hints import take_hint
from bot.services.keep_score import Difference
from bot.services.rebuild import Mended, OtherPhase, StruckBadge, rebuild
from bot.services.try_rules import Tried, try_rules
from bot.services.world import World
from tests.contract.given import earn
from tests.fakes.catalogue import RIGHT, WRONG
from tests.fakes.clock import A_MONDAY
from tests.fakes.storage.store import FakeStore
from tests.unit.services.conftest import ADA, Play


async def tried(world: World, member: Member, rules: ScoreRules) -> Tried:
    board = Board(
        community_id=member.community.id,
        period=Period.SEASON,
        starts_on=starts_on(Period.SEASON, A_MONDAY.date()),
    )
    return await try_rules(world.unit_of_work, board, rules)


async def test_a_dearer_hint_moves_those_who_took_one(
    world: World, ada: Member, play: Play
) -> None:
    ben = await enter(world, replace(ADA, external_id="ben", name="Ben"), "home")
    await take_hint(world, ada, "add-up")
    await take_hint(world, ada, "add-up")
    await play(ada, RIGHT)
    await earn(world.unit_of_work, ben, 60)
    found = await tried(world, ada, replace(RULES, hint_percent=20))
    assert [found.names[move.member_id] for move in found.moves] == ["Ben", "Ada"]
    assert found.moves[1].real == BoardPlace(rank=1, points=64)
    assert found.moves[1].tried == BoardPlace(rank=2, points=48)
    # Ben's does not say what it took: it counts as it did, and that is said.
    assert found.unweighed == 1


async def test_the_rules_in_force_change_nothing(
    world: World, ada: Member, play: Play
) -> None:
    await play(ada, RIGHT)
    await earn(world.unit_of_work, ada, 30, kind=EventKind.POINTS_GRANTED)
    found = await tried(world, ada, RULES)
    assert [move.real for move in found.moves] == [BoardPlace(rank=1, points=110)]
    assert all(move.real == move.tried for move in found.moves)


async def test_the_hidden_are_in_no_trial(
    world: World, ada: Member, play: Play
) -> None:
    await play(ada, RIGHT)
    await change_settings(world, ada, Change(hidden=True))
    assert (await tried(world, ada, RULES)).moves == []


async def test_another_season_is_empty(world: World, ada: Member, play: Play) -> None:
    later = replace(ada, joined_at=A_MONDAY)
    play.world = replace(play.world, now=lambda: A_MONDAY + timedelta(days=60))
    await play(later, RIGHT)
    assert (await tried(world, ada, RULES)).moves == []


async def test_a_rebuild_tells_what_was_not_as_the_log_says(
    world: World, ada: Member, play: Play, store: FakeStore
) -> None:
    await play(ada, RIGHT)
    assert (await rebuild(world, lambda _: None)).is_as_the_log_says
    (board, member_id), total = next(iter(store.totals.items()))
    store.totals[board, member_id] = replace(total, points=1)
    told: list[Mended] = []
    rebuilt = await rebuild(world, told.append)
    assert (rebuilt.people, rebuilt.totals) == (1, 1)
    (one,) = told
    assert isinstance(one, Difference)
    assert (one.board, one.kept.points, one.folded) == (board, 1, total)
    assert store.totals[board, member_id] == total


async def test_a_struck_badge_and_another_phase_are_found_and_mended(
    world: World, ada: Member, play: Play, store: FakeStore
) -> None:
    await play(ada, WRONG)
    await play(ada, RIGHT)
    played = dict(store.events)
    del store.events[f"badge:{ada.person_id}:first_light"]
    async with world.unit_of_work() as unit:
        await unit.members.save(replace(ada, phase=4))
        await unit.commit()
    told: list[Mended] = []
    rebuilt = await rebuild(world, told.append)
    assert (rebuilt.phases, rebuilt.badges) == (1, 1)
    assert told == [
        OtherPhase(member_id=ada.id, kept=4, folded=1),
        StruckBadge(member_id=ada.id, badge="first_light"),
    ]
    # It stands there as it was given then, and not as of today.
    assert store.events == played
    assert (await rebuild(world, lambda _: None)).is_as_the_log_says


@pytest.mark.parametrize(
    ("named", "on"), [("2026-Q3", "2026-07-01"), (" 2026-08-17", "2026-07-01")]
)
def test_a_season_is_named_by_its_quarter_or_a_day_in_it(named: str, on: str) -> None:
    assert starts_on(Period.SEASON, season_named(named)).isoformat() == on


@pytest.mark.parametrize("named", ["2026-Q5", "summer", "2026-Q"])
def test_what_names_no_season_is_refused(named: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of date's own, with its own words
        season_named(named)
