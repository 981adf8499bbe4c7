from bot.domain.badge import earned
from bot.domain.event import EventKind
from bot.domain.member import Member
from bot.services.badges import badge_rules, read_badges
from bot.services.judged_submission import read_judged
from bot.services.profile import read_profile
from bot.services.world import World
from tests.fakes.catalogue import CRASH, RIGHT, WRONG
from tests.fakes.storage.store import FakeStore
from tests.unit.services.conftest import Play


def given(store: FakeStore) -> list[str]:
    return [
        str(one.facts["badge"])
        for one in store.events.values()
        if one.kind is EventKind.BADGE_EARNED
    ]


async def test_a_badge_is_given_once_with_the_verdict_that_earned_it(
    world: World, ada: Member, play: Play, store: FakeStore
) -> None:
    await play(ada, WRONG)
    await play(ada, CRASH)
    assert given(store) == []
    first = await play(ada, RIGHT)
    assert "first_light" in given(store)
    assert "first_light" in (await read_judged(world, first.id)).badges
    again = await play(ada, RIGHT)
    assert (await read_judged(world, again.id)).badges == ()
    assert len(given(store)) == len(set(given(store)))


async def test_what_was_given_is_what_the_log_earns(
    world: World, ada: Member, play: Play, store: FakeStore
) -> None:
    for source, challenge_id in ((RIGHT, "add-up"), (WRONG, "add-more")):
        await play(ada, source, challenge_id)
    log = list(store.events.values())
    bare = [one for one in log if one.kind is not EventKind.BADGE_EARNED]
    assert set(earned(bare, badge_rules(world.catalogue))) == set(given(store))


async def test_they_stand_in_the_profile_and_the_rest_with_what_is_missing(
    world: World, ada: Member, play: Play
) -> None:
    await play(ada, RIGHT)
    assert "first_light" in (await read_profile(world, ada)).badges
    standing = {one.badge.id: one for one in await read_badges(world, ada)}
    assert standing["first_light"].earned_on == world.today_of(ada)
    assert (standing["ten_solved"].reached, standing["ten_solved"].is_earned) == (
        1,
        False,
    )
