from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.calendar import Days
from bot.domain.event import EventKind
from bot.domain.leaderboard import Period
from bot.domain.member import Community, Member
from bot.services.browse import browse
from bot.services.change_settings import Change, change_settings
from bot.services.enter import enter
from bot.services.errors import Refused, SubmissionNotFound
from bot.services.hints import take_hint
from bot.services.history import history, own_submission
from bot.services.leaderboard import read_board
from bot.services.ports.members import Account
from bot.services.profile import read_profile
from bot.services.roadmap import read_progress
from bot.services.show import show
from bot.services.solution import open_solution
from bot.services.today import today, todays_daily
from bot.services.world import World
from tests.fakes.catalogue import RIGHT, WRONG
from tests.fakes.clock import FakeClock
from tests.fakes.storage.store import FakeStore
from tests.unit.services.conftest import ADA, Play

BEN = Account(platform="web", external_id="ben", name="Ben")


async def test_entering_twice_joins_once(world: World, store: FakeStore) -> None:
    first = await enter(world, ADA, "home")
    second = await enter(world, ADA, "home")
    assert first.id == second.id
    assert len(store.events) == 1


async def test_the_daily_is_the_same_all_day_and_for_everyone(
    world: World, ada: Member
) -> None:
    ben = await enter(world, BEN, "home")
    shown = [(await today(world, one)).challenge.id for one in (ada, ben, ada)]
    assert len(set(shown)) == 1
    assert shown[0] == "add-up", "what requires it comes later"


async def test_a_phase_without_challenges_says_so(world: World, ada: Member) -> None:
    moved = replace(ada, phase=5)
    with pytest.raises(Refused, match="no_challenges"):
        await today(world, moved)


async def test_showing_a_challenge_puts_it_in_hand(
    world: World, ada: Member, store: FakeStore
) -> None:
    await show(world, ada, "add-up")
    assert store.members[ada.id].focus == "add-up"


async def test_showing_a_challenge_undoes_no_setting_made_meanwhile(
    world: World, ada: Member
) -> None:
    await change_settings(world, ada, Change(hidden=True))
    await show(world, ada, "add-up")
    now = await enter(world, ADA, "home")
    assert (now.hidden, now.focus) == (True, "add-up")


async def test_a_closed_challenge_is_not_taken_in_hand(
    world: World, ada: Member, store: FakeStore
) -> None:
    shown = await show(world, ada, "add-more")
    assert shown.missing == ("add-up",)
    assert store.members[ada.id].focus is None


async def test_hints_come_one_by_one_and_end(world: World, ada: Member) -> None:
    taken = [await take_hint(world, ada, "add-up") for _ in range(3)]
    assert [len(one.hints) for one in taken] == [1, 2, 2]
    assert [one.remaining for one in taken] == [1, 0, 0]


async def test_hints_are_free_after_solving(
    world: World, ada: Member, play: Play, store: FakeStore
) -> None:
    await play(ada, RIGHT)
    events_before = len(store.events)
    assert (await take_hint(world, ada, "add-up")).is_free
    assert len(store.events) == events_before


async def test_a_solution_stays_closed_until_solved_or_given_up(
    world: World, ada: Member, play: Play
) -> None:
    with pytest.raises(Refused, match="not_solved"):
        await open_solution(world, ada, "add-up", gives_up=False)
    await play(ada, RIGHT)
    opened = await open_solution(world, ada, "add-up", gives_up=False)
    assert opened.solution == RIGHT


async def test_a_review_has_no_solution(world: World, ada: Member) -> None:
    with pytest.raises(Refused, match="no_solution"):
        await open_solution(world, ada, "open-source", gives_up=True)


async def test_browsing_tells_what_is_solved_and_what_is_closed(
    world: World, ada: Member
) -> None:
    listed = await browse(world, ada, phase=1, text="", language="es")
    assert [(one.challenge.id, one.is_open) for one in listed] == [
        ("add-up", True),
        ("add-more", False),
    ]


async def test_history_is_newest_first_and_ones_own(
    world: World, ada: Member, play: Play
) -> None:
    ben = await enter(world, BEN, "home")
    judged = await play(ada, WRONG)
    assert [one.id for one in await history(world, ada, None)] == [judged.id]
    assert await history(world, ben, None) == []
    with pytest.raises(SubmissionNotFound):
        await own_submission(world, ben, judged.id)


