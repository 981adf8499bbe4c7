"""The command table on Discord: all of it, in both languages, now and later."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace

import pytest

from bot.chat.command import Audience, CommandSpec
from bot.chat.context import Context
from bot.chat.names import command_name, spec_of
from bot.chat.reply import Action, Button, Buttons, Form, Reply, Text
from bot.chat.table import COMMANDS
from bot.chat.texts import plain, texts_in
from tests.fakes.catalogue import RIGHT
from tests.fakes.discord import CannotDo, Channel, FakeDiscord, File, Person
from tests.integration.chat.discord.town import Installation, Town

# What needs an option, and what is for organisers, the acceptance tests try.
BARE = [
    spec
    for spec in COMMANDS
    if spec.is_listed
    and spec.audience is Audience.MEMBER
    and not any(option.required for option in spec.options)
]


@pytest.fixture
async def town(fake: FakeDiscord, general: Channel) -> AsyncIterator[Town]:
    async with Installation(fake=fake).running() as town:
        yield town


@pytest.mark.parametrize(("language", "locale"), [("es", "es-419"), ("en", "en-US")])
async def test_every_bare_command_answers_in_the_members_language(
    town: Town, language: str, locale: str
) -> None:
    person = town.newcomer(locale)
    fault = texts_in(language)("refusal.fault")
    for spec in BARE:
        line = command_name(texts_in(language), spec)
        seen = await person.slash(line)
        if seen.modal is None:
            assert seen.ephemeral, line
            assert seen.text.strip("… "), line
            assert fault not in seen.text, line


async def test_a_command_added_to_the_table_appears_by_itself(
    fake: FakeDiscord, general: Channel, ana: Person
) -> None:
    async def handle(context: Context, _: Mapping[str, str]) -> Reply:
        return Reply(blocks=(Text(plain(f"{context.member.name} helps")),))

    (help_spec,) = [one for one in COMMANDS if one.path == ("help",)]
    table = [one for one in COMMANDS if one.path != ("help",)]
    installation = Installation(fake=fake, table=table)
    async with installation.running():
        with pytest.raises(CannotDo):
            await ana.slash("help")
    installation.table = [*table, replace(help_spec, handler=handle)]
    async with installation.running():
        assert "Ana helps" in (await ana.slash("ayuda")).text


async def test_commands_are_registered_again_only_when_they_changed(
    fake: FakeDiscord, general: Channel
) -> None:
    installation = Installation(fake=fake)
    async with installation.running() as town:
        assert not await town.connection.sync()
    installation.table = COMMANDS[:3]
    async with installation.running() as town:
        assert not await town.connection.sync()
    puts = [one for one in fake.exchanges if one.method == "PUT"]
    assert len(puts) == 2


async def test_challenges_are_completed_by_their_title_in_the_members_language(
    town: Town,
) -> None:
    spanish, english = town.newcomer("es-ES"), town.newcomer("en-GB", "ben")
    assert await spanish.autocomplete("reto ver", "reto", "cajas") == [
        ("Suma de varias cajas", "add-more")
    ]
    assert ("Adding up the till", "add-up") in await english.autocomplete(
        "challenge show", "challenge", ""
    )


async def test_options_come_by_their_localised_names_and_bounds(town: Town) -> None:
    person = town.newcomer("es-ES")
    seen = await person.slash("clasificacion", {"periodo": "month", "fase": 2})
    assert "este mes" in seen.text
    assert (await person.slash("ruta", {"fase": 7})).text
    with pytest.raises(CannotDo):
        await person.slash("ruta", {"fase": 8})


async def test_code_is_handed_in_as_a_file_of_the_command(town: Town) -> None:
    person = town.newcomer("es-ES")
    file = File(name="solution.py", content=RIGHT.encode())
    answer = await person.slash("reto enviar", {"reto": "add-up", "codigo": file})
    assert "Recibido" in answer.text
    await town.judge_all()
    assert "✅" in answer.text


async def test_a_command_of_before_an_update_is_refused_kindly(
    fake: FakeDiscord, general: Channel, ana: Person
) -> None:
    installation = Installation(fake=fake)
    async with installation.running() as town:
        old = await ana.slash("racha")
        assert old.text
        gone = spec_of(COMMANDS, ("streak",))
        assert isinstance(gone, CommandSpec)
        town.connection.chat._interactions._router.table = [  # type: ignore[misc]
            one for one in COMMANDS if one is not gone
        ]
        assert "No conozco" in (await ana.slash("racha")).text


async def test_a_form_that_comes_too_late_to_follow_is_opened_by_a_button(
    fake: FakeDiscord, general: Channel, ana: Person
) -> None:
    (spec,) = [one for one in COMMANDS if one.path == ("challenge", "submit")]
    acknowledged = asyncio.Event()

    async def slow(context: Context, options: Mapping[str, str]) -> Reply | Form:
        await acknowledged.wait()
        return await spec.handler(context, options)

    table = [replace(one, handler=slow) if one is spec else one for one in COMMANDS]
    async with Installation(fake=fake, table=table).running():
        asking = asyncio.create_task(ana.slash("reto enviar", {"reto": "add-up"}))
        await fake.until(lambda: any("callback" in one.path for one in fake.exchanges))
        acknowledged.set()
        seen = await asking
        assert "formulario" in seen.text
        assert (await ana.press(seen, "Abrir")).form.title == "Suma de la caja"


async def test_a_reply_that_cannot_be_drawn_is_told_as_a_fault_of_ours(
    fake: FakeDiscord, general: Channel, ana: Person
) -> None:
    async def long(_: Context, __: Mapping[str, str]) -> Reply:
        action = Action(("help",), (("text", "x" * 100),))
        return Reply(blocks=(Buttons((Button("Too long", action),)),))

    (spec,) = [one for one in COMMANDS if one.path == ("streak",)]
    table = [replace(spec, handler=long)]
    async with Installation(fake=fake, table=table).running():
        assert "Algo falló" in (await ana.slash("racha")).text
