"""The command table as Discord's slash commands and message menus.

    ("challenge", "show")   /challenge show       a group and its subcommand
    ("streak",)             /streak               a command of its own
    takes_message           Judge this code       in the menu of a message

Discord sends a command back by its English name, whatever name a person saw.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.chat.answer_form import shortened
from bot.chat.command import Audience, CommandSpec, Option, OptionKind, Path
from bot.chat.names import choice_labels, option_name
from bot.chat.texts import texts_in

Payload = Mapping[str, Any]

# Discord's names for the languages that are not the payload's own, English.
LOCALES = {"es-ES": "es", "es-419": "es"}
_ENGLISH = "en"

CHOICES = 25
# Names of menus may have spaces and capitals; slash commands' may not.
DESCRIPTION_LENGTH = 100

# Text channels and those of announcements.
POSTABLE = (0, 5)

SUBCOMMAND, GROUP = 1, 2
_KINDS = {
    OptionKind.TEXT: 3,
    OptionKind.CHOICE: 3,
    OptionKind.CHALLENGE: 3,
    OptionKind.TOPICS: 3,
    OptionKind.INTEGER: 4,
    OptionKind.BOOLEAN: 5,
    OptionKind.MEMBER: 6,
    OptionKind.CHANNEL: 7,
    OptionKind.ROLE: 8,
    # One line is no place for code: as an option it is a file.
    OptionKind.CODE: 11,
}

# Servers, the bot's own direct messages, other direct messages; by server or by user.
_EVERYWHERE: Payload = {"contexts": [0, 1, 2], "integration_types": [0, 1]}
_SERVERS: Payload = {"contexts": [0], "integration_types": [0]}
MANAGE_SERVER = 1 << 5


def commands(table: Sequence[CommandSpec]) -> list[Payload]:
    listed = [spec for spec in table if spec.is_listed]
    names = dict.fromkeys(spec.path[0] for spec in listed)
    slash = [_command((name,), listed) for name in names]
    return [*slash, *(_menu(spec) for spec in table if spec.takes_message)]


def path_called(names: Sequence[str], table: Sequence[CommandSpec]) -> Path:
    """The path that these English names stand for; themselves when none does."""
    texts = texts_in(_ENGLISH)
    for spec in table:
        keys = [
            "command." + ".".join(spec.path[: n + 1]) for n in range(len(spec.path))
        ]
        if [texts(f"{key}.name") for key in keys if texts.has(f"{key}.name")] == [
            *names
        ]:
            return spec.path
    return tuple(names)


def option_called(name: str, spec: CommandSpec) -> Option | None:
    texts = texts_in(_ENGLISH)
    listed = [one for one in spec.options if one.is_listed]
    return next((one for one in listed if option_name(texts, spec, one) == name), None)


def menu_called(name: str, table: Sequence[CommandSpec]) -> CommandSpec | None:
    texts = texts_in(_ENGLISH)
    menus = (spec for spec in table if spec.takes_message)
    return next((one for one in menus if texts(_menu_key(one)) == name), None)


def _command(path: Path, listed: Sequence[CommandSpec]) -> Payload:
    within = [spec for spec in listed if spec.path[:1] == path]
    is_organisers = all(spec.audience is Audience.ORGANISER for spec in within)
    places = _SERVERS if is_organisers else _EVERYWHERE
    # A number where it is asked for, a text where it is answered.
    permissions = {"default_member_permissions": MANAGE_SERVER}
    return {
        "type": 1,
        **_named(f"command.{path[0]}"),
        "options": list(_parts(path, within)),
        **places,
        **(permissions if is_organisers else {}),
    }


def _parts(path: Path, within: Sequence[CommandSpec]) -> Iterator[Payload]:
    """A command's options, or what stands below a group."""
    for spec in within:
        if spec.path == path:
            yield from _options(spec)
    for name in dict.fromkeys(spec.path[: len(path) + 1] for spec in within):
        if name == path:
            continue
        below = [spec for spec in within if spec.path[: len(name)] == name]
        is_command = any(spec.path == name for spec in below)
        yield {
            "type": SUBCOMMAND if is_command else GROUP,
            **_named("command." + ".".join(name)),
            "options": list(_parts(name, below)),
        }


def _options(spec: CommandSpec) -> Iterator[Payload]:
    listed = [one for one in spec.options if one.is_listed]
    # Discord wants the required ones first.
    for option in sorted(listed, key=lambda one: not one.required):
        yield {
            "type": _KINDS[option.kind],
            **_named(f"{spec.key}.option.{option.name}"),
            "required": option.required,
            **_values(spec, option),
        }


def _values(spec: CommandSpec, option: Option) -> Payload:
    match option.kind:
        case OptionKind.CHALLENGE | OptionKind.TOPICS:
            return {"autocomplete": True}
        case OptionKind.CHANNEL:
            return {"channel_types": [*POSTABLE]}
        case OptionKind.CHOICE if len(option.choices) > CHOICES:
            return {"autocomplete": True}
        case OptionKind.CHOICE:
            return {"choices": _choices(spec, option)}
        case OptionKind.INTEGER:
            bounds = {"min_value": option.minimum, "max_value": option.maximum}
            return {name: one for name, one in bounds.items() if one is not None}
        case _:
            return {}


def _choices(spec: CommandSpec, option: Option) -> list[Payload]:
    spoken = {
        locale: dict(choice_labels(texts_in(language), spec, option))
        for locale, language in LOCALES.items()
    }
    return [
        {
            "name": name,
            "name_localizations": {one: spoken[one][value] for one in LOCALES},
            "value": value,
        }
        for value, name in choice_labels(texts_in(_ENGLISH), spec, option)
    ]


def _menu(spec: CommandSpec) -> Payload:
    return {"type": 3, **_texts("name", _menu_key(spec)), **_EVERYWHERE}


def _menu_key(spec: CommandSpec) -> str:
    return "menu." + ".".join(spec.path)


def _named(key: str) -> Payload:
    return {**_texts("name", f"{key}.name"), **_texts("description", f"{key}.about")}


def _texts(field: str, key: str) -> Payload:
    return {
        field: shortened(texts_in(_ENGLISH)(key), DESCRIPTION_LENGTH),
        f"{field}_localizations": {
            locale: shortened(texts_in(language)(key), DESCRIPTION_LENGTH)
            for locale, language in LOCALES.items()
        },
    }
