"""Answering an interaction: once, in time, and only as it may be."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import discord
import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.discord import FakeDiscord, Person
from tests.fakes.discord.errors import Json
from tests.integration.chat.discord.api import SILENT, Api, errors_in, is_refused_at
from tests.integration.chat.discord.tiny_bot import Code, TinyBot

Answers = list[tuple[int, Any]]
HI: Json = SILENT | {"content": "hi"}
EPHEMERAL = 64


def callback(interaction: discord.Interaction) -> str:
    return f"/interactions/{interaction.id}/{interaction.token}/callback"


def token(interaction: discord.Interaction) -> str:
    return f"/webhooks/{interaction.application_id}/{interaction.token}"


def turn(fake: FakeDiscord, **by: int) -> None:
    clock = fake.state.clock
    assert isinstance(clock, FakeClock)
    clock.advance(timedelta(**by))


@pytest.fixture
def tried(bot: TinyBot, api: Api) -> Callable[..., Answers]:
    """What the API says to requests that `/act` sends before or after its answer."""

    def arrange(*bodies: Json, first: bool = True, follow: bool = False) -> Answers:
        answers: Answers = []

        async def act(interaction: discord.Interaction) -> None:
            if not first:
                await interaction.response.send_message("done")
            for body in bodies:
                path = token(interaction) if follow else callback(interaction)
                answers.append(await api("POST", path, body))
                bot.bell.ring()
            if first:
                await interaction.response.send_message("done")

        bot.act = act
        return answers

    return arrange


async def test_a_second_answer_is_refused(
    fake: FakeDiscord, bot: TinyBot, ana: Person, tried: Callable[..., Answers]
) -> None:
    answers = tried({"type": 4, "data": HI}, first=False)
    await ana.slash("act")
    await bot.bell.until(lambda: answers)
    assert (answers[0][0], answers[0][1]["code"]) == (400, 40060)
    assert [one.rule for one in fake.take_violations()] == ["answered twice"]


async def test_an_answer_after_three_seconds_is_lost(
    fake: FakeDiscord, bot: TinyBot, ana: Person
) -> None:
    codes: list[int] = []

    async def act(interaction: discord.Interaction) -> None:
        turn(fake, seconds=4)
        try:
            await interaction.response.defer()
        except discord.NotFound as refused:
            codes.append(refused.code)
        turn(fake, seconds=-4)
        await interaction.response.send_message("in time")

    bot.act = act
    await ana.slash("act")
    assert codes == [10062]


async def test_a_token_ends_after_fifteen_minutes(
    fake: FakeDiscord, bot: TinyBot, ana: Person
) -> None:
    codes: list[int] = []

    async def act(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("first")
        turn(fake, minutes=16)
        try:
            await interaction.edit_original_response(content="too late")
        except discord.HTTPException as refused:
            codes.append(refused.code)
        bot.bell.ring()

    bot.act = act
    seen = await ana.slash("act")
    await bot.bell.until(lambda: codes)
    assert (codes, seen.text) == ([50027], "first")


async def test_a_follow_up_before_the_answer_has_no_webhook(
    fake: FakeDiscord, ana: Person, tried: Callable[..., Answers]
) -> None:
    answers = tried(HI, follow=True)
    await ana.slash("act")
    assert (answers[0][0], answers[0][1]["code"]) == (404, 10015)
    assert [one.rule for one in fake.take_violations()] == [
        "followed up before the answer"
    ]


@pytest.mark.parametrize("kind", [1, 6, 7, 8, 99])
async def test_a_command_is_not_answered_so(
    fake: FakeDiscord, ana: Person, tried: Callable[..., Answers], kind: int
) -> None:
    answers = tried({"type": kind, "data": {}})
    await ana.slash("act")
    assert (answers[0][0], answers[0][1]["code"]) == (400, 50035)
    fake.take_violations()


async def test_a_modal_answers_no_modal(
    fake: FakeDiscord, bot: TinyBot, ana: Person, api: Api
) -> None:
    form = await ana.press(await ana.slash("trip panel"), "Code")
    answers: Answers = []

    async def on_submit(code: Code, interaction: discord.Interaction) -> None:
        body = {"type": 9, "data": form.form.body}
        answers.append(await api("POST", callback(interaction), body))
        await interaction.response.send_message("done")

    bot.on_code = on_submit
    await ana.submit(form, {"Code": "x"})
    status, answer = answers[0]
    assert (status, errors_in(answer, "type")) == (
        400,
        ["INTERACTION_RESPONSE_TYPE_INVALID"],
    )
    fake.take_violations()


async def test_a_modal_cannot_follow_a_defer(
    fake: FakeDiscord, bot: TinyBot, ana: Person, api: Api
) -> None:
    answers: Answers = []

    async def act(interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        words = {"type": 10, "content": "words"}
        modal = {"custom_id": "m", "title": "M", "components": [words]}
        body = {"type": 9, "data": modal}
        answers.append(await api("POST", callback(interaction), body))
        await interaction.edit_original_response(content="done")

    bot.act = act
    await ana.slash("act")
    assert answers[0][1]["code"] == 40060
    fake.take_violations()


async def test_a_defer_can_only_be_ephemeral(
    fake: FakeDiscord, bot: TinyBot, ana: Person, api: Api
) -> None:
    async def act(interaction: discord.Interaction) -> None:
        body = {"type": 5, "data": {"flags": EPHEMERAL | 1 << 15}}
        await api("POST", callback(interaction), body)
        await api("POST", token(interaction), HI | {"flags": EPHEMERAL})

    bot.act = act
    assert (await ana.slash("act")).ephemeral
    assert [one.rule for one in fake.take_violations()] == [
        "a defer can only be ephemeral"
    ]


async def test_who_sees_an_answer_is_settled_by_the_defer(
    fake: FakeDiscord, bot: TinyBot, ana: Person
) -> None:
    async def act(interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        await interaction.followup.send("for you", ephemeral=True)

    bot.act = act
    assert not (await ana.slash("act")).ephemeral
    assert [one.rule for one in fake.take_violations()] == [
        "ephemeral changed after the defer"
    ]


async def test_a_deferred_answer_is_awaited(bot: TinyBot, ana: Person) -> None:
    async def act(interaction: discord.Interaction) -> None:
        await interaction.response.defer(thinking=True)
        await interaction.followup.send("first")
        await interaction.followup.send("second")

    bot.act = act
    seen = await ana.slash("act")
    assert seen.text == "first"
    await ana.until(lambda: seen.followups)
    assert [one.text for one in seen.followups] == ["second"]


async def test_an_answer_can_be_taken_back(bot: TinyBot, ana: Person) -> None:
    async def act(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("oh")
        await interaction.delete_original_response()

    bot.act = act
    seen = await ana.slash("act")
    await ana.until(lambda: seen.shown.deleted)
    assert ana.sees() == []


@pytest.mark.parametrize(
    ("choices", "path"),
    [
        ([{"name": str(n), "value": str(n)} for n in range(26)], "data.choices"),
        ([{"name": "x" * 101, "value": "x"}], "data.choices.0.name"),
        ([{"name": "x", "value": "x" * 101}], "data.choices.0.value"),
        ([{"name": "x", "value": 1}], "data.choices.0.value"),
    ],
)
async def test_choices_are_limited(  # noqa: PLR0917 - fixtures and two columns
    fake: FakeDiscord, bot: TinyBot, ana: Person, api: Api, choices: Any, path: str
) -> None:
    answers: Answers = []

    async def complete(interaction: discord.Interaction, typed: str) -> list[Any]:
        body = {"type": 8, "data": {"choices": choices}}
        answers.append(await api("POST", callback(interaction), body))
        return []

    trip = bot.tree.get_command("trip")
    assert isinstance(trip, discord.app_commands.Group)
    go = trip.get_command("go")
    assert isinstance(go, discord.app_commands.Command)
    go.autocomplete("way")(complete)
    assert await ana.autocomplete("trip go", "way", "n") == []
    status, answer = answers[0]
    assert status == 400
    assert is_refused_at(answer, path), answer
    fake.take_violations()


async def test_the_answer_is_told_back_when_asked_for(
    bot: TinyBot, ana: Person
) -> None:
    told: list[Any] = []

    async def act(interaction: discord.Interaction) -> None:
        told.append(await interaction.response.send_message("hi", ephemeral=True))
        bot.bell.ring()

    bot.act = act
    seen = await ana.slash("act")
    await bot.bell.until(lambda: told)
    assert str(told[0].message_id) == seen.shown.id
    assert told[0].is_ephemeral()


async def test_no_interaction_is_left_unacknowledged(
    fake: FakeDiscord, bot: TinyBot, ana: Person
) -> None:
    await ana.slash("trip panel")
    assert fake.unacknowledged == []


async def test_an_edit_cannot_hide_an_answer(
    fake: FakeDiscord, bot: TinyBot, ana: Person, api: Api
) -> None:
    async def act(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("for all")
        path = f"{token(interaction)}/messages/@original"
        await api("PATCH", path, HI | {"flags": EPHEMERAL})

    bot.act = act
    seen = await ana.slash("act")
    await ana.until(lambda: seen.text == "hi")
    assert not seen.ephemeral
    assert [one.rule for one in fake.take_violations()] == [
        "ephemeral changed after the answer"
    ]


async def test_a_modal_that_a_command_opened_has_no_message_to_update(
    fake: FakeDiscord, bot: TinyBot, ana: Person, api: Api
) -> None:
    answers: Answers = []

    async def act(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Code(bot))

    async def on_submit(code: Code, interaction: discord.Interaction) -> None:
        answers.append(
            await api("POST", callback(interaction), {"type": 7, "data": HI})
        )
        await interaction.response.send_message("a message of its own")

    bot.act, bot.on_code = act, on_submit
    seen = await ana.submit(await ana.slash("act"), {"Code": "x"})
    assert seen.text == "a message of its own"
    assert errors_in(answers[0][1], "type") == ["INTERACTION_RESPONSE_TYPE_INVALID"]
    fake.take_violations()


async def test_a_modal_that_a_button_opened_updates_its_message(
    bot: TinyBot, ana: Person
) -> None:
    async def on_submit(code: Code, interaction: discord.Interaction) -> None:
        view = discord.ui.LayoutView()
        view.add_item(discord.ui.TextDisplay("updated"))
        await interaction.response.edit_message(view=view)

    bot.on_code = on_submit
    panel = await ana.slash("trip panel")
    seen = await ana.submit(await ana.press(panel, "Code"), {"Code": "x"})
    assert seen.shown is panel.shown
    assert panel.text == "updated"
