"""A command's options: from what a person or a platform gave to checked values."""

import re
from collections.abc import Mapping, Sequence

from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.parse.code import clean_source
from bot.chat.parse.errors import (
    BadBoolean,
    BadChoice,
    BadInteger,
    MissingOption,
    UnknownOption,
)
from bot.chat.parse.names import choice_names, every_language, folded, near
from bot.chat.texts import Texts

TRUE = frozenset({"true", "yes", "y", "on", "1", "si", "s", "verdadero"})
FALSE = frozenset({"false", "no", "n", "off", "0", "falso"})

# Eighteen digits always fit PostgreSQL's bigint, and int() refuses absurd lengths.
_INTEGER = re.compile(r"[+-]?\d{1,18}")

# As chats write a channel or a role that was typed: <#C02>, <@&17>, <!subteam^S03|x>.
_NAMED = re.compile(r"<(?:#|@&|!subteam\^)(\w+)(?:\|[^>]*)?>")


def read_options(
    spec: CommandSpec,
    given: Mapping[str, str],
    texts: Sequence[Texts] | None = None,
) -> dict[str, str]:
    """The options by canonical name, in the order declared; blank ones are left out.

    A choice becomes its value, an integer its decimal digits, a boolean `true` or
    `false`, code its cleaned source. `texts` None is every language. Reading what was
    read changes nothing. Raises an OptionError or a CodeError.
    """
    names = {option.name: option for option in spec.options}
    for name in given:
        if name not in names:
            raise UnknownOption(
                spec.path, name, near(name, {one: one for one in names})
            )
    languages = every_language() if texts is None else texts
    read: dict[str, str] = {}
    for option in spec.options:
        value = given.get(option.name, "")
        if value.strip():
            read[option.name] = _value(spec, option, value, languages)
        elif option.required:
            raise MissingOption(spec.path, option.name)
    return read


def _value(
    spec: CommandSpec, option: Option, value: str, texts: Sequence[Texts]
) -> str:
    match option.kind:
        case OptionKind.CHOICE:
            chosen = choice_names(spec, option, texts).get(folded(value.strip()))
            if chosen is None:
                raise BadChoice(spec.path, option.name, value, option.choices)
            return chosen
        case OptionKind.INTEGER:
            return _integer(spec, option, value.strip())
        case OptionKind.BOOLEAN:
            word = folded(value.strip())
            if word not in TRUE | FALSE:
                raise BadBoolean(spec.path, option.name, value)
            return "true" if word in TRUE else "false"
        case OptionKind.CODE:
            return clean_source(value)
        case OptionKind.CHANNEL | OptionKind.ROLE:
            found = _NAMED.fullmatch(value.strip())
            return found[1] if found else value.strip().lstrip("#@")
        case _:
            return value.strip()


def _integer(spec: CommandSpec, option: Option, value: str) -> str:
    least, most = option.minimum, option.maximum
    if _INTEGER.fullmatch(value):
        number = int(value)
        if (least is None or least <= number) and (most is None or number <= most):
            return str(number)
    raise BadInteger(spec.path, option.name, value, least, most)