async def test_a_hidden_member_is_on_no_board_but_sees_themselves(
    world: World, ada: Member, play: Play
) -> None:
    ben = await enter(world, BEN, "home")
    await play(ada, RIGHT)
    hidden = await change_settings(world, ada, Change(hidden=True))
    seen_by_ben = await read_board(world, ben, period=Period.WEEK, phase=None)
    seen_by_ada = await read_board(world, hidden, period=Period.WEEK, phase=None)
    assert seen_by_ben.top == []
    assert seen_by_ada.own is not None


async def test_a_profile_counts_by_phase(world: World, ada: Member, play: Play) -> None:
    await play(ada, RIGHT)
    profile = await read_profile(world, ada)
    assert (profile.solved, profile.points, profile.rank) == (1, 80, 1)
    assert profile.solved_by_phase == (1, 0, 0, 0, 0, 0, 0)
    assert profile.challenges_by_phase == (2, 0, 0, 0, 0, 0, 2)


async def test_progress_spans_the_whole_roadmap(
    world: World, ada: Member, play: Play
) -> None:
    await play(ada, RIGHT)
    phases = await read_progress(world, ada)
    assert sum(phase.share.total for phase in phases) == 76
    assert phases[0].share.mastered == 1


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("America/Bogota", "America/Bogota"),
        ("america/bogota", "America/Bogota"),
        ("Madrid", "Europe/Madrid"),
        ("mexico city", "America/Mexico_City"),
    ],
)
async def test_a_zone_is_understood_by_its_city(
    world: World, ada: Member, typed: str, zone: str
) -> None:
    changed = await change_settings(world, ada, Change(time_zone=typed))
    assert changed.zone == zone


async def test_a_zone_that_is_chosen_turns_the_days_of_all_of_a_persons_communities(
    world: World, ada: Member, clock: FakeClock
) -> None:
    elsewhere = await enter(world, ADA, "elsewhere")
    moved = await change_settings(world, ada, Change(time_zone="Pacific/Kiritimati"))
    assert moved.date_of(clock()) == elsewhere.date_of(clock())
    clock.advance(timedelta(days=1))
    late = await enter(world, ADA, "elsewhere")
    assert late.date_of(clock()) == moved.date_of(clock())


async def test_a_new_zone_counts_from_the_next_day(
    world: World, ada: Member, clock: FakeClock, store: FakeStore
) -> None:
    assert world.today_of(ada).isoformat() == "2026-03-02"
    # Already the third in Kiritimati.
    moved = await change_settings(world, ada, Change(time_zone="Pacific/Kiritimati"))
    clock.advance(timedelta(hours=4))
    assert world.today_of(moved).isoformat() == "2026-03-02"
    clock.advance(timedelta(hours=15))
    assert world.today_of(moved).isoformat() == "2026-03-03"
    (changed,) = [e for e in store.events.values() if e.kind is EventKind.ZONE_CHANGED]
    assert changed.local_on.isoformat() == "2026-03-03"


async def test_the_zone_that_a_platform_tells_is_followed_once(
    world: World, ada: Member, store: FakeStore
) -> None:
    travelled = replace(ADA, time_zone="Asia/Tokyo")
    for _ in range(3):
        seen = await enter(world, travelled, "home")
    assert seen.calendar is not None
    assert seen.calendar.last_wish == Days(zone="Asia/Tokyo")
    changes = [e for e in store.events.values() if e.kind is EventKind.ZONE_CHANGED]
    assert len(changes) == 1


async def test_a_zone_that_is_none_is_refused_and_nothing_changes(
    world: World, ada: Member, store: FakeStore
) -> None:
    with pytest.raises(Refused, match="unknown_zone"):
        await change_settings(world, ada, Change(time_zone="Narnia", hidden=True))
    assert not store.members[ada.id].hidden


async def test_communities_keep_their_dailies_apart(world: World, ada: Member) -> None:
    other = await enter(world, ADA, "away")
    assert isinstance(other.community, Community)
    assert other.community.id != ada.community.id
    await today(world, ada)
    assert (await todays_daily(world, other)).community_id != ada.community.id
