"""The names that people type, in every language, and the paths they stand for."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import TypeVar

from bot.chat.command import CommandSpec, Option, Path
from bot.chat.texts import LANGUAGES, Texts, texts_in

# difflib's own default finds "chalenge"; lower, and short names match anything.
CLOSE = 0.6
MOST_NEAR = 3

T = TypeVar("T")


def every_language() -> tuple[Texts, ...]:
    return tuple(map(texts_in, LANGUAGES))


def folded(name: str) -> str:
    """Without case and accents: `Página` and `pagina` are one name."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(one for one in letters if not unicodedata.combining(one)).casefold()


def segments(
    prefix: Path, table: Iterable[CommandSpec], texts: Sequence[Texts]
) -> dict[str, Path]:
    """What may follow a prefix: folded name → the longer prefix.

    A canonical name goes before a localised one that is spelt the same.
    """
    size = len(prefix) + 1
    longer = dict.fromkeys(
        spec.path[:size]
        for spec in table
        if len(spec.path) >= size and spec.path[: size - 1] == prefix
    )
    names = {folded(path[-1]): path for path in longer}
    for path in longer:
        for name in _localised(f"command.{'.'.join(path)}.name", texts):
            names.setdefault(name, path)
    return names


def option_names(spec: CommandSpec, texts: Sequence[Texts]) -> dict[str, Option]:
    """Folded name → option, as `segments`."""
    names = {folded(option.name): option for option in spec.options}
    for option in spec.options:
        for name in _localised(f"{spec.key}.option.{option.name}.name", texts):
            names.setdefault(name, option)
    return names


def choice_names(
    spec: CommandSpec, option: Option, texts: Sequence[Texts]
) -> dict[str, str]:
    """Folded value or label → value, as `segments`."""
    names = {folded(value): value for value in option.choices}
    for value in option.choices:
        key = f"{spec.key}.option.{option.name}.choice.{value}"
        for label in _localised(key, texts):
            names.setdefault(label, value)
    return names


def near(typed: str, names: Mapping[str, T]) -> tuple[T, ...]:
    """What is spelt like it, nearest first, each once."""
    close = get_close_matches(folded(typed), names, n=2 * MOST_NEAR, cutoff=CLOSE)
    return tuple(dict.fromkeys(names[name] for name in close))[:MOST_NEAR]


def _localised(key: str, texts: Sequence[Texts]) -> list[str]:
    return [folded(one(key)) for one in texts if one.has(key)]
