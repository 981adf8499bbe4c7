"""What people type, and the reply that they get, in their language."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from bot.chat.command import Actor, Audience, Command, Message, Place, Platform
from bot.chat.names import spec_of
from bot.chat.reply import (
    Banner,
    Button,
    Buttons,
    Code,
    Fields,
    Form,
    Heading,
    Line,
    Link,
    Moment,
    Reply,
    Table,
    Text,
)
from bot.chat.router import Router
from bot.chat.table import COMMANDS
from bot.domain.event import EventKind
from bot.metrics import Metrics
from bot.services.errors import StorageUnavailable
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.world import World
from tests.contract.given import earn
from tests.fakes.catalogue import RIGHT, fake_catalogue
from tests.fakes.clock import FakeClock
from tests.fakes.storage.store import FakeStore
from tests.fakes.unit_of_work import fake_unit_of_work_factory

PLACE = Place(platform=Platform.WEB, community="home")
ANA = Actor(external_id="ana", name="Ana", locale="es-CO")
BEN = Actor(external_id="ben", name="Ben", locale="en-GB")
FENCE = "```"


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def world(store: FakeStore) -> World:
    return World(
        unit_of_work=fake_unit_of_work_factory(store),
        now=FakeClock(),
        catalogue=fake_catalogue(),
        submissions_per_minute=2,
    )


@pytest.fixture
def router(world: World) -> Router:
    return Router(world, COMMANDS, Metrics())


def words(line: Line) -> str:
    return "".join(_word(span) for span in line)


def _word(span: object) -> str:
    match span:
        case Link(label=label):
            return label
        case Moment(at=at):
            return at.isoformat()
        case _:
            return str(getattr(span, "text", ""))


def said(reply: Reply | Form) -> str:
    """The banner's, headings' and paragraphs' words."""
    assert isinstance(reply, Reply)
    return "\n".join(
        words(block.line)
        for block in reply.blocks
        if isinstance(block, Banner | Heading | Text)
    )


def buttons(reply: Reply | Form) -> list[Button]:
    assert isinstance(reply, Reply)
    return [
        button
        for block in reply.blocks
        if isinstance(block, Buttons)
        for button in block.buttons
    ]


async def line(router: Router, actor: Actor, text: str) -> Reply | Form:
    return await router.run_line(actor, PLACE, text)


async def message(
    router: Router, actor: Actor, text: str, files: Mapping[str, bytes] | None = None
) -> Reply | Form:
    sent = Message(actor=actor, place=PLACE, text=text, attachments=files or {})
    return await router.read(sent)


@pytest.mark.parametrize(
    ("actor", "typed", "expected"),
    [
        (ANA, "/reto hoy", "Suma de la caja"),
        (ANA, "/challenge today", "Suma de la caja"),
        (BEN, "/challenge today", "Adding up the till"),
        (BEN, "/RETO Hoy", "Adding up the till"),
        (ANA, "/racha", "Racha: 0 días"),
        (BEN, "/streak", "Streak: 0 days"),
        (ANA, "/clasificación", "Clasificación: esta semana"),
        (BEN, "/leaderboard period:month", "Leaderboard: this month"),
        (ANA, "/perfil", "Ana"),
        (ANA, "/ruta fase:7", "Tu ruta hacia Python máster"),
        (BEN, "/roadmap", "Your road to Python master"),
        (ANA, "/ayuda", "Qué puedes escribir"),
        (BEN, "/settings", "Your settings"),
        (ANA, "/reto lista", "Retos de la fase 1"),
        (BEN, "/challenge browse text:till", "Challenges found"),
        (BEN, "/challenge history", "You have handed in nothing yet"),
        (ANA, "/reto pista add-up", "Pista 1 de 2"),
        (ANA, "/reto solucion add-up", "Todavía no has resuelto"),
    ],
)
async def test_commands_answer_in_the_members_language(
    router: Router, actor: Actor, typed: str, expected: str
) -> None:
    assert expected in said(await line(router, actor, typed))


