"""Commands and options by the names that a language gives them."""

from collections.abc import Sequence

from bot.chat.command import CommandSpec, Option, OptionKind, Path
from bot.chat.texts import Texts


def command_name(texts: Texts, spec: CommandSpec) -> str:
    """As typed, without options: `/reto ver`."""
    words = [
        texts("command." + ".".join(spec.path[:depth]) + ".name")
        for depth in range(1, len(spec.path) + 1)
    ]
    return "/" + " ".join(words)


def command_line(texts: Texts, spec: CommandSpec) -> str:
    """As typed, with its options: `/reto lista [fase] [texto]`."""
    options = [_option(texts, spec, one) for one in spec.options if one.is_listed]
    return " ".join([command_name(texts, spec), *options])


def option_name(texts: Texts, spec: CommandSpec, option: Option) -> str:
    return texts(f"{spec.key}.option.{option.name}.name")


def _option(texts: Texts, spec: CommandSpec, option: Option) -> str:
    name = option_name(texts, spec, option)
    if option.kind is OptionKind.CHOICE:
        key = f"{spec.key}.option.{option.name}.choice"
        name += ":" + "|".join(texts(f"{key}.{one}") for one in option.choices)
    return name if option.required else f"[{name}]"


def spec_of(table: Sequence[CommandSpec], path: Path) -> CommandSpec | None:
    return next((spec for spec in table if spec.path == path), None)
