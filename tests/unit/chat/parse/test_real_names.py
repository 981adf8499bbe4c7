"""The names that the catalogues give to the real commands, typed back."""

import pytest

from bot.chat.command import CommandSpec
from bot.chat.names import command_name, option_name
from bot.chat.parse import parse_line
from bot.chat.parse.errors import MissingOption
from bot.chat.parse.names import folded, option_names
from bot.chat.table import COMMANDS
from bot.chat.texts import LANGUAGES, texts_in

LISTED = [spec for spec in COMMANDS if spec.is_listed]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("spec", LISTED, ids=lambda spec: spec.key)
def test_a_command_typed_as_help_writes_it_is_that_command(
    spec: CommandSpec, language: str
) -> None:
    line = command_name(texts_in(language), spec)
    try:
        path = parse_line(line, COMMANDS).path
    except MissingOption as asked:
        path = asked.path
    assert path == spec.path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("spec", LISTED, ids=lambda spec: spec.key)
def test_an_option_typed_as_help_writes_it_is_that_option(
    spec: CommandSpec, language: str
) -> None:
    texts = texts_in(language)
    names = option_names(spec, [texts_in(one) for one in LANGUAGES])
    for option in spec.options:
        if option.is_listed:
            assert names[folded(option_name(texts, spec, option))] == option
