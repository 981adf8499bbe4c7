"""Many at once, and anything in any order: all are answered, and nothing is wrong."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fakes.catalogue import CRASH, RIGHT, WRONG
from tests.fakes.discord import CannotDo, FakeDiscord, Person, Seen
from tests.integration.chat.discord.town import Installation, Town

FENCE = "```"
MEMBERS = 2000
# Within a minute, as a class does; the fake and we share one processor.
AT_ONCE = 50
STEPS, EXAMPLES = 1000, 20
LINES = (
    "reto hoy",
    "reto ver",
    "reto lista",
    "reto pista",
    "reto solucion",
    "reto historial",
    "reto enviar",
    "clasificacion",
    "perfil",
    "racha",
    "ruta",
    "ajustes",
    "ayuda",
)
SOURCES = (RIGHT, WRONG, CRASH, "", "@everyone", f"{FENCE}\n", "x" * 3999, "\N{BELL}")


@pytest.fixture
async def crowd() -> AsyncIterator[Town]:
    """Its bodies are not held against the description: that takes the most time."""
    async with FakeDiscord(described=False) as fake:
        with fake.addressed():
            fake.create_channel(fake.create_server(locale="es-ES"))
            async with Installation(fake=fake).running() as town:
                yield town


async def test_two_thousand_members_who_submit_within_a_minute_are_all_answered(
    crowd: Town,
) -> None:
    people = [crowd.newcomer("es-ES", f"p{n}") for n in range(MEMBERS)]

    turns = asyncio.Semaphore(AT_ONCE)

    async def hand_in(person: Person) -> Seen:
        async with turns:
            form = await person.slash("reto enviar", {"reto": "add-up"})
            return await person.submit(form, {"code": RIGHT})

    answers = await asyncio.gather(*map(hand_in, people))
    await crowd.judge_all()
    assert sum("✅" in one.text for one in answers) == MEMBERS
    assert len(crowd.store.submissions) == MEMBERS
    assert crowd.fake.unacknowledged == []
    assert crowd.fake.violations == []


class Wanderer:
    """Does whatever can be done next, and judges now and then."""

    def __init__(self, town: Town, person: Person, chance: random.Random) -> None:
        self._town = town
        self._person = person
        self._random = chance
        self._seen: list[Seen] = []

    async def step(self) -> None:
        ways: list[Callable[[], Awaitable[Seen | None]]] = [
            self._command,
            self._component,
            self._component,
            self._fill,
            self._say,
            self._judge,
        ]
        try:
            seen = await self._random.choice(ways)()
        except CannotDo:
            return
        if seen is not None:
            self._seen = [*self._seen[-5:], seen]

    async def _command(self) -> Seen:
        return await self._person.slash(self._random.choice(LINES))

    async def _component(self) -> Seen | None:
        shown = [one for one in self._seen if one.modal is None]
        if not shown:
            return None
        seen = self._random.choice(shown)
        used = [one for one in seen.components if "custom_id" in one]
        if not used:
            return None
        component = self._random.choice(used)
        if component["type"] == 2:
            return await self._person.press(seen, component["custom_id"])
        chosen = self._random.choice(component["options"])["value"]
        return await self._person.choose(seen, [chosen], component["custom_id"])

    async def _fill(self) -> Seen | None:
        forms = [one for one in self._seen if one.modal is not None]
        if not forms:
            return None
        form = self._random.choice(forms)
        self._seen.remove(form)
        texts = [
            field["custom_id"] for _, field in form.form.fields if field["type"] == 4
        ]
        values = {one: self._random.choice(SOURCES) for one in texts}
        return await self._person.submit(form, values)

    async def _say(self) -> Seen:
        source = self._random.choice(SOURCES)
        text = (
            f"<@{self._town.fake.application.id}> {FENCE}py\n{source[:1500]}\n{FENCE}"
        )
        said = self._person.say(text)
        if self._random.random() < 1 / 4:
            self._person.edit(said, text.replace("py", "python", 1))
        return await self._town.answered(self._person, said)

    async def _judge(self) -> None:
        await self._town.judge_all()


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    # Each example makes a Discord of its own.
    suppress_health_check=[HealthCheck.too_slow],
)
@given(chance=st.randoms(use_true_random=False))
async def test_anything_in_any_order_is_acknowledged_and_breaks_no_rule(
    chance: random.Random,
) -> None:
    async with FakeDiscord() as fake:
        with fake.addressed():
            fake.create_channel(fake.create_server(locale="es-ES"))
            async with Installation(fake=fake).running() as town:
                people = [town.newcomer("es-ES"), town.newcomer("en-US", "ben")]
                wanderers = [Wanderer(town, one, chance) for one in people]
                for number in range(STEPS // EXAMPLES):
                    await wanderers[number % 2].step()
                await town.judge_all()
        assert fake.unacknowledged == []
        assert fake.violations == []
