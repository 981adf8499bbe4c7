import pytest

from bot.chat.command import Actor, CommandSpec, OptionKind, Place, Platform
from bot.chat.names import command_name, option_name, spec_of
from bot.chat.table import COMMANDS
from bot.chat.texts import LANGUAGES, Texts, texts_in
from bot.chat.web.completion import SUGGESTION_LIMIT, Suggestions, suggestions
from tests.fakes.web_router import FakeRouter

EN = texts_in("en")
PLACE = Place(platform=Platform.WEB, community="local")


async def after(line: str, texts: Texts = EN, *, organises: bool = True) -> Suggestions:
    actor = Actor(external_id="ana", name="Ana", is_organiser=organises)
    return await suggestions(
        line, router=FakeRouter(), actor=actor, place=PLACE, texts=texts
    )


def spec_called(*path: str) -> CommandSpec:
    spec = spec_of(COMMANDS, path)
    assert spec is not None
    return spec


@pytest.mark.parametrize("language", LANGUAGES)
async def test_slash_alone_offers_the_listed_commands(language: str) -> None:
    texts = texts_in(language)
    found = await after("/", texts)
    listed = [command_name(texts, spec) for spec in COMMANDS if spec.is_listed]
    assert [item.label for item in found.items] == listed[:SUGGESTION_LIMIT]
    assert all(item.about for item in found.items)


async def test_command_is_found_by_its_last_word_without_accents() -> None:
    es = texts_in("es")
    name = command_name(es, spec_called("challenge", "hint"))
    found = await after("/" + name.split()[-1].upper(), es)
    assert found.items[0].line == f"{name} "


async def test_exact_name_comes_before_longer_ones() -> None:
    name = command_name(EN, spec_called("streak"))
    assert (await after(name)).items[0].label == name


async def test_canonical_name_is_understood_in_every_language() -> None:
    es = texts_in("es")
    labels = [item.label for item in (await after("/challenge tod", es)).items]
    assert labels == [command_name(es, spec_called("challenge", "today"))]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_command_typed_whole_is_sent_by_either_name(language: str) -> None:
    texts = texts_in(language)
    for line in ("/streak", command_name(texts, spec_called("streak"))):
        assert [item.is_whole for item in (await after(line, texts)).items] == [True]
    assert not (await after("/strea", texts)).items[0].is_whole


@pytest.mark.parametrize("language", LANGUAGES)
async def test_command_offers_its_options_but_no_code(language: str) -> None:
    texts = texts_in(language)
    spec = spec_called("challenge", "submit")
    line = f"{command_name(texts, spec)} "
    found = await after(line, texts)
    typed = [
        option_name(texts, spec, option)
        for option in spec.options
        if option.is_listed and option.kind is not OptionKind.CODE
    ]
    assert [item.line for item in found.items] == [f"{line}{name}:" for name in typed]
    # The line may be whole as it is: Enter must send it.
    assert not found.preselect


async def test_challenge_is_offered_by_title() -> None:
    found = await after("/challenge show challenge:ridge")
    (item,) = found.items
    assert item.label == "The south ridge"
    assert item.line == "/challenge show challenge:south-ridge "
    assert found.preselect


async def test_value_in_quotes_is_completed_too() -> None:
    found = await after('/challenge show challenge:"the north')
    assert [item.label for item in found.items] == ["The north face"]


async def test_option_that_is_given_is_not_offered_again() -> None:
    found = await after("/challenge show challenge:north-face ")
    assert found.items == ()


@pytest.mark.parametrize("line", ["", "hello", "/help\nmore", "/nothing-like-it x:"])
async def test_other_lines_offer_nothing(line: str) -> None:
    assert (await after(line)).items == ()
