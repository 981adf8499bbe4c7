"""Organisers look and answer; nothing follows by itself."""

from dataclasses import replace
from uuid import UUID

import pytest

from bot.chat.command import Actor, Command, Place, Platform
from bot.chat.reply import Buttons, Details, Reply
from bot.chat.router import Router
from bot.chat.table import COMMANDS
from bot.domain.audit import AuditAct
from bot.domain.submission import SubmissionState
from bot.metrics import Metrics
from bot.services.enter import enter
from bot.services.errors import SubmissionNotFound
from bot.services.ports.members import Account
from bot.services.ports.similarities import AlikeAnswer
from bot.services.similar import answer_similar, find_similar
from bot.services.world import World
from runner.verdict import Verdict
from tests.contract.given import a_submission
from tests.fakes.storage.store import FakeStore
from tests.fakes.words import said
from tests.unit.domain.test_similarity import COPY, ORIGINAL, OTHER

PLACE = Place(platform=Platform.WEB, community="home")
OLGA = Actor(external_id="olga", name="Olga", locale="en", is_organiser=True)


@pytest.fixture
async def handed_in(world: World, store: FakeStore) -> None:
    for name, source, community in (
        ("Ada", ORIGINAL, "home"),
        ("Ben", COPY, "home"),
        ("Cleo", OTHER, "home"),
        ("Far", COPY, "elsewhere"),
    ):
        account = Account(platform="web", external_id=name.lower(), name=name)
        member = await enter(world, account, community)
        for minute, (verdict, text) in enumerate(
            [(Verdict.ACCEPTED, "x = 1"), (Verdict.ACCEPTED, source)]
        ):
            submission = replace(
                a_submission(member, "add-up", minute),
                source=text,
                state=SubmissionState.JUDGED,
                verdict=verdict,
            )
            store.submissions[submission.id] = submission


@pytest.mark.usefixtures("handed_in")
async def test_pairs_of_the_community_are_shown_until_they_are_answered(
    world: World, store: FakeStore
) -> None:
    router = Router(world, COMMANDS, Metrics())
    points = dict(store.totals)
    reply = await router.run_line(OLGA, PLACE, "/admin similar add-up")
    assert isinstance(reply, Reply)
    assert any(
        f"{one} and {other}: 100 %" in said(reply)
        for one, other in (("Ada", "Ben"), ("Ben", "Ada"))
    )
    assert "Cleo" not in said(reply)
    assert "Far" not in said(reply)
    assert reply.visibility != "public"
    (shared,) = (one for one in reply.blocks if isinstance(one, Details))
    assert "csv.DictReader(file)" in str(shared)
    (row,) = (one for one in reply.blocks if isinstance(one, Buttons))
    dismiss = row.buttons[0].action
    assert len(" ".join([*dismiss.path, *(b for a in dismiss.options for b in a)])) < 90
    told = await router.run(
        Command(
            actor=OLGA, place=PLACE, path=dismiss.path, options=dict(dismiss.options)
        )
    )
    assert "Set aside" in said(told)
    again = await router.run_line(OLGA, PLACE, "/admin similar add-up")
    assert "Nothing to look at among 3" in said(again)
    (entry,) = store.audit
    assert (entry.act, entry.facts) == (
        AuditAct.ALIKE_DISMISSED,
        {"challenge": "add-up"},
    )
    assert store.notices == {}
    assert store.totals == points


@pytest.mark.usefixtures("handed_in")
async def test_one_persons_accounts_and_other_communities_are_not_compared(
    world: World, store: FakeStore
) -> None:
    olga = await enter(
        world, Account(platform="web", external_id="olga", name="Olga"), "home"
    )
    ids = {name: key for (_, name), key in store.people.items()}
    store.joined[ids["ben"]] = ids["ada"]
    assert (await find_similar(world, olga, "add-up")).pairs == []
    theirs: list[UUID] = [
        one.id
        for one in store.submissions.values()
        if one.person_id in {ids["far"], ids["ada"]}
    ]
    with pytest.raises(SubmissionNotFound):
        await answer_similar(world, olga, (theirs[0], theirs[-1]), AlikeAnswer.NOTED)