@pytest.mark.parametrize(
    ("typed", "spanish", "english"),
    [
        ("/retos", "No conozco `/retos`", "I do not know `/retos`"),
        ("/reto", "necesita una palabra más", "needs one more word"),
        ("/reto baila", "No conozco", "I do not know"),
        ("/racha color:azul", "no tiene la opción", "has no option"),
        ("/ruta 9", "un número de 1 a 7", "a number from 1 to 7"),
        ("/clasificacion siglo", "no es un valor", "is no value"),
        (
            "/clasificacion siglo",
            "semana, mes, temporada, siempre",
            "week, month, season, all time",
        ),
        ("/reto ver no-existe", "ningún reto llamado", "no challenge called"),
        ("/reto ver add-more", "Este reto se abre", "This challenge opens"),
        ("/reto enviar add-more", "todavía está cerrado", "is still closed"),
        ("/ajustes zona:Narnia", "zona horaria", "time zone"),
    ],
)
async def test_what_is_mistyped_is_told_kindly_in_both_languages(
    router: Router, typed: str, spanish: str, english: str
) -> None:
    plain_spanish = spanish.replace("`", "")
    plain_english = english.replace("`", "")
    assert plain_spanish in said(await line(router, ANA, typed))
    assert plain_english in said(await line(router, BEN, typed))


@pytest.mark.parametrize(
    ("text", "spanish", "english"),
    [
        ("hola, ¿cómo va?", "No veo código", "I see no code"),
        (
            f"{FENCE}py\na = 1\n{FENCE}\n{FENCE}py\nb = 2\n{FENCE}",
            "2 bloques de código",
            "2 blocks of code",
        ),
        (f"{FENCE}js\nalert(1)\n{FENCE}", "dice que es js", "says that it is js"),
        (f"{FENCE}python\n{FENCE}", "está vacío", "is empty"),
        (
            f"{FENCE}python\n{'x = 1  # ' + 'y' * 70_000}\n{FENCE}",
            "el máximo es 64 KiB",
            "the most is 64 KiB",
        ),
        (f"{FENCE}python\nx = '\0'\n{FENCE}", "carácter nulo", "null character"),
    ],
)
async def test_a_message_that_cannot_be_judged_says_why_in_both_languages(
    router: Router, store: FakeStore, text: str, spanish: str, english: str
) -> None:
    assert spanish in said(await message(router, ANA, text))
    assert english in said(await message(router, BEN, text))
    assert store.submissions == {}


async def test_a_file_that_is_not_python_is_told_by_name(router: Router) -> None:
    reply = await message(router, BEN, "here", {"notes.txt": b"hello"})
    assert "notes.txt is not a .py file" in said(reply)


async def test_a_code_block_is_judged_for_the_challenge_last_seen(
    router: Router, store: FakeStore
) -> None:
    await line(router, ANA, "/reto ver add-up")
    reply = await message(router, ANA, f"{FENCE}python\n{RIGHT}{FENCE}")
    assert "Recibido" in said(reply)
    (submission,) = store.submissions.values()
    assert (submission.challenge_id, submission.source) == ("add-up", RIGHT)
    assert store.jobs == [submission.id]


async def test_an_attached_file_is_judged(router: Router, store: FakeStore) -> None:
    await message(router, ANA, "", {"solution.py": RIGHT.encode()})
    (submission,) = store.submissions.values()
    assert submission.source == RIGHT


async def test_too_many_submissions_are_refused_and_the_code_is_given_back(
    router: Router, store: FakeStore
) -> None:
    command = Command(
        actor=ANA,
        place=PLACE,
        path=("challenge", "submit"),
        options={"challenge": "add-up", "code": RIGHT},
    )
    for _ in range(2):
        await router.run(command)
    refused = await router.run(command)
    assert "2 veces por minuto" in said(refused)
    assert isinstance(refused, Reply)
    assert Code(RIGHT) in refused.blocks
    assert len(store.submissions) == 2


async def test_submitting_without_code_opens_the_editor_with_the_starter(
    router: Router,
) -> None:
    form = await line(router, ANA, "/reto enviar add-up")
    assert isinstance(form, Form)
    assert form.fields[0].value == "def add(a, b):\n    ...\n"


