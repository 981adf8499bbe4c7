"""Commands as a member of one language types them."""

from collections.abc import Sequence

from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.reply import Action
from bot.chat.texts import Texts

_SHOWN_VALUE = 60


def spec_of(path: tuple[str, ...], table: Sequence[CommandSpec]) -> CommandSpec | None:
    return next((spec for spec in table if spec.path == path), None)


def path_words(path: tuple[str, ...], texts: Texts) -> tuple[str, ...]:
    return tuple(
        _text_or(texts, f"command.{'.'.join(path[: end + 1])}.name", path[end])
        for end in range(len(path))
    )


def option_word(spec: CommandSpec, name: str, texts: Texts) -> str:
    return _text_or(texts, f"{spec.key}.option.{name}.name", name)


def about(key: str, texts: Texts) -> str:
    return _text_or(texts, f"{key}.about", "")


def choice_label(spec: CommandSpec, option: str, value: str, texts: Texts) -> str:
    return _text_or(texts, f"{spec.key}.option.{option}.choice.{value}", value)


def quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value


def written(action: Action, table: Sequence[CommandSpec], texts: Texts) -> str:
    """What one would have typed instead of pressing: pressing teaches the command."""
    spec = spec_of(action.path, table)
    words = ["/" + " ".join(path_words(action.path, texts))]
    fences: list[str] = []
    for name, value in action.options:
        option = _option(spec, name)
        if "\n" in value or (option is not None and option.kind is OptionKind.CODE):
            fences.append(_fenced(value))
        elif value:
            word = option_word(spec, name, texts) if spec else name
            words.append(f"{word}:{quoted(_short(value))}")
    return "\n".join([" ".join(words), *fences])


def _option(spec: CommandSpec | None, name: str) -> Option | None:
    options = spec.options if spec else ()
    return next((option for option in options if option.name == name), None)


def _fenced(source: str) -> str:
    fence = "```"
    while fence in source:
        fence += "`"
    return f"{fence}python\n{source.rstrip()}\n{fence}"


def _short(value: str) -> str:
    return value if len(value) <= _SHOWN_VALUE else value[: _SHOWN_VALUE - 1] + "…"


def _text_or(texts: Texts, key: str, otherwise: str) -> str:
    return texts(key) if texts.has(key) else otherwise
