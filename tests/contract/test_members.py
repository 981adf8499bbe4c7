from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.calendar import Calendar, Days
from bot.services.errors import MemberNotFound
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from tests.contract.given import ADA, a_member, a_solved_event
from tests.fakes.clock import A_MONDAY


async def test_first_entry_makes_the_member(unit_of_work: UnitOfWorkFactory) -> None:
    async with unit_of_work() as unit:
        member, is_new = await unit.members.enter(ADA, "home", A_MONDAY)
        await unit.commit()
    assert is_new
    assert (member.name, member.phase, member.joined_at) == ("Ada", 1, A_MONDAY)
    assert (member.community.platform, member.community.external_id) == ("web", "home")
    assert (member.language, member.time_zone, member.hidden) == (None, None, False)
    async with unit_of_work() as unit:
        assert await unit.members.get(member.id) == member


async def test_second_entry_finds_the_member(unit_of_work: UnitOfWorkFactory) -> None:
    member = await a_member(unit_of_work)
    async with unit_of_work() as unit:
        assert await unit.members.enter(ADA, "home", A_MONDAY) == (member, False)


async def test_one_person_has_a_member_in_each_community(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    here = await a_member(unit_of_work, community="here")
    there = await a_member(unit_of_work, community="there")
    assert here.person_id == there.person_id
    assert here.id != there.id
    async with unit_of_work() as unit:
        communities = await unit.communities.all()
    assert list(communities) == [here.community, there.community]


async def test_same_id_on_another_platform_is_another_person(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    on_web = await a_member(unit_of_work)
    async with unit_of_work() as unit:
        on_slack, is_new = await unit.members.enter(
            replace(ADA, platform="slack"), "home", A_MONDAY
        )
        await unit.commit()
    assert is_new
    assert on_slack.person_id != on_web.person_id
    assert on_slack.community.id != on_web.community.id


async def test_changed_display_name_is_taken_over(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    member = await a_member(unit_of_work)
    async with unit_of_work() as unit:
        entered = await unit.members.enter(
            replace(ADA, name="Ada L."), "home", A_MONDAY
        )
        await unit.commit()
    assert entered == (replace(member, name="Ada L."), False)
    async with unit_of_work() as unit:
        assert (await unit.members.get(member.id)).name == "Ada L."


async def test_chosen_name_outlives_an_unchanged_display_name(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    member = await a_member(unit_of_work)
    async with unit_of_work() as unit:
        await unit.members.save(replace(member, name="Countess"))
        await unit.commit()
    async with unit_of_work() as unit:
        entered, _ = await unit.members.enter(ADA, "home", A_MONDAY)
    assert entered.name == "Countess"


async def test_settings_are_kept(unit_of_work: UnitOfWorkFactory) -> None:
    member = await a_member(unit_of_work)
    changed = replace(
        member,
        phase=3,
        language="es",
        time_zone="America/Bogota",
        day_start_hour=0,
        hidden=True,
    )
    async with unit_of_work() as unit:
        await unit.members.save(changed)
        await unit.commit()
    async with unit_of_work() as unit:
        assert await unit.members.get(member.id) == changed


async def test_focus_and_settings_do_not_undo_each_other(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    member = await a_member(unit_of_work)
    async with unit_of_work() as unit:
        await unit.members.focus(member.id, "one-more-carrier")
        await unit.members.save(replace(member, hidden=True))
        await unit.members.focus(member.id, "cold-chain")
        await unit.commit()
    async with unit_of_work() as unit:
        found = await unit.members.get(member.id, lock=True)
    assert (found.focus, found.hidden) == ("cold-chain", True)


async def test_settings_are_the_persons_and_phase_is_the_members(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    here = await a_member(unit_of_work, community="here")
    there = await a_member(unit_of_work, community="there")
    async with unit_of_work() as unit:
        await unit.members.save(replace(here, language="es", phase=2))
        await unit.commit()
    async with unit_of_work() as unit:
        assert await unit.members.get(there.id) == replace(there, language="es")
    elsewhere = await a_member(unit_of_work, community="elsewhere")
    assert (elsewhere.language, elsewhere.phase) == ("es", 1)


async def test_unknown_member_is_not_found(unit_of_work: UnitOfWorkFactory) -> None:
    member = await a_member(unit_of_work)
    async with unit_of_work() as unit:
        with pytest.raises(MemberNotFound):
            await unit.members.get(member.id + 1)
        with pytest.raises(MemberNotFound):
            await unit.members.save(replace(member, id=member.id + 1))


async def test_phases_count_only_those_with_members(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work, "Ada")
    grace = await a_member(unit_of_work, "Grace")
    await a_member(unit_of_work, "Linus")
    await a_member(unit_of_work, "Guido", community="elsewhere")
    async with unit_of_work() as unit:
        await unit.members.save(replace(grace, phase=4))
        await unit.commit()
    async with unit_of_work() as unit:
        assert await unit.members.phases(ada.community.id) == {1: 2, 4: 1}


async def test_hostile_names_are_kept_without_harm(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    async with unit_of_work() as unit:
        member, _ = await unit.members.enter(
            replace(ADA, name="'; DROP TABLE member; --"), "home", A_MONDAY
        )
        await unit.commit()
    async with unit_of_work() as unit:
        found = await unit.members.get(member.id)
    assert found.name == "'; DROP TABLE member; --"


async def test_what_the_platform_says_last_stands_in_until_the_person_chooses(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    in_bogota = replace(ADA, language="es-CO", time_zone="America/Bogota")
    in_madrid = replace(ADA, time_zone="Europe/Madrid")
    async with unit_of_work() as unit:
        first, _ = await unit.members.enter(in_bogota, "home", A_MONDAY)
        assert (first.zone, first.platform_language) == ("America/Bogota", "es-CO")
        moved, _ = await unit.members.enter(in_madrid, "home", A_MONDAY)
        assert (moved.zone, moved.platform_language) == ("Europe/Madrid", "es-CO")
        await unit.members.save(replace(moved, time_zone="Asia/Tokyo"))
        again, _ = await unit.members.enter(in_bogota, "home", A_MONDAY)
        assert again.zone == "Asia/Tokyo"
        assert (await unit.members.get(again.id)) == again


async def test_home_is_where_the_account_was_last_new(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    await a_member(unit_of_work, community="first")
    last = await a_member(unit_of_work, community="last")
    await a_member(unit_of_work, "Ben", community="elsewhere")
    async with unit_of_work() as unit:
        await unit.members.enter(ADA, "first", A_MONDAY)
        assert await unit.members.home("web", "ada") == last.community
        assert await unit.members.home("slack", "ada") is None
        assert await unit.members.home("web", "nobody") is None


async def test_the_days_in_force_and_those_to_come_are_kept(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work)
    assert ada.calendar is None
    now = Calendar(days=Days(zone="Europe/Madrid", start_hour=6))
    moved = now.turned_to(Days(zone="Asia/Tokyo"), A_MONDAY)
    for calendar in (now, moved):
        async with unit_of_work() as unit:
            await unit.members.keep_calendar(ada.id, calendar)
            await unit.commit()
        async with unit_of_work() as unit:
            assert (await unit.members.get(ada.id)).calendar == calendar
    async with unit_of_work() as unit:
        with pytest.raises(MemberNotFound):
            await unit.members.keep_calendar(ada.id + 1, now)


async def test_finding_makes_nobody(unit_of_work: UnitOfWorkFactory) -> None:
    member = await a_member(unit_of_work)
    async with unit_of_work() as unit:
        assert await unit.members.find("web", "ada", "home") == member
        assert await unit.members.find("web", "ada", "elsewhere") is None
        assert await unit.members.find("slack", "ada", "home") is None
        assert list(await unit.communities.all()) == [member.community]


async def test_active_is_who_solved_something_of_late(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work, "Ada")
    await a_member(unit_of_work, "Ben")
    carla = await a_member(unit_of_work, "Carla", community="elsewhere")
    today = A_MONDAY.date()
    async with unit_of_work() as unit:
        await unit.events.append(a_solved_event(ada, "a"))
        await unit.events.append(a_solved_event(carla, "c"))
        await unit.commit()
    async with unit_of_work() as unit:
        home = ada.community.id
        assert list(await unit.members.active(home, None, today)) == [ada]
        assert list(await unit.members.active(home, 1, today)) == [ada]
        assert list(await unit.members.active(home, 2, today)) == []
        tomorrow = today + timedelta(days=1)
        assert list(await unit.members.active(home, None, tomorrow)) == []


async def test_what_a_person_allows_is_kept(unit_of_work: UnitOfWorkFactory) -> None:
    member = await a_member(unit_of_work)
    assert (member.shares, member.reminded) == (False, False)
    async with unit_of_work() as unit:
        await unit.members.save(replace(member, shares=True, reminded=True))
        await unit.commit()
    async with unit_of_work() as unit:
        found = await unit.members.get(member.id)
    assert (found.shares, found.reminded) == (True, True)


async def test_members_are_completed_by_the_beginning_of_their_name(
    unit_of_work: UnitOfWorkFactory,
) -> None:
    ada = await a_member(unit_of_work, "Ada")
    for name in ("Adrian", "Ben"):
        await a_member(unit_of_work, name)
    hidden = await a_member(unit_of_work, "Adele")
    await a_member(unit_of_work, "Ada%", community="elsewhere")
    async with unit_of_work() as unit:
        await unit.members.save(replace(hidden, hidden=True))
        home = ada.community.id
        assert list(await unit.members.named(home, "aD", 5)) == [
            ("ada", "Ada"),
            ("adrian", "Adrian"),
        ]
        assert list(await unit.members.named(home, "", 1)) == [("ada", "Ada")]
        assert list(await unit.members.named(home, "%", 5)) == []
