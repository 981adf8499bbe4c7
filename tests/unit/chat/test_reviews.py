"""`/review` as it is typed, pressed, written and read."""

from dataclasses import replace

import pytest

from bot.chat.command import Actor, Command, Message, Place, Platform
from bot.chat.reply import Button, Code, Form, Reply, Words
from bot.chat.router import Router
from bot.chat.table import COMMANDS
from bot.chat.tell import Teller
from bot.chat.texts import texts_in
from bot.domain.event import EventKind
from bot.metrics import Metrics
from bot.services.world import World
from tests.fakes.catalogue import RIGHT, fake_catalogue
from tests.fakes.clock import FakeClock
from tests.fakes.storage.store import FakeStore
from tests.fakes.unit_of_work import fake_unit_of_work_factory
from tests.fakes.words import said
from tests.unit.chat.test_announce import Heard
from tests.unit.chat.test_phase_commands import labelled, solve
from tests.unit.chat.test_router import ANA, BEN, PLACE

HERE = replace(PLACE, locale="en")
SOURCE = RIGHT.replace("\n", "  # <@99> **no** mark-up\n", 1)
SUMMARY = "It reads well from top to bottom, <@99>. Next I would **name** the numbers"
MARKS = "1: 3 single letters say little\n2: 4\n3: 4\n4: 4"


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def world(store: FakeStore) -> World:
    return World(
        unit_of_work=fake_unit_of_work_factory(store),
        now=FakeClock(),
        catalogue=fake_catalogue(),
        submissions_per_minute=99,
    )


@pytest.fixture
def router(world: World) -> Router:
    return Router(world, COMMANDS, Metrics())


class Conversation:
    """Of a platform where every conversation is private."""

    def __init__(self) -> None:
        self.delivered: list[tuple[Place, Reply]] = []

    async def deliver(self, place: Place, reply: Reply) -> None:
        self.delivered.append((place, reply))


async def press(
    router: Router, actor: Actor, button: Button, **filled: str
) -> Reply | Form:
    path, options = button.action.path, {**dict(button.action.options), **filled}
    command = Command(actor=actor, place=HERE, path=path, options=options)
    return await router.run(command)


async def solved(router: Router, world: World, store: FakeStore, actor: Actor) -> None:
    await solve(router, world, Heard(), "add-up")
    member = await router.enter(actor, HERE)
    (submission,) = store.submissions.values()
    changed = replace(
        submission, member_id=member.id, person_id=member.person_id, source=SOURCE
    )
    store.submissions[submission.id] = changed


async def test_a_review_is_played_by_its_buttons_and_no_word_becomes_mark_up(
    router: Router, world: World, store: FakeStore
) -> None:
    # Ben has solved it; what was handed in is Ana's from here on.
    await solved(router, world, store, ANA)
    thread = replace(HERE, detail={"thread": "7"})
    menu = Message(
        actor=ANA, place=thread, text=f"```python\n{SOURCE}```", path=("review", "ask")
    )
    assert "espera a que alguien la lea" in said(await router.read(menu))
    assert "en espera" in said(await router.run_line(ANA, HERE, "/revision mias"))

    queue = await router.run_line(BEN, HERE, "/review queue")
    assert "1 solution waits" in said(queue)
    await router.run_line(BEN, HERE, "/review answers name:names text:'Say what it is'")
    taken = await press(router, BEN, labelled(queue, "Take"))
    assert isinstance(taken, Reply)
    code = next(one for one in taken.blocks if isinstance(one, Code))
    assert code.source.splitlines()[0].startswith("1 │ def add(a, b):")
    assert "=names" in said(taken)

    form = await press(router, BEN, labelled(taken, "Write"))
    assert isinstance(form, Form)
    marks, _, _, decision = form.fields
    assert len(form.fields) <= 5
    assert marks.value.startswith("1 Readability (1-4): \n2 Correctness")
    assert [value for value, _ in decision.choices] == ["accepted", "not_yet"]
    written = {
        "marks": MARKS,
        "comments": "use a set",
        "summary": SUMMARY,
        "decision": "not_yet",
    }
    refused = await press(router, BEN, labelled(taken, "Write"), **written)
    assert "This does not: use a set" in said(refused)
    again = await press(router, BEN, labelled(refused, "Go on"))
    assert isinstance(again, Form)
    assert {one.name: one.value for one in again.fields} == written
    assert [one.label for one in again.fields] == [one.label for one in form.fields]

    sending = Button("", again.action)
    lines = "2: =names\n1-2: <@99> **look**"
    given = await press(router, BEN, sending, **{**written, "comments": lines})
    assert "You earned 3 points of reputation" in said(given)
    assert texts_in("en")("badge.first_hand.name") in said(given)

    heard = Conversation()
    for notice in list(store.notices):
        await Teller(world, {Platform.WEB: heard})(notice)
    (_, private), (place, told) = heard.delivered
    assert (place.detail, told) == ({"thread": "7"}, private)
    assert "Revisaron tu solución" in said(told)
    read = await press(router, ANA, labelled(told, "Leerla"))
    assert isinstance(read, Reply)
    words = said(read)
    for part in ("Merece otra vuelta", "Legibilidad: 3/4", "Say what it is", "Ben"):
        assert part in words
    spans = {
        span.text
        for block in read.blocks
        for span in getattr(block, "line", ())
        if isinstance(span, Words)
    }
    assert {SUMMARY, "<@99> **look**"} <= spans
    await press(router, ANA, labelled(read, "Dar las gracias"))
    reread = said(await press(router, ANA, labelled(told, "Leerla")))
    assert "Dar las gracias" not in reread
    earned = [one for one in store.events.values() if one.reputation]
    assert {one.kind for one in earned} == {EventKind.REPUTATION_EARNED}
    assert len(earned) == 2


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("/review take", "Nothing waits"),
        ("/review give", "You have nothing to review"),
        ("/review thank", "no review that you have not thanked"),
        ("/review ask challenge:add-more", "Only an accepted solution"),
        ("/review answers name:'two words' text:x", "without spaces"),
        ("/review answers name:x forget:yes", "saved nothing that is called x"),
        ("/review mine", "You have not asked"),
        ("/review queue", "Nothing waits that you could review now"),
    ],
)
async def test_what_cannot_be_is_told_kindly(
    router: Router, typed: str, expected: str
) -> None:
    assert expected in said(await router.run_line(BEN, HERE, typed))


@pytest.mark.parametrize("path", ["take", "mine", "return", "own", "withdraw", "give"])
async def test_a_button_that_nobody_drew_finds_nothing(
    router: Router, path: str
) -> None:
    name = "review" if path in {"return", "give"} else "request"
    for value in ("0", "'; drop table review", "5f0c1c3e-9f6f-4c5c-8d9a-0e6d5f4b3a21"):
        command = Command(
            actor=BEN, place=HERE, path=("review", path), options={name: value}
        )
        assert "not yours to see" in said(await router.run(command))