async def test_the_editor_goes_on_from_the_last_attempt(router: Router) -> None:
    await line(router, ANA, "/reto ver add-up")
    await message(router, ANA, f"{FENCE}python\nmine = 1\n{FENCE}")
    form = await line(router, ANA, "/reto enviar add-up")
    assert isinstance(form, Form)
    assert form.fields[0].value.strip() == "mine = 1"


async def test_a_quiz_opens_as_choices_and_is_handed_in_by_them(
    router: Router, store: FakeStore
) -> None:
    form = await line(router, BEN, "/challenge submit first-talk")
    assert isinstance(form, Form)
    assert [field.choices for field in form.fields] == [
        (("a", "I talk"), ("b", "I listen"))
    ]
    await router.run(
        Command(
            actor=BEN,
            place=PLACE,
            path=form.action.path,
            options={**dict(form.action.options), form.fields[0].name: "b"},
        )
    )
    (submission,) = store.submissions.values()
    assert submission.source == '{"first": "b"}'


async def test_code_sent_for_a_quiz_opens_its_choices_and_hands_nothing_in(
    router: Router, store: FakeStore
) -> None:
    await line(router, BEN, "/challenge show first-talk")
    form = await message(router, BEN, f"{FENCE}python\n{RIGHT}{FENCE}")
    assert isinstance(form, Form)
    assert [field.name for field in form.fields] == ["answer_1"]
    assert store.submissions == {}


async def test_every_button_of_a_reply_is_a_command_that_works(
    router: Router,
) -> None:
    starts = ("/reto hoy", "/reto solucion", "/ruta", "/perfil", "/ayuda", "/ajustes")
    todo = [one for typed in starts for one in buttons(await line(router, ANA, typed))]
    seen: set[object] = set()
    while todo:
        action = todo.pop().action
        if action in seen:
            continue
        seen.add(action)
        assert len(" ".join((*action.path, *map("=".join, action.options)))) <= 100
        reply = await router.run(
            Command(
                actor=ANA,
                place=PLACE,
                path=action.path,
                options=dict(action.options),
            )
        )
        if isinstance(reply, Reply):
            assert "Algo falló" not in said(reply)
            todo.extend(buttons(reply))
    assert len(seen) >= 7


def facts(reply: Reply | Form) -> dict[str, str]:
    assert isinstance(reply, Reply)
    (fields,) = [block for block in reply.blocks if isinstance(block, Fields)]
    return {name: words(value) for name, value in fields.items}


async def test_rest_days_and_the_days_start_are_chosen_for_tomorrow(
    router: Router,
) -> None:
    reply = await line(router, BEN, "/settings rest_day:sunday day_start:6")
    assert "from your next day on" in said(reply)
    assert facts(reply)["Your day starts at"] == "06:00"
    reply = await line(router, BEN, "/settings other_rest_day:saturday")
    assert facts(reply)["Rest days"] == "Saturday, Sunday"
    settings = Command(actor=BEN, place=PLACE, path=("settings",))
    form = await router.run(replace(settings, options={"view": "days"}))
    assert isinstance(form, Form)
    assert [one.value for one in form.fields] == ["6", "saturday", "sunday"]
    sent = {one.name: one.value for one in form.fields} | {"first_rest_day": "none"}
    sent["view"] = "days_form"
    reply = await router.run(replace(settings, options=sent))
    assert facts(reply)["Rest days"] == "Sunday"
    refused = said(await line(router, BEN, "/settings day_start:13"))
    assert "0" in refused
    assert "12" in refused


def board_rows(reply: Reply | Form) -> list[tuple[str, ...]]:
    assert isinstance(reply, Reply)
    table = next(block for block in reply.blocks if isinstance(block, Table))
    return [row[:3] for row in table.rows]


async def townsfolk(router: Router, world: World, points: Sequence[int]) -> None:
    for number, earned in enumerate(points):
        actor = Actor(external_id=f"m{number:02}", name=f"M{number:02}")
        await earn(world.unit_of_work, await router.enter(actor, PLACE), earned)


