import pytest

from bot.chat.names import command_name, spec_of
from bot.chat.parse import parse_line
from bot.chat.reply import Action
from bot.chat.table import COMMANDS
from bot.chat.texts import LANGUAGES, texts_in
from bot.chat.web.command_words import written
from bot.chat.web.highlight import pieces

EN = texts_in("en")
TEXTS = [texts_in(language) for language in LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES)
def test_written_action_can_be_typed(language: str) -> None:
    action = Action(("challenge", "show"), (("challenge", "circuit-breaker"),))
    parsed = parse_line(written(action, COMMANDS, texts_in(language)), COMMANDS, TEXTS)
    assert parsed.path == action.path
    assert parsed.options == dict(action.options)


def test_code_follows_in_a_fence_that_holds_it() -> None:
    source = 'x = """\n```\n"""'
    line = written(Action(("challenge", "submit"), (("code", source),)), COMMANDS, EN)
    assert pieces(line)[1].text == source


def test_what_nobody_types_is_not_shown() -> None:
    action = Action(("challenge", "submit"), (("answer_1", "secret"), ("code", "")))
    spec = spec_of(COMMANDS, action.path)
    assert spec is not None
    assert written(action, COMMANDS, EN) == command_name(EN, spec)


def test_long_value_is_shortened() -> None:
    line = written(Action(("challenge", "browse"), (("text", "a" * 99),)), COMMANDS, EN)
    assert line.endswith("…")
    assert len(line) < 99


def test_unknown_action_is_shown_as_it_is() -> None:
    assert written(Action(("no", "such"), (("a", "b"),)), COMMANDS, EN) == "/no such"
