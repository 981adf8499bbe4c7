"""`/link` and `/privacy` as they are typed, and what is told unasked."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import uuid4

import pytest

from bot.chat.command import Actor, Command, Place, Platform
from bot.chat.operations import PrivateMessages
from bot.chat.reply import Action, Buttons, FileToKeep, Form, Reply
from bot.chat.router import Router
from bot.chat.table import COMMANDS
from bot.chat.tell import Teller
from bot.domain.notice import Notice, NoticeKind
from bot.metrics import Metrics
from bot.services.world import World
from tests.fakes.catalogue import fake_catalogue
from tests.fakes.clock import A_MONDAY, FakeClock
from tests.fakes.storage.store import FakeStore
from tests.fakes.unit_of_work import fake_unit_of_work_factory
from tests.fakes.words import said

WEB = Place(platform=Platform.WEB, community="home")
SLACK = Place(platform=Platform.SLACK, community="T1")
ANA = Actor(external_id="ana", name="Ana", locale="en")


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def world(store: FakeStore) -> World:
    return World(
        unit_of_work=fake_unit_of_work_factory(store),
        now=FakeClock(),
        catalogue=fake_catalogue(),
    )


@pytest.fixture
def router(world: World) -> Router:
    return Router(world, COMMANDS, Metrics())


def actions(reply: Reply | Form) -> list[Action]:
    assert isinstance(reply, Reply)
    rows = [block for block in reply.blocks if isinstance(block, Buttons)]
    return [button.action for row in rows for button in row.buttons]


async def press(
    router: Router, action: Action, place: Place = WEB, **typed: str
) -> Reply | Form:
    options: Mapping[str, str] = {**dict(action.options), **typed}
    command = Command(actor=ANA, place=place, path=action.path, options=options)
    return await router.run(command)


async def test_two_accounts_are_linked_after_a_look_and_separated_again(
    router: Router,
) -> None:
    shown = said(await router.run_line(ANA, WEB, "/link code"))
    code = shown.split("code:")[1].split(".")[0]
    asked = await router.run_line(ANA, SLACK, f"/link enter code:{code}")
    assert "made by Ana, on the web (home). Is that you?" in said(asked)
    (yes,) = actions(asked)
    assert sum(map(len, (*yes.path, *(b for a in yes.options for b in a)))) < 80
    done = said(await press(router, yes, SLACK))
    assert "are one person from now on" in done
    assert "those of Ana on the web (home), who was here first" in done
    again = said(await press(router, yes, SLACK))
    assert "not one that I know" in again
    listed = await router.run_line(ANA, WEB, "/link undo")
    assert "Ana on the web (home) and Ana on Slack (T1)" in said(listed)
    (undo,) = actions(listed)
    assert "each have their own points" in said(await press(router, undo))
    assert "not linked any more" in said(await press(router, undo))
    assert "No other account" in said(await router.run_line(ANA, WEB, "/link undo"))


async def test_the_export_is_a_file_and_nobody_elses(router: Router) -> None:
    reply = await router.run_line(ANA, WEB, "/privacy export")
    assert isinstance(reply, Reply)
    (file,) = (one for one in reply.blocks if isinstance(one, FileToKeep))
    assert file.filename.endswith(".json")
    assert b'"external_id": "ana"' in file.content
    assert reply.visibility != "public"


async def test_deleting_takes_a_look_a_form_and_the_word(
    router: Router, store: FakeStore
) -> None:
    asked = await router.run_line(ANA, WEB, "/privacy delete")
    assert "for good and at once" in said(asked)
    export_first, go_on = actions(asked)
    assert export_first.path == ("privacy", "export")
    form = await press(router, go_on)
    assert isinstance(form, Form)
    assert "Nothing was deleted" in said(await press(router, form.action, word="no"))
    assert "Nothing was deleted" in said(await press(router, form.action))
    before = next(iter(store.members.values()))
    done = said(await press(router, form.action, word=" DELETE "))
    assert "everything that I held about you is deleted." in done
    assert (store.members, store.events, store.people) == ({}, {}, {})
    await router.run_line(ANA, WEB, "/help")
    (now,) = store.members.values()
    assert now.person_id != before.person_id


@dataclass
class Mailbox:
    """A platform with private messages, or one with conversations alone."""

    delivered: list[tuple[Place, Reply]] = field(default_factory=list)

    async def deliver(self, place: Place, reply: Reply) -> None:
        self.delivered.append((place, reply))


@dataclass
class Letters:
    told: list[tuple[str, str]] = field(default_factory=list)
    takes: bool = True

    async def tell(self, member: str, reply: Reply, *, language: str) -> bool:
        self.told.append((member, said(reply).strip()))
        return self.takes


@dataclass
class PostOffice(Mailbox):
    operations: PrivateMessages = field(default_factory=Letters)


@pytest.mark.parametrize("takes", [True, False])
async def test_a_notice_is_told_once_in_the_members_language(
    world: World, store: FakeStore, router: Router, *, takes: bool
) -> None:
    ana = await router.enter(replace(ANA, locale="es-CO"), SLACK)
    notice = Notice(
        id=uuid4(),
        member_id=ana.id,
        kind=NoticeKind.ACCOUNT_LINKED,
        at=A_MONDAY,
        facts={"platform": "web", "community": "home"},
    )
    store.notices[notice.id] = notice
    letters = Letters(takes=takes)
    teller = Teller(world, {Platform.SLACK: PostOffice(operations=letters)})
    await teller(notice.id)
    await teller(notice.id)
    ((member, words),) = letters.told
    assert member == "ana"
    assert words.startswith("Tu cuenta se vinculó con una de la web (home)")
    assert store.notices == {}


async def test_where_every_conversation_is_private_a_notice_is_said_there(
    world: World, store: FakeStore, router: Router
) -> None:
    ana = await router.enter(ANA, WEB)
    notice = Notice(
        id=uuid4(),
        member_id=ana.id,
        kind=NoticeKind.POINTS_GRANTED,
        at=A_MONDAY,
        facts={"points": 5, "reason": "*thanks*", "community": "home"},
    )
    store.notices[notice.id] = notice
    mailbox = Mailbox()
    await Teller(world, {Platform.WEB: mailbox})(notice.id)
    ((place, reply),) = mailbox.delivered
    assert place.detail["member"] == str(ana.id)
    assert "gave you 5 points: *thanks*" in said(reply)