async def test_a_board_is_turned_page_by_page_and_shows_ones_neighbours(
    router: Router, world: World
) -> None:
    await townsfolk(router, world, [900 - 10 * n for n in range(25)])
    ben = await router.enter(BEN, PLACE)
    await earn(world.unit_of_work, ben, 665)
    first = await line(router, BEN, "/leaderboard all_time")
    assert len(board_rows(first)) == 10
    assert "25" in said(first)
    assert isinstance(first, Reply)
    neighbours = [block for block in first.blocks if isinstance(block, Table)][1]
    assert [row[1] for row in neighbours.rows] == ["M22", "M23", "Ben", "M24"]
    seen = board_rows(first)
    reply: Reply | Form = first
    for _ in range(2):
        (on,) = [one for one in buttons(reply) if one.label == "Further down"]
        reply = await router.run(_pressed(on))
        seen += board_rows(reply)
    assert [int(rank) for rank, *_ in seen] == list(range(1, 27))
    assert "Further down" not in [one.label for one in buttons(reply)]
    for _ in range(2):
        (back,) = [one for one in buttons(reply) if one.label == "Higher up"]
        reply = await router.run(_pressed(back))
    assert board_rows(reply) == board_rows(first)
    assert "Higher up" not in [one.label for one in buttons(reply)]


def _pressed(button: Button) -> Command:
    action = button.action
    return Command(
        actor=BEN, place=PLACE, path=action.path, options=dict(action.options)
    )


async def test_friends_stand_on_a_board_of_ones_own(
    router: Router, world: World
) -> None:
    await townsfolk(router, world, [300, 200, 100])
    await earn(world.unit_of_work, await router.enter(BEN, PLACE), 150)
    assert "follow nobody" in said(await line(router, BEN, "/friends list"))
    assert "M02" in said(await line(router, BEN, "/friends add @M02"))
    await line(router, BEN, "/friends add m00")
    reply = await line(router, BEN, "/leaderboard scope:friends")
    assert board_rows(reply) == [
        ("1", "M00", "300"),
        ("2", "Ben", "150"),
        ("3", "M02", "100"),
    ]
    await line(router, BEN, "/friends remove m02")
    assert "M02" not in said(await line(router, BEN, "/friends list"))
    assert "do not follow" in said(await line(router, BEN, "/friends remove m02"))
    assert "nobody here" in said(await line(router, BEN, "/friends add nemo"))
    assert "already" in said(await line(router, BEN, "/friends add ben"))


async def test_mentors_stand_by_their_reputation(router: Router, world: World) -> None:
    empty = said(await line(router, ANA, "/clasificacion entre:mentores"))
    assert "reputación" in empty
    ben = await router.enter(BEN, PLACE)
    kind = EventKind.REPUTATION_EARNED
    await earn(world.unit_of_work, ben, 0, kind=kind, reputation=5)
    reply = await line(router, BEN, "/leaderboard scope:mentors")
    assert board_rows(reply) == [("1", "Ben", "5")]


async def test_settings_answer_in_the_language_just_chosen(router: Router) -> None:
    reply = await line(router, ANA, "/ajustes idioma:en")
    assert "Saved." in said(reply)
    assert "Your settings" in said(await line(router, ANA, "/ajustes"))


async def test_giving_up_needs_to_be_said(router: Router, store: FakeStore) -> None:
    question = await line(router, ANA, "/reto solucion add-up")
    events_before = len(store.events)
    give_up = next(one for one in buttons(question) if "rindo" in one.label)
    opened = await router.run(
        Command(
            actor=ANA,
            place=PLACE,
            path=give_up.action.path,
            options=dict(give_up.action.options),
        )
    )
    assert isinstance(opened, Reply)
    assert Code(RIGHT) in opened.blocks
    assert len(store.events) == events_before + 1


async def test_completion_offers_challenges_by_title_in_the_language(
    router: Router,
) -> None:
    command = Command(actor=ANA, place=PLACE, path=("challenge", "show"))
    assert list(await router.complete(command, "challenge", "cajas")) == [
        ("add-more", "Suma de varias cajas")
    ]
    assert list(await router.complete(command, "nothing", "")) == []


