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


def choice_labels(
    texts: Texts, spec: CommandSpec, option: Option
) -> tuple[tuple[str, str], ...]:
    """(value, label) of each choice; the label is what a person reads and may type."""
    key = f"{spec.key}.option.{option.name}.choice"
    return tuple((value, texts(f"{key}.{value}")) for value in option.choices)


def _option(texts: Texts, spec: CommandSpec, option: Option) -> str:
    name = option_name(texts, spec, option)
    if option.kind is OptionKind.CHOICE:
        labels = [label for _, label in choice_labels(texts, spec, option)]
        name += ":" + "|".join(labels)
    return name if option.required else f"[{name}]"


def spec_of(table: Sequence[CommandSpec], path: Path) -> CommandSpec | None:
    return next((spec for spec in table if spec.path == path), None)
