"""A pressed action as the line that one would have typed: pressing teaches commands."""

from collections.abc import Sequence

from bot.chat.command import CommandSpec, OptionKind
from bot.chat.names import command_name, option_name, spec_of
from bot.chat.reply import Action
from bot.chat.texts import Texts

_SHOWN_VALUE = 60


def written(action: Action, table: Sequence[CommandSpec], texts: Texts) -> str:
    """Code follows in a fence of its own. An unknown action is shown as it is."""
    spec = spec_of(table, action.path)
    given = dict(action.options)
    if spec is None:
        return "/" + " ".join(action.path)
    words = [command_name(texts, spec)]
    fences: list[str] = []
    for option in spec.options:
        value = given.get(option.name, "")
        if "\n" in value or (value and option.kind is OptionKind.CODE):
            fences.append(_fenced(value))
        elif value and option.is_listed:
            words.append(f"{option_name(texts, spec, option)}:{quoted(_short(value))}")
    return "\n".join([" ".join(words), *fences])


def quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value


def _fenced(source: str) -> str:
    fence = "```"
    while fence in source:
        fence += "`"
    return f"{fence}python\n{source.rstrip()}\n{fence}"


def _short(value: str) -> str:
    return value if len(value) <= _SHOWN_VALUE else value[: _SHOWN_VALUE - 1] + "…"
