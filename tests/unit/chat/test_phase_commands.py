"""`/phase` and returns as they are read and pressed, and what the channel hears."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.command import Command
from bot.chat.place import place_json
from bot.chat.reply import Button, Form, Reply
from bot.chat.router import Router
from bot.chat.table import COMMANDS
from bot.metrics import Metrics
from bot.services.change_settings import Change, change_settings
from bot.services.judge_submission import judge_submission
from bot.services.submit import NewSubmission, submit
from bot.services.world import World
from tests.fakes.catalogue import RIGHT, FakeJudge
from tests.fakes.clock import FakeClock
from tests.fakes.phases import PHASE_TWO, catalogue_of_phases
from tests.fakes.storage.store import FakeStore
from tests.fakes.unit_of_work import fake_unit_of_work_factory
from tests.unit.chat.test_announce import Heard
from tests.unit.chat.test_router import ANA, BEN, PLACE, buttons, line, said

HERE = replace(PLACE, locale="en")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def world(clock: FakeClock) -> World:
    return World(
        unit_of_work=fake_unit_of_work_factory(FakeStore()),
        now=clock,
        catalogue=catalogue_of_phases(),
        submissions_per_minute=99,
    )


@pytest.fixture
def router(world: World) -> Router:
    return Router(world, COMMANDS, Metrics())


def labelled(reply: Reply | Form, label: str) -> Button:
    return next(one for one in buttons(reply) if label in one.label)


async def press(router: Router, button: Button) -> Reply | Form:
    path, options = button.action.path, dict(button.action.options)
    return await router.run(Command(actor=BEN, place=HERE, path=path, options=options))


async def solve(router: Router, world: World, heard: Heard, *asked: str) -> None:
    member = await router.enter(BEN, HERE)
    for challenge_id in asked:
        answer = NewSubmission(
            challenge_id=challenge_id, source=RIGHT, place=place_json(HERE)
        )
        accepted = await submit(world, member, answer)
        await judge_submission(world, FakeJudge(), accepted.submission.id)
        await heard.announce(world, accepted.submission.id)


class Anywhere(Heard):
    async def deliver(self, place: object, reply: Reply) -> None:
        self.delivered.append(reply)


async def test_a_phase_is_shown_with_what_is_left_and_where_to_go(
    router: Router,
) -> None:
    reply = await line(router, BEN, "/phase show")
    assert "**" not in said(reply)
    assert "3 skills with open challenges are left" in said(reply)
    labels = [one.label for one in buttons(reply)]
    assert labels == ["Roadmap", "Placement test", "Today's challenge"]
    assert "Te faltan 3 habilidades" in said(await line(router, ANA, "/fase ver"))


async def test_who_cannot_be_promoted_is_not_told_otherwise(
    router: Router, world: World
) -> None:
    """Of phase 3 a single topic has challenges."""
    for actor, command, left in (
        (BEN, "/phase show", "once you master what there is, you may go on"),
        (ANA, "/fase ver", "en cuanto domines lo que hay, podrás pasar"),
    ):
        member = await router.enter(actor, HERE)
        async with world.unit_of_work() as unit:
            await unit.members.save(replace(member, phase=3))
            await unit.commit()
        shown = said(await line(router, actor, command))
        assert left in " ".join(shown.split())


async def test_a_promotion_is_told_and_celebrated(router: Router, world: World) -> None:
    heard = Anywhere()
    await solve(router, world, heard, "add-up", "sums")
    assert "Phase 1 done!" in said(heard.delivered[-1])
    told = "\n".join(heard.posted)
    assert "Ben finished phase 1 and moves on to phase 2" in told


async def test_a_hidden_members_promotion_is_their_own(
    router: Router, world: World
) -> None:
    heard = Anywhere()
    member = await router.enter(BEN, HERE)
    await change_settings(world, member, Change(hidden=True))
    await solve(router, world, heard, "add-up", "sums")
    assert "Phase 1 done!" in said(heard.delivered[-1])
    assert heard.posted == []


async def test_another_phase_is_chosen_with_its_consequences_told(
    router: Router, world: World
) -> None:
    await solve(router, world, Anywhere(), "add-up", "sums")
    asked = await line(router, BEN, "/phase choose phase:1")
    assert "You are about to go to phase 1" in said(asked)
    done = await press(router, labelled(asked, "Go to phase 1"))
    assert "You are in phase 1 now" in said(done)
    shown = await line(router, BEN, "/phase show")
    assert labelled(shown, "Go to phase 2").action.path == ("phase", "choose")


async def test_a_phase_beyond_offers_the_test(router: Router) -> None:
    reply = await line(router, BEN, "/phase choose phase:3")
    offer = await press(router, labelled(reply, "Placement test"))
    assert "Placement test for phase 3" in said(offer)
    begun = await press(router, labelled(offer, "Start the test"))
    assert "You have 0 of the 3 that you need" in said(begun)
    assert {one.label for one in buttons(begun)} == {
        f"Challenge {one}" for one in PHASE_TWO
    }


async def test_a_test_is_told_as_it_goes_on_until_it_is_passed(
    router: Router, world: World
) -> None:
    heard = Anywhere()
    await line(router, BEN, "/phase placement phase:3 start:yes")
    await solve(router, world, heard, *PHASE_TWO)
    told = [said(one) for one in heard.delivered]
    assert "Placement test: 1 of the 3 that you need." in told[0]
    assert "You passed the placement test!" in told[2]
    assert "starts in phase 3" in heard.posted[-1]


async def test_hints_of_a_test_are_closed_kindly(router: Router) -> None:
    await line(router, BEN, "/phase placement phase:3 start:yes")
    reply = await line(router, BEN, "/challenge hint errors")
    assert "goes without help" in said(reply)


async def test_what_is_due_again_is_offered_beside_the_daily(
    router: Router, clock: FakeClock
) -> None:
    await line(router, BEN, "/challenge solution sums give_up:yes")
    assert "Nothing is due today" in said(await line(router, BEN, "/challenge again"))
    clock.advance(timedelta(days=1))
    offered = await line(router, BEN, "/challenge today")
    assert "Also due again: Challenge sums" in said(offered)
    assert "Hoy no te toca" in said(await line(router, ANA, "/reto repaso"))
    listed = await line(router, BEN, "/challenge again")
    assert "1 challenge is due" in said(listed)
