"""Every command of the table, each option of it, in both languages; later ones too."""

from collections.abc import Iterator

import pytest

from bot.chat.command import Audience, CommandSpec, Option, OptionKind
from bot.chat.names import choice_labels, command_name, option_name, spec_of
from bot.chat.slack.manifest import manifest
from bot.chat.table import COMMANDS
from bot.chat.texts import LANGUAGES, Texts, texts_in
from tests.acceptance.discord.installation import code_challenge
from tests.acceptance.lantern import LANTERN, lantern_texts
from tests.acceptance.slack.installation import RunningOnSlack, SlackSite
from tests.acceptance.wording import languages_of
from tests.fakes.clock import FakeClock
from tests.fakes.slack import Channel, FakeSlack, Person
from tests.integration.chat.slack.village import Transport


def lines(spec: CommandSpec, texts: Texts, challenge: str) -> Iterator[str]:
    """Without options where that may be, and then with each value of each option."""
    # A language that is chosen here would be that of all that follows.
    chosen = [one for one in spec.options if one.choices != LANGUAGES]
    listed = [one for one in chosen if one.is_listed]
    given = {one.name: values_of(spec, one, texts, challenge) for one in listed}
    least = {one.name: given[one.name][0] for one in listed if one.required}
    for option in (None, *listed):
        for value in given[option.name] if option else [""]:
            options = {**least, **({option.name: value} if option else {})}
            yield " ".join(
                f"{option_name(texts, spec, one)}:{options[one.name]}"
                for one in listed
                if one.name in options
            )


def values_of(
    spec: CommandSpec, option: Option, texts: Texts, challenge: str
) -> list[str]:
    match option.kind:
        case OptionKind.TEXT:
            return ["hola", "<!channel>"]
        case OptionKind.CODE:
            return ["\n```\nprint(1)\n```"]
        case OptionKind.INTEGER:
            bounds = [option.minimum, option.maximum]
            return [str(one) for one in bounds if one is not None] or ["1"]
        case OptionKind.BOOLEAN:
            return ["true", "false"]
        case OptionKind.CHOICE:
            labels = [label for _, label in choice_labels(texts, spec, option)]
            return [f'"{label}"' for label in labels]
        case OptionKind.CHALLENGE:
            return [challenge, "no-such-challenge"]
        case _:
            return ["@ana"]


async def try_all(
    bot: RunningOnSlack,
    slack: FakeSlack,
    person: Person,
    texts: Texts,
    *audiences: Audience,
    channel: Channel | None = None,
) -> None:
    challenge = code_challenge(bot.parts).id
    for spec in COMMANDS:
        if not spec.is_listed or spec.audience not in audiences:
            continue
        command, _, rest = command_name(texts, spec).partition(" ")
        for options in lines(spec, texts, challenge):
            line = f"{rest} {options}".strip()
            seen = await person.slash(command, line, channel)
            while seen.kind not in {"ephemeral", "view"}:
                seen = await person.sees()
            assert languages_of(seen.text) == {texts.language}, (line, seen.text)
            assert texts("refusal.fault") not in seen.text, line
            await bot.slack.chat.settle()
            await slack.acknowledged()
            slack.advance(10)


async def solve(bot: RunningOnSlack, person: Person, texts: Texts) -> None:
    challenge = code_challenge(bot.parts)
    spec = spec_of(COMMANDS, ("challenge", "submit"))
    assert spec is not None
    command, _, rest = command_name(texts, spec).partition(" ")
    await person.slash(command, f"{rest} {challenge.id}", expecting="view")
    await person.submit({"code": challenge.solution}, expecting="nothing")
    while "✅" not in (await person.sees()).text:
        pass


@pytest.mark.parametrize(
    ("locale", "language", "transport"),
    [("es-ES", "es", "socket"), ("en-US", "en", "http")],
)
async def test_every_command_is_answered_in_the_members_language(
    site: SlackSite,
    slack: FakeSlack,
    locale: str,
    language: str,
    transport: Transport,
) -> None:
    texts = texts_in(language)
    site.transport = transport
    async with site.running() as bot:
        newcomer = slack.add_person("bea", locale=locale)
        channel = slack.add_channel("general", newcomer, with_bot=False)
        await try_all(bot, slack, newcomer, texts, Audience.MEMBER, channel=channel)
        regular = slack.add_person("carla", locale=locale)
        await solve(bot, regular, texts)
        await try_all(bot, slack, regular, texts, Audience.MEMBER)
        organiser = slack.add_person("dora", locale=locale)
        organiser.account.admin = True
        await try_all(bot, slack, organiser, texts, *Audience)


@pytest.fixture
def with_lantern_texts() -> Iterator[None]:
    with lantern_texts():
        yield


@pytest.mark.usefixtures("with_lantern_texts")
@pytest.mark.parametrize(
    ("locale", "command", "told"),
    [
        ("es-ES", "/farol rojo", "Ana enciende el farol"),
        ("en-US", "/lantern colour:red", "Ana lights the lantern"),
    ],
)
async def test_a_command_added_to_the_table_works_with_no_change_of_the_adapter(
    database_url: str, locale: str, command: str, told: str
) -> None:
    name, _, options = command.partition(" ")
    table = [*COMMANDS, LANTERN]
    async with FakeSlack(dict(manifest(table)), FakeClock()) as slack:
        ana = slack.add_person("Ana", locale=locale)
        site = SlackSite(slack=slack, database_url=database_url, table=table)
        async with site.running(judging=False):
            seen = await ana.slash(name, options)
            assert told in seen.text
            assert told in (await ana.press("lantern", on=seen.message)).text
    assert slack.violations == []
