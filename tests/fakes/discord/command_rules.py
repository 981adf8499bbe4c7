"""What commands may be registered."""

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum

from tests.fakes.discord import limits
from tests.fakes.discord.errors import Json, Path, Problem
from tests.fakes.discord.limits import length, problem


class Option(IntEnum):
    SUBCOMMAND = 1
    GROUP = 2
    STRING = 3
    INTEGER = 4
    BOOLEAN = 5
    USER = 6
    CHANNEL = 7
    ROLE = 8
    MENTIONABLE = 9
    NUMBER = 10
    ATTACHMENT = 11


SLASH = 1
LOCALES = re.compile(
    "id|da|de|en-GB|en-US|es-ES|es-419|fr|hr|it|lt|hu|nl|no|pl|pt-BR|ro|fi|sv-SE|vi|tr"
    "|cs|el|bg|ru|uk|hi|th|zh-CN|ja|zh-TW|ko"
)
# Discord's own pattern, without the scripts of Devanagari and Thai that \w covers.
NAME = re.compile(r"[-_'\w]{1,32}")


def list_problems(commands: Sequence[Json]) -> Iterator[Problem]:
    slashes = [one for one in commands if one.get("type", SLASH) == SLASH]
    if len(slashes) > limits.COMMANDS:
        told = "Maximum number of application commands reached (100)."
        yield problem((), "APPLICATION_COMMANDS_MAX", told)
    for kind in (2, 3):
        if sum(one.get("type") == kind for one in commands) > limits.MENUS:
            yield problem((), "APPLICATION_COMMANDS_MAX", "more than 15 menus")
    seen: set[object] = set()
    for index, one in enumerate(commands):
        key = (one.get("type", SLASH), one.get("name"))
        if key in seen:
            told = "Option name already exists"
            yield problem((index,), "APPLICATION_COMMANDS_DUPLICATE_NAME", told)
        seen.add(key)
        yield from command_problems(one, (index,))


def command_problems(command: Json, path: Path = ()) -> Iterator[Problem]:
    slash = command.get("type", SLASH) == SLASH
    yield from _texts(command, path, slash=slash)
    if not slash and (command.get("options") or command.get("description")):
        yield problem(path, "APPLICATION_COMMAND_MENU", "options or a description")
    yield from _options(command, path, depth=0)
    if _weight(command) > limits.COMMAND_SUM:
        told = f"Command exceeds maximum size ({limits.COMMAND_SUM})"
        yield problem(path, "APPLICATION_COMMAND_TOO_LARGE", told)


def _texts(one: Json, path: Path, *, slash: bool) -> Iterator[Problem]:
    names = {None: one.get("name") or "", **(one.get("name_localizations") or {})}
    for locale, name in names.items():
        where = _place(path, "name", locale)
        yield from length(name, limits.COMMAND_NAME, where, least=1)
        if slash and not (NAME.fullmatch(name) and name == name.lower()):
            told = f"{name!r} is no name of a command"
            yield problem(where, "APPLICATION_COMMAND_INVALID_NAME", told)
        yield from _known_locale(locale, where)
    if not slash:
        return
    about = one.get("description_localizations") or {}
    for locale, told in {None: one.get("description") or "", **about}.items():
        where = _place(path, "description", locale)
        yield from length(told, limits.COMMAND_DESCRIPTION, where, least=1)
        yield from _known_locale(locale, where)


def _place(path: Path, name: str, locale: str | None) -> Path:
    return (*path, f"{name}_localizations", locale) if locale else (*path, name)


def _known_locale(locale: str | None, path: Path) -> Iterator[Problem]:
    if locale is not None and not LOCALES.fullmatch(locale):
        yield problem(path, "BASE_TYPE_CHOICES", f"{locale} is no locale of Discord")


def _options(one: Json, path: Path, *, depth: int) -> Iterator[Problem]:
    options = one.get("options") or []
    path = (*path, "options")
    yield from length(options, limits.COMMAND_OPTIONS, path)
    names = [option.get("name") for option in options]
    if len(set(names)) < len(names):
        told = "Option name already exists"
        yield problem(path, "APPLICATION_COMMAND_OPTIONS_DUPLICATE_NAME", told)
    nested = [
        option.get("type") in (Option.SUBCOMMAND, Option.GROUP) for option in options
    ]
    if any(nested) and not all(nested):
        told = "Sub-command and sub-command group option types are mutually exclusive"
        yield problem(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", told)
    if nested[:1] == [True] and depth > 1:
        told = "nested too deep"
        yield problem(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", told)
    yield from _required_first(options, path)
    for index, option in enumerate(options):
        yield from _texts(option, (*path, index), slash=True)
        yield from _choices(option, (*path, index))
        if option.get("type") in (Option.SUBCOMMAND, Option.GROUP):
            yield from _options(option, (*path, index), depth=depth + 1)


def _required_first(options: Sequence[Json], path: Path) -> Iterator[Problem]:
    optional_before = False
    for option in options:
        if option.get("required") and optional_before:
            told = "Required options must be placed before non-required options"
            yield problem(path, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", told)
            return
        optional_before = optional_before or not option.get("required")


def _choices(option: Json, path: Path) -> Iterator[Problem]:
    choices = option.get("choices") or []
    where = (*path, "choices")
    yield from length(choices, limits.CHOICES, where)
    yield from choice_problems(choices, where)
    if choices and option.get("autocomplete"):
        told = "choices and autocomplete at once"
        yield problem(path, "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES", told)


def choice_problems(choices: Sequence[Json], path: Path) -> Iterator[Problem]:
    """Of an option, or given by autocomplete."""
    for index, choice in enumerate(choices):
        where = (*path, index)
        names = {None: choice.get("name") or ""}
        names |= choice.get("name_localizations") or {}
        for locale, name in names.items():
            place = _place(where, "name", locale)
            yield from length(name, limits.CHOICE_NAME, place, least=1)
        value = choice.get("value")
        yield from length(value, limits.CHOICE_VALUE, (*where, "value"))


def _weight(one: Json) -> int:
    """Characters of names, descriptions and values, the longest locale of each."""
    weight = 0
    for name in ("name", "description"):
        texts = [
            one.get(name) or "",
            *(one.get(f"{name}_localizations") or {}).values(),
        ]
        weight += max(map(len, texts))
    weight += len(str(one["value"])) if "value" in one else 0
    inner = [*(one.get("options") or ()), *(one.get("choices") or ())]
    return weight + sum(map(_weight, inner))