async def test_completion_adds_a_topic_to_those_that_are_typed(router: Router) -> None:
    command = Command(actor=ANA, place=PLACE, path=("mentor", "offer"))
    found = await router.complete(command, "topics", "apis, microserv")
    assert ("apis, microservices", "Microservicios y arquitecturas distribuidas") in [
        *found
    ]
    # As many as a platform shows.
    assert len(await router.complete(command, "topics", "")) == 25


async def test_completion_knows_a_choice_by_its_label_and_by_its_value(
    router: Router,
) -> None:
    command = Command(actor=ANA, place=PLACE, path=("leaderboard",))
    for typed in ("Sem", "wee"):
        assert list(await router.complete(command, "period", typed)) == [
            ("week", "semana")
        ]


async def test_metrics_have_no_name_that_somebody_made_up(store: FakeStore) -> None:
    world = World(
        unit_of_work=fake_unit_of_work_factory(store),
        now=FakeClock(),
        catalogue=fake_catalogue(),
    )
    metrics = Metrics()
    router = Router(world, COMMANDS, metrics)
    await router.run(Command(actor=ANA, place=PLACE, path=("made", "up")))
    assert "made up" not in metrics.text()
    assert 'command="unknown",outcome="refused"' in metrics.text()


async def test_a_fault_of_ours_is_told_without_detail(store: FakeStore) -> None:
    async def explode(*_: object) -> Reply:
        raise RuntimeError("secret detail")

    today = spec_of(COMMANDS, ("challenge", "today"))
    assert today is not None
    world = World(
        unit_of_work=fake_unit_of_work_factory(store),
        now=FakeClock(),
        catalogue=fake_catalogue(),
    )
    metrics = Metrics()
    router = Router(world, (replace(today, handler=explode),), metrics)
    reply = await line(router, ANA, "/reto hoy")
    assert "Algo falló de nuestro lado" in said(reply)
    assert "secret" not in said(reply)
    assert 'outcome="failed"' in metrics.text()


async def test_a_command_for_organisers_is_refused_to_members(
    store: FakeStore,
) -> None:
    today = spec_of(COMMANDS, ("challenge", "today"))
    assert today is not None
    world = World(
        unit_of_work=fake_unit_of_work_factory(store),
        now=FakeClock(),
        catalogue=fake_catalogue(),
    )
    table = (replace(today, audience=Audience.ORGANISER),)
    router = Router(world, table, Metrics())
    assert "organizan" in said(await line(router, ANA, "/reto hoy"))
    organiser = replace(ANA, is_organiser=True)
    assert "Suma de la caja" in said(await line(router, organiser, "/reto hoy"))


async def test_who_cannot_be_entered_is_answered_in_the_platforms_language() -> None:
    def away() -> UnitOfWork:
        raise StorageUnavailable

    world = World(unit_of_work=away, now=FakeClock(), catalogue=fake_catalogue())
    router = Router(world, COMMANDS, Metrics())
    assert "Algo falló de nuestro lado" in said(await line(router, ANA, "/reto hoy"))
    assert "Something failed" in said(await message(router, BEN, "hello"))


async def test_saving_the_form_as_it_is_chooses_nothing(
    router: Router, store: FakeStore
) -> None:
    form = await line(router, ANA, "/ajustes view:edit")
    assert isinstance(form, Form)
    shown = {field.name: field.value for field in form.fields}
    await router.run(
        Command(
            actor=ANA,
            place=PLACE,
            path=form.action.path,
            options={**dict(form.action.options), **shown, "visibility": "hidden"},
        )
    )
    (member,) = store.members.values()
    assert (member.language, member.time_zone, member.hidden) == (None, None, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("reto hoy", "Suma de la caja"), ("ayuda", "Qué puedes escribir")],
)
async def test_a_command_without_its_slash_is_understood(
    router: Router, text: str, expected: str
) -> None:
    assert expected in said(await message(router, ANA, text))


async def test_a_closed_challenge_names_what_opens_it_by_title(router: Router) -> None:
    assert "Suma de la caja" in said(await line(router, ANA, "/reto enviar add-more"))
