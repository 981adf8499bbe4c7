"""A certificate is earned once, and stands as long as what it says."""

from dataclasses import replace

import pytest

from bot.domain.audit import AuditAct
from bot.domain.certificate import Certificate
from bot.domain.event import Event, EventKind
from bot.domain.leadership import ASKED
from bot.domain.member import Member
from bot.domain.notice import NoticeKind
from bot.services.badges import give_badges
from bot.services.certificates import withdraw_certificates
from bot.services.change_phase import choose_phase
from bot.services.enter import enter
from bot.services.errors import Refused
from bot.services.issue_certificate import (
    CertificateAsked,
    issue_certificate,
    read_certificate,
    read_certificates,
)
from bot.services.judged_submission import read_judged
from bot.services.ports.members import Account
from bot.services.privacy import delete_data
from bot.services.revoke_certificate import (
    CertificateDecision,
    give_certificate_back,
    revoke_certificate,
)
from bot.services.world import World
from challenges.catalogue_index import Catalogue
from challenges.roadmap import load_roadmap
from tests.fakes.catalogue import ADD, RIGHT, WRONG
from tests.fakes.storage.store import FakeStore
from tests.unit.services.conftest import Play

PHASE_ONE = CertificateAsked(phase=1, language="en")
TAKEN = CertificateDecision(member="ada", phase=1, reason="was not hers")


@pytest.fixture
def world(world: World) -> World:
    return replace(world, catalogue=_catalogue())


def _catalogue() -> Catalogue:
    """Two challenges that ask for all of phase 1, one for all of phase 7 and one more
    of phase 2.
    """
    roadmap = load_roadmap()
    skills = {
        phase.number: tuple(one.id for topic in phase.topics for one in topic.skills)
        for phase in roadmap.phases
    }
    first, last = skills[1], skills[7]
    return Catalogue(
        (
            replace(ADD, skills=first[:1]),
            replace(ADD, id="sums", skills=first[1:]),
            replace(ADD, id="classes", phase=2, skills=skills[2][:1]),
            replace(ADD, id="lead", phase=7, skills=last),
        ),
        roadmap,
    )


@pytest.fixture
async def organiser(world: World) -> Member:
    account = Account(platform="web", external_id="org", name="Olga")
    return await enter(world, account, "home")


async def finished(play: Play, ada: Member) -> None:
    await play(ada, RIGHT)
    await play(ada, RIGHT, "sums")


async def phases(world: World, member: Member) -> list[int]:
    return [one.phase for one in await read_certificates(world, member)]


async def issued(world: World, member: Member, name: str | None = None) -> Certificate:
    return await issue_certificate(world, member, replace(PHASE_ONE, name=name))


async def test_finishing_a_phase_earns_one_and_tells_with_the_verdict(
    world: World, ada: Member, play: Play
) -> None:
    await play(ada, RIGHT)
    assert await phases(world, ada) == []
    last = await play(ada, RIGHT, "sums")
    assert await phases(world, ada) == [1]
    assert (await read_judged(world, last.id)).certificates == (1,)
    await play(await choose_phase(world, ada, 1), RIGHT)
    assert await phases(world, ada) == [1]


async def test_nobody_can_read_of_it_until_it_is_asked_for(
    world: World, ada: Member, play: Play, store: FakeStore
) -> None:
    await finished(play, ada)
    assert store.certificates == {}
    first = await issued(world, ada)
    assert len(first.skills) == 9
    again = await issued(world, ada, "  Ada   Lovelace ")
    assert (again.id, again.name) == (first.id, "Ada Lovelace")
    assert (await issued(world, ada)).name == "Ada Lovelace"
    page = await read_certificate(world, first.id)
    assert page.revoked is None


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "Ada\u202eecalevoL", "A\x00da"])
async def test_a_name_is_one_line_that_can_be_read(
    world: World, ada: Member, play: Play, name: str
) -> None:
    await finished(play, ada)
    with pytest.raises(Refused, match="certificate_name"):
        await issued(world, ada, name)


async def test_what_is_not_earned_is_not_issued(world: World, ada: Member) -> None:
    with pytest.raises(Refused, match="certificate_not_earned"):
        await issued(world, ada)


async def test_a_rejudge_revokes_it_and_mending_earns_another(
    world: World, ada: Member, play: Play, store: FakeStore
) -> None:
    await finished(play, ada)
    first = await issued(world, ada)
    async with world.unit_of_work() as unit:
        before = await unit.events.of_person(ada.person_id)
        solved = next(
            one
            for one in before
            if one.kind is EventKind.SOLVED and one.challenge_id == "sums"
        )
        taken_back = replace(
            solved,
            kind=EventKind.RESCORED,
            key="rescored",
            points=-solved.points,
            facts={"of": solved.key, "solved": -1, "accepted": 0},
        )
        await withdraw_certificates(world, unit, ada, before)
        assert (await unit.revocations.find(first.id)) is None
        await unit.events.append(taken_back)
        await withdraw_certificates(world, unit, ada, before)
        await unit.commit()
    page = await read_certificate(world, first.id)
    assert page.revoked is not None
    assert await phases(world, ada) == []
    (told,) = store.notices.values()
    assert told.kind is NoticeKind.CERTIFICATE_REJUDGED
    await play(ada, RIGHT, "sums")
    assert (await issued(world, ada)).id != first.id


async def test_what_organisers_take_is_not_earned_again_by_the_next_verdict(
    world: World, ada: Member, organiser: Member, play: Play, store: FakeStore
) -> None:
    await finished(play, ada)
    first = await issued(world, ada)
    await revoke_certificate(world, organiser, TAKEN)
    assert (await read_certificate(world, first.id)).revoked is not None
    await play(ada, WRONG)
    await play(ada, RIGHT)
    assert await phases(world, ada) == []
    with pytest.raises(Refused, match="certificate_not_theirs"):
        await revoke_certificate(world, organiser, TAKEN)
    await give_certificate_back(world, organiser, TAKEN)
    assert (await issued(world, ada)).earned_on == first.earned_on
    with pytest.raises(Refused, match="certificate_not_revoked"):
        await give_certificate_back(world, organiser, TAKEN)
    assert [one.act for one in store.audit] == [
        AuditAct.CERTIFICATE_REVOKED,
        AuditAct.CERTIFICATE_RETURNED,
    ]


async def test_who_deletes_everything_leaves_a_number_that_is_revoked(
    world: World, ada: Member, play: Play, store: FakeStore
) -> None:
    await finished(play, ada)
    first = await issued(world, ada)
    await delete_data(world, ada)
    page = await read_certificate(world, first.id)
    assert page.certificate is None
    assert page.revoked is not None


async def test_phase_seven_asks_for_what_others_had_of_it(
    world: World, ada: Member, play: Play, store: FakeStore
) -> None:
    await play(ada, RIGHT, "lead")
    assert await phases(world, ada) == []
    async with world.unit_of_work() as unit:
        for evidence, times in ASKED.items():
            for n in range(times):
                await unit.events.append(
                    Event(
                        kind=EventKind.REPUTATION_EARNED,
                        key=f"{evidence}:{n}",
                        person_id=ada.person_id,
                        member_id=ada.id,
                        occurred_at=world.now(),
                        local_on=world.today_of(ada),
                        reputation=5,
                        facts={"for": evidence.value},
                    )
                )
        await give_badges(world, unit, ada, world.today_of(ada), {})
        await unit.commit()
    assert await phases(world, ada) == [7]
    (told,) = store.notices.values()
    assert told.kind is NoticeKind.CERTIFICATE_EARNED
