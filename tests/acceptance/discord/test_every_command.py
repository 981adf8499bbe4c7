"""Every command of the table, each option of it, in both languages; later ones too."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from bot.chat.command import Audience, CommandSpec, Option, OptionKind
from bot.chat.names import command_name, option_name
from bot.chat.table import COMMANDS
from bot.chat.texts import LANGUAGES, Texts, texts_in
from challenges.challenge import Challenge
from tests.acceptance.discord.installation import (
    Installation,
    code_challenge,
)
from tests.acceptance.lantern import LANTERN, lantern_texts
from tests.acceptance.wording import languages_of
from tests.fakes.discord import (
    CannotDo,
    Channel,
    FakeDiscord,
    File,
    Permission,
    Person,
)


def uses(
    spec: CommandSpec, texts: Texts, person: Person, challenge: str
) -> Iterator[Mapping[str, Any]]:
    """Without options where that may be, and then with each value of each option."""
    # A language that is chosen here would be that of all that follows.
    chosen = [one for one in spec.options if one.choices != LANGUAGES]
    listed = [one for one in chosen if one.is_listed]
    names = {one.name: option_name(texts, spec, one) for one in listed}
    given = {one.name: values_of(one, person, challenge) for one in listed}
    least = {names[one.name]: given[one.name][0] for one in listed if one.required}
    yield least
    for option in listed:
        for value in given[option.name]:
            yield {**least, names[option.name]: value}


def values_of(option: Option, person: Person, challenge: str) -> list[Any]:
    match option.kind:
        case OptionKind.TEXT:
            return ["hola", "*@everyone* `"]
        case OptionKind.CODE:
            return [File(name="solution.py", content=b"print(1)\n")]
        case OptionKind.INTEGER:
            bounds = [option.minimum, option.maximum]
            return [one for one in bounds if one is not None] or [1]
        case OptionKind.BOOLEAN:
            return [True, False]
        case OptionKind.CHOICE:
            return list(option.choices)
        case OptionKind.CHALLENGE:
            return [challenge, "no-such-challenge"]
        case OptionKind.TOPICS:
            return ["apis, functions", "no such topic"]
        case OptionKind.MEMBER:
            return [person.account]
        case OptionKind.CHANNEL:
            return [person.channel]
        case OptionKind.ROLE:
            assert person.channel.server is not None
            return [person.channel.server.everyone]


async def solve(person: Person, challenge: Challenge, texts: Texts) -> None:
    (spec,) = [one for one in COMMANDS if one.path == ("challenge", "submit")]
    form = await person.slash(
        command_name(texts, spec),
        {option_name(texts, spec, spec.options[0]): challenge.id},
    )
    answer = await person.submit(form, {"code": challenge.solution})
    await person.until(lambda: "✅" in answer.text)


async def try_all(
    person: Person, texts: Texts, challenge: str, *audiences: Audience
) -> None:
    for spec in COMMANDS:
        if not spec.is_listed or spec.audience not in audiences:
            continue
        line = command_name(texts, spec)
        for options in uses(spec, texts, person, challenge):
            seen = await person.slash(line, options)
            assert languages_of(seen.text) == {texts.language}, (line, seen.text)
            assert seen.modal or seen.ephemeral, line
            assert texts("refusal.fault") not in seen.text, line


@pytest.mark.parametrize(("locale", "language"), [("es-ES", "es"), ("en-US", "en")])
async def test_every_command_is_answered_in_the_members_language(
    installation: Installation,
    fake: FakeDiscord,
    general: Channel,
    locale: str,
    language: str,
) -> None:
    texts = texts_in(language)
    async with installation.running() as bot:
        challenge = code_challenge(bot.parts)
        newcomer = fake.join(general, "bea", locale=locale)
        await try_all(newcomer, texts, challenge.id, Audience.MEMBER)
        regular = fake.join(general, "carla", locale=locale)
        await solve(regular, challenge, texts)
        await try_all(regular, texts, challenge.id, Audience.MEMBER)
        await try_all(regular.direct(), texts, challenge.id, Audience.MEMBER)
        assert general.server is not None
        organisers = fake.create_role(
            general.server, "organisers", permissions=Permission.MANAGE_GUILD
        )
        organiser = fake.join(general, "dora", locale=locale, role=organisers)
        await try_all(organiser, texts, challenge.id, *Audience)


@pytest.fixture
def with_lantern_texts() -> Iterator[None]:
    with lantern_texts():
        yield


@pytest.mark.usefixtures("with_lantern_texts")
@pytest.mark.parametrize(
    ("locale", "line", "told"),
    [
        ("es-ES", "farol color", "Ana enciende el farol"),
        ("en-US", "lantern colour", "Ana lights the lantern"),
    ],
)
async def test_a_command_added_to_the_table_works_with_no_change_of_the_adapter(
    installation: Installation, general: Channel, locale: str, line: str, told: str
) -> None:
    name, option = line.split()

    ana = installation.fake.join(general, "ana", locale=locale)
    async with installation.running(judging=False):
        with pytest.raises(CannotDo):
            await ana.slash(name, {option: "red"})
    installation.table = [*COMMANDS, LANTERN]
    async with installation.running(judging=False):
        seen = await ana.slash(name, {option: "red"})
        assert told in seen.text
        assert told in (await ana.press(seen, seen.buttons[0])).text
