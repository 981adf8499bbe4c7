"""What no modal may be; and what the client lets nobody enter."""

from typing import Any

import discord
import pytest

from tests.fakes.discord import CannotDo, FakeDiscord, File, Person
from tests.fakes.discord.errors import Json
from tests.integration.chat.discord.api import Api, is_refused_at
from tests.integration.chat.discord.tiny_bot import TinyBot

COMPONENTS = "data.components"


def field(**fields: Any) -> Json:
    return {"type": 4, "custom_id": "code", "style": 2} | fields


def label(component: Json, **fields: Any) -> Json:
    return {"type": 18, "label": "Code", "component": component} | fields


def modal(*components: Json, **fields: Any) -> Json:
    body = {"custom_id": "m", "title": "Title", "components": list(components)}
    return body | fields


def choices(count: int) -> list[Json]:
    return [{"label": str(n), "value": str(n)} for n in range(count)]


REFUSED = {
    "a long title": (modal(label(field()), title="x" * 46), "data.title"),
    "no title": (modal(label(field()), title=""), "data.title"),
    "a long custom_id": (modal(label(field()), custom_id="x" * 101), "data.custom_id"),
    "nothing in it": (modal(), COMPONENTS),
    "six components": (
        modal(*[label(field(custom_id=str(n))) for n in range(6)]),
        COMPONENTS,
    ),
    "a long label": (modal(label(field(), label="x" * 46)), f"{COMPONENTS}.0.label"),
    "a long description": (
        modal(label(field(), description="x" * 101)),
        f"{COMPONENTS}.0.description",
    ),
    "over 4000 characters": (
        modal(label(field(max_length=4001))),
        f"{COMPONENTS}.0.component.max_length",
    ),
    "a value over its maximum": (
        modal(label(field(max_length=3, value="four"))),
        f"{COMPONENTS}.0.component.value",
    ),
    "a long placeholder": (
        modal(label(field(placeholder="x" * 101))),
        f"{COMPONENTS}.0.component.placeholder",
    ),
    "the same custom_id twice": (
        modal(label(field()), label(field())),
        f"{COMPONENTS}.1.component.custom_id",
    ),
    "eleven files": (
        modal(label({"type": 19, "custom_id": "f", "max_values": 11})),
        f"{COMPONENTS}.0.component.max_values",
    ),
    "26 options": (
        modal(label({"type": 3, "custom_id": "s", "options": choices(26)})),
        f"{COMPONENTS}.0.component.options",
    ),
    "one radio button": (
        modal(label({"type": 21, "custom_id": "r", "options": choices(1)})),
        f"{COMPONENTS}.0.component.options",
    ),
    "a button": (
        modal(label({"type": 2, "custom_id": "b", "style": 1, "label": "b"})),
        f"{COMPONENTS}.0.component",
    ),
}


@pytest.mark.parametrize("described", [True, False])
@pytest.mark.parametrize("name", REFUSED)
async def test_what_no_modal_may_be(
    fake: FakeDiscord,
    bot: TinyBot,
    ana: Person,
    api: Api,
    *,
    name: str,
    described: bool,
) -> None:
    body, path = REFUSED[name]
    fake.state.description = fake.state.description if described else None
    answers: list[tuple[int, Any]] = []

    async def act(interaction: discord.Interaction) -> None:
        where = f"/interactions/{interaction.id}/{interaction.token}/callback"
        answers.append(await api("POST", where, {"type": 9, "data": body}))
        await interaction.response.send_message("done")

    bot.act = act
    await ana.slash("act")
    status, answer = answers[0]
    assert (status, answer["code"]) == (400, 50035)
    # What fits no kind of component at all is told of the union.
    assert is_refused_at(answer, path) or is_refused_at(answer, COMPONENTS), answer
    fake.take_violations()


class Everything(discord.ui.Modal, title="Everything"):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Any] = {
            "Text": discord.ui.TextInput(required=False, max_length=5),
            "Way": discord.ui.Select(
                options=[discord.SelectOption(label="North", value="n")]
            ),
            "Files": discord.ui.FileUpload(required=False, max_values=2),
            "Mood": discord.ui.RadioGroup(
                options=[
                    discord.RadioGroupOption(label="Good", value="good"),
                    discord.RadioGroupOption(label="Bad", value="bad"),
                ]
            ),
            "Sure": discord.ui.Checkbox(),
        }
        for text, component in self.fields.items():
            self.add_item(discord.ui.Label(text=text, component=component))

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        text, way, files, mood, sure = self.fields.values()
        read = [(await one.read()).decode() for one in files.values]
        await interaction.response.send_message(
            f"{text.value} {way.values} {read} {mood.value} {sure.value}"
        )


async def show(bot: TinyBot, ana: Person) -> Any:
    async def act(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Everything())

    bot.act = act
    return await ana.slash("act")


async def test_every_kind_of_field_is_entered(bot: TinyBot, ana: Person) -> None:
    form = await show(bot, ana)
    assert form.text.splitlines() == [
        "Everything",
        "Text",
        "Way",
        "Files",
        "Mood",
        "Sure",
    ]
    entered = {
        "Text": "hi",
        "Way": ["North"],
        "Files": [File(name="a.py", content=b"x = 1")],
        "Mood": "bad",
        "Sure": True,
    }
    seen = await ana.submit(form, entered)
    assert seen.text == "hi ['n'] ['x = 1'] bad True"


@pytest.mark.parametrize(
    "entered",
    [
        {"Text": "too long", "Way": ["n"], "Mood": "bad"},
        {"Way": [], "Mood": "bad"},
        {"Way": ["elsewhere"], "Mood": "bad"},
        {"Way": ["n"]},
        {"Way": ["n"], "Mood": "bad", "Name": "Ana"},
        {"Way": ["n"], "Mood": "bad", "Files": [File(name="a", content=b"")] * 3},
    ],
)
async def test_the_client_does_not_send_what_does_not_fit(
    bot: TinyBot, ana: Person, entered: dict[str, Any]
) -> None:
    form = await show(bot, ana)
    with pytest.raises(CannotDo):
        await ana.submit(form, entered)
