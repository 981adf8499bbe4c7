"""What may follow in a slash line that is being typed.

    /cha                            → commands
    /challenge show                 → its options
    /challenge show challenge:par   → values of the option

Each suggestion is the whole line as it would be then, so that the page need not know
how lines are made.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.chat.command import (
    Actor,
    Audience,
    Command,
    CommandSpec,
    Option,
    OptionKind,
    Path,
    Place,
)
from bot.chat.names import command_name, option_name, spec_of
from bot.chat.parse.names import folded, option_names, segments
from bot.chat.texts import Texts
from bot.chat.web.command_words import quoted
from bot.chat.web.router import Router

# As many as the tightest platform shows, so that nothing is offered here alone.
SUGGESTION_LIMIT = 25

_WORD = re.compile(r"\S+(?=\s)")
_OPTION = re.compile(r'(?P<word>[^\s:"]+):(?P<value>"[^"]*"?|[^\s"]*)')
_LAST = re.compile(r'(?:^|\s)(?P<last>[^\s"]*(?:"[^"]*)?)$')


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    line: str
    label: str
    about: str = ""
    is_whole: bool = False
    """True: what was typed is this already, by one of its names; Enter sends it."""


@dataclass(frozen=True, kw_only=True)
class Suggestions:
    items: tuple[Suggestion, ...] = ()
    preselect: bool = True
    """False: Enter sends the line as it is, which may be complete already."""


async def suggestions(
    line: str, *, router: Router, actor: Actor, place: Place, texts: Texts
) -> Suggestions:
    """`line` is what stands before the caret."""
    if not line.startswith("/") or "\n" in line:
        return Suggestions()
    table = [spec for spec in router.table if spec.is_listed and _may(actor, spec)]
    commands = _commands(line, table, texts)
    spec, rest = _head(line, table, texts)
    if spec is None:
        return Suggestions(items=commands[:SUGGESTION_LIMIT])
    typed = _LAST.search(rest)
    last = typed["last"] if typed else ""
    before = line[: len(line) - len(last)]
    names = option_names(spec, [texts])
    given = _given(rest, names)
    word, colon, value = last.partition(":")
    option = names.get(folded(word)) if colon else None
    if option is None:
        options = _options(spec, given, last, before, texts)
        return Suggestions(items=(*commands, *options), preselect=bool(last))
    command = Command(actor=actor, place=place, path=spec.path, options=given)
    values = await router.complete(command, option.name, value.lstrip('"'))
    return Suggestions(
        items=tuple(
            Suggestion(line=f"{before}{word}:{quoted(one)} ", label=label, about=one)
            for one, label in values[:SUGGESTION_LIMIT]
        )
    )


def _may(actor: Actor, spec: CommandSpec) -> bool:
    return spec.audience is Audience.MEMBER or actor.is_organiser


def _commands(
    line: str, table: Sequence[CommandSpec], texts: Texts
) -> tuple[Suggestion, ...]:
    typed = folded(line)
    ranked: list[tuple[int, Suggestion]] = []
    for spec in table:
        name = command_name(texts, spec)
        canonical = "/" + " ".join(spec.path)
        rank = min(_rank(typed, folded(one)) for one in (name, canonical))
        if rank < _NO_MATCH and typed != folded(name) + " ":
            about = texts(f"{spec.key}.about")
            suggestion = Suggestion(
                line=f"{name} ", label=name, about=about, is_whole=rank == 0
            )
            ranked.append((rank, suggestion))
    # Stable: within a rank, the table's order.
    ranked.sort(key=lambda one: one[0])
    return tuple(suggestion for _, suggestion in ranked)


_NO_MATCH = 9


def _rank(typed: str, name: str) -> int:
    """Both with their slash; nearer is lower."""
    if name == typed:
        return 0
    if name.startswith(typed):
        return 1
    sought = typed[1:]
    if any(word.startswith(sought) for word in name[1:].split()):
        return 2
    return 3 if len(sought) > 1 and sought in name else _NO_MATCH


def _head(
    line: str, table: Sequence[CommandSpec], texts: Texts
) -> tuple[CommandSpec | None, str]:
    """The command that the line begins with, and what follows it."""
    path: Path = ()
    at = 1
    for word in _WORD.finditer(line, 1):
        longer = segments(path, table, [texts]).get(folded(word.group()))
        if longer is None:
            break
        path, at = longer, word.end()
    return spec_of(table, path), line[at:]


def _given(rest: str, names: Mapping[str, Option]) -> dict[str, str]:
    return {
        names[folded(one["word"])].name: one["value"].strip('"')
        for one in _OPTION.finditer(rest)
        if folded(one["word"]) in names
    }


def _options(
    spec: CommandSpec, given: Mapping[str, str], last: str, before: str, texts: Texts
) -> tuple[Suggestion, ...]:
    found = []
    for option in spec.options:
        # Code has its own place: a fence, or the form.
        if not option.is_listed or option.kind is OptionKind.CODE:
            continue
        name = option_name(texts, spec, option)
        if option.name not in given and _starts(name, last):
            about = texts(f"{spec.key}.option.{option.name}.about")
            found.append(
                Suggestion(line=f"{before}{name}:", label=f"{name}:", about=about)
            )
    return tuple(found)


def _starts(name: str, typed: str) -> bool:
    return folded(name).startswith(folded(typed))
