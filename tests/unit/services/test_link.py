"""Accounts become one person, and two again; strangers stay strangers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.event import Event, EventKind
from bot.domain.leaderboard import Period
from bot.domain.link import CODE_LASTS, MOST_TOGETHER, MOST_TRIES
from bot.domain.member import Member
from bot.domain.notice import NoticeKind
from bot.domain.totals import Totals, board_facts, totals
from bot.services.enter import enter
from bot.services.errors import Refused
from bot.services.keep_score import keep_score
from bot.services.leaderboard import read_board
from bot.services.link import link, links_of, make_code, unlink, whose_code
from bot.services.ports.members import Account
from bot.services.profile import read_profile
from bot.services.streaks import read_streak
from bot.services.world import World
from tests.fakes.catalogue import RIGHT, fake_catalogue
from tests.fakes.clock import A_MONDAY, FakeClock
from tests.fakes.storage.store import FakeStore
from tests.fakes.unit_of_work import fake_unit_of_work_factory
from tests.unit.services.conftest import Play


async def on(world: World, platform: str, name: str = "ada") -> Member:
    account = Account(platform=platform, external_id=name, name=name.title())
    return await enter(world, account, f"{platform}-home")


async def joined(world: World, one: Member, other: Member) -> int:
    code = await make_code(world, one)
    return (await link(world, other, code.text)).id


async def refused(world: World, member: Member, typed: str) -> str:
    with pytest.raises(Refused) as refusal:
        await link(world, member, typed)
    return refusal.value.reason


async def week(world: World, member: Member) -> int:
    view = await read_board(world, member, period=Period.WEEK, phase=None)
    return view.own.points if view.own else 0


async def test_who_solves_on_one_platform_sees_the_streak_on_the_other(
    world: World, play: Play, clock: FakeClock
) -> None:
    discord, slack = await on(world, "discord"), await on(world, "slack")
    await play(discord, RIGHT)
    clock.advance(timedelta(days=1))
    await joined(world, discord, slack)
    await play(slack, RIGHT, "add-more")
    for member in (discord, slack):
        assert (await read_streak(world, member)).current == 2
        profile = await read_profile(world, member)
        assert (profile.solved, profile.points) == (2, 80 + 120)


async def test_what_both_accounts_solved_counts_once_and_twice_again_when_undone(
    world: World, play: Play, clock: FakeClock
) -> None:
    discord, slack = await on(world, "discord"), await on(world, "slack")
    await play(slack, RIGHT)
    clock.advance(timedelta(hours=1))
    await play(discord, RIGHT)
    assert [await week(world, one) for one in (discord, slack)] == [80, 80]
    made = await joined(world, discord, slack)
    # The earliest counts, where it was solved.
    assert [await week(world, one) for one in (discord, slack)] == [0, 80]
    assert (await read_profile(world, discord)).points == 80
    await unlink(world, slack, made)
    assert [await week(world, one) for one in (discord, slack)] == [80, 80]


async def test_both_sides_are_told_where_the_other_is(
    world: World, store: FakeStore
) -> None:
    discord, slack = await on(world, "discord"), await on(world, "slack")
    made = await joined(world, discord, slack)
    (told,) = store.notices.values()
    assert (told.member_id, told.kind) == (discord.id, NoticeKind.ACCOUNT_LINKED)
    assert told.facts == {"platform": "slack", "community": "slack-home"}
    (seen,) = await links_of(world, slack)
    assert (seen.one.id, seen.other.id) == (discord.id, slack.id)
    assert seen.settings_of.id == discord.id
    await unlink(world, discord, made)
    last = list(store.notices.values())[-1]
    assert (last.member_id, last.kind) == (slack.id, NoticeKind.ACCOUNT_UNLINKED)
    kinds = [one.kind for one in store.events.values() if one.member_id == slack.id]
    assert kinds[1:] == [EventKind.ACCOUNT_LINKED, EventKind.ACCOUNT_UNLINKED]


async def test_a_code_is_read_however_it_is_typed(world: World) -> None:
    discord, slack = await on(world, "discord"), await on(world, "slack")
    code = await make_code(world, discord)
    typed = code.text.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert (await whose_code(world, slack, typed)).id == discord.id
    assert len((await link(world, slack, typed)).one.name) > 0


async def test_a_code_works_once_and_not_when_it_is_over_or_replaced(
    world: World, clock: FakeClock, store: FakeStore
) -> None:
    discord, slack, web = [await on(world, one) for one in ("discord", "slack", "web")]
    first = await make_code(world, discord)
    second = await make_code(world, discord)
    assert await refused(world, slack, first.text) == "link_code_unknown"
    await link(world, slack, second.text)
    assert await refused(world, web, second.text) == "link_code_unknown"
    late = await make_code(world, discord)
    clock.advance(CODE_LASTS)
    assert await refused(world, web, late.text) == "link_code_unknown"
    kept = repr(store.link_codes)
    assert late.text.replace("-", "") not in kept


async def test_guessing_is_stopped_even_when_the_last_guess_is_right(
    world: World, clock: FakeClock
) -> None:
    discord, thief = await on(world, "discord"), await on(world, "slack", "thief")
    code = await make_code(world, discord)
    for _ in range(MOST_TRIES):
        assert await refused(world, thief, "0000-0000") == "link_code_unknown"
    assert await refused(world, thief, code.text) == "link_tries"
    with pytest.raises(Refused):
        await whose_code(world, thief, code.text)
    clock.advance(CODE_LASTS)
    again = await make_code(world, discord)
    assert (await whose_code(world, thief, again.text)).id == discord.id


async def test_neither_ones_own_code_nor_a_circle_links(world: World) -> None:
    discord, slack, web = [await on(world, one) for one in ("discord", "slack", "web")]
    own = await make_code(world, discord)
    assert await refused(world, discord, own.text) == "link_same_person"
    await joined(world, discord, slack)
    await joined(world, slack, web)
    for one, other in ((web, discord), (discord, web), (slack, discord)):
        code = await make_code(world, one)
        assert await refused(world, other, code.text) == "link_same_person"


async def test_two_members_of_one_community_cannot_be_one_person(world: World) -> None:
    one, other = await on(world, "web", "ada"), await on(world, "web", "beta")
    code = await make_code(world, one)
    assert await refused(world, other, code.text) == "link_same_community"
    # Nor by way of a third account.
    slack = await on(world, "slack")
    await joined(world, one, slack)
    code = await make_code(world, slack)
    assert await refused(world, other, code.text) == "link_same_community"


async def test_a_refused_code_is_still_good(world: World) -> None:
    one, other = await on(world, "web", "ada"), await on(world, "web", "beta")
    code = await make_code(world, one)
    await refused(world, other, code.text)
    slack = await on(world, "slack")
    assert (await link(world, slack, code.text)).one.id == one.id


async def test_nobody_collects_accounts_without_end(world: World) -> None:
    first = await on(world, "p0")
    for number in range(1, MOST_TOGETHER):
        await joined(world, first, await on(world, f"p{number}"))
    code = await make_code(world, first)
    assert await refused(world, await on(world, "more"), code.text) == "link_too_many"


async def test_a_stranger_undoes_nothing(world: World) -> None:
    discord, slack = await on(world, "discord"), await on(world, "slack")
    made = await joined(world, discord, slack)
    stranger = await on(world, "discord", "stranger")
    with pytest.raises(Refused) as refusal:
        await unlink(world, stranger, made)
    assert refusal.value.reason == "link_gone"
    assert len(await links_of(world, slack)) == 1


@dataclass(frozen=True)
class Solve:
    account: int
    challenge: str
    day: int
    points: int


solves = st.lists(
    st.builds(
        Solve,
        account=st.integers(0, 2),
        challenge=st.sampled_from("abcd"),
        day=st.integers(0, 20),
        points=st.integers(0, 200),
    ),
    max_size=12,
)
pairs = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=3
)


@settings(max_examples=30, deadline=None)
@given(solves=solves, pairs=pairs)
async def test_links_and_their_undoing_leave_boards_and_logs_as_they_were(
    solves: Sequence[Solve], pairs: Sequence[tuple[int, int]]
) -> None:
    store = FakeStore()
    world = World(
        unit_of_work=fake_unit_of_work_factory(store),
        now=FakeClock(),
        catalogue=fake_catalogue(),
    )
    accounts = [await on(world, one) for one in ("discord", "slack", "web")]
    for number, solve in enumerate(solves):
        await _solve(world, accounts[solve.account], solve, number)
    before = [await _seen(world, one) for one in accounts]
    kept = await _kept(world, accounts)
    made = []
    for one, other in pairs:
        try:
            made.append(await joined(world, accounts[one], accounts[other]))
        except Refused:
            continue
        assert await _kept(world, accounts) == await _folded(world, accounts)
    for link_id in made[1:] + made[:1]:
        (owner,) = [one for one in accounts if link_id in await _link_ids(world, one)][
            :1
        ]
        await unlink(world, owner, link_id)
    assert await _kept(world, accounts) == kept
    assert [await _seen(world, one) for one in accounts] == before


async def _solve(world: World, member: Member, solve: Solve, number: int) -> None:
    at = A_MONDAY + timedelta(days=solve.day, seconds=number)
    async with world.unit_of_work() as unit:
        before = await unit.events.of_person(member.person_id)
        event = Event(
            kind=EventKind.SOLVED,
            key=f"solved:{member.person_id}:{solve.challenge}",
            person_id=member.person_id,
            member_id=member.id,
            occurred_at=at,
            local_on=at.date(),
            challenge_id=solve.challenge,
            points=solve.points,
            facts=board_facts(at.date(), 1),
        )
        await keep_score(unit, before, [event])
        await unit.commit()


async def _seen(world: World, member: Member) -> tuple[Member, list[str]]:
    async with world.unit_of_work() as unit:
        seen = await unit.members.get(member.id)
        events = await unit.events.of_person(member.person_id)
    linking = {EventKind.ACCOUNT_LINKED, EventKind.ACCOUNT_UNLINKED}
    return seen, [one.key for one in events if one.kind not in linking]


async def _kept(world: World, accounts: Sequence[Member]) -> Totals:
    async with world.unit_of_work() as unit:
        return await unit.boards.kept([one.id for one in accounts])


async def _folded(world: World, accounts: Sequence[Member]) -> Totals:
    found: Totals = {}
    async with world.unit_of_work() as unit:
        for one in accounts:
            everywhere = await unit.members.of_person(one.person_id)
            community_of: Mapping[int, int] = {
                each.id: each.community.id for each in everywhere
            }
            events = await unit.events.of_person(one.person_id)
            found = {**found, **totals(events, community_of)}
    return found


async def _link_ids(world: World, member: Member) -> list[int]:
    return [one.id for one in await links_of(world, member)]


async def test_settings_of_who_came_first_are_seen_everywhere(world: World) -> None:
    discord, slack = await on(world, "discord"), await on(world, "slack")
    async with world.unit_of_work() as unit:
        await unit.members.save(replace(discord, language="es"))
        await unit.commit()
    code = await make_code(world, slack)
    linked = await link(world, discord, code.text)
    assert (linked.settings_of.id, linked.other.language) == (discord.id, "es")
    assert linked.one.language == "es"
