"""What may follow in a slash line that is being typed.

    /cha                      → commands
    /challenge show           → its options
    /challenge show challenge:par   → values of the option

Each suggestion is the whole line as it would be then, so that the page need not know
how lines are made.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.command import (
    Actor,
    Audience,
    Command,
    CommandSpec,
    Option,
    OptionKind,
    Place,
)
from bot.chat.texts import Texts
from bot.chat.web.command_words import (
    about,
    choice_label,
    option_word,
    path_words,
    quoted,
)
from bot.chat.web.router import Router

# As many as the platforms show, so that nothing is offered here alone.
SUGGESTION_LIMIT = 25

_OPTION = re.compile(r'(?P<word>[^\s:"]+):(?P<value>"[^"]*"?|[^\s"]*)')
_LAST = re.compile(r'(?:^|\s)(?P<last>[^\s"]*(?:"[^"]*)?)$')


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    line: str
    label: str
    about: str = ""


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
    table = [
        spec
        for spec in router.table
        if spec.audience is Audience.MEMBER or actor.is_organiser
    ]
    commands = _commands(line, table, texts)
    head = _head(line, table, texts)
    if head is None:
        return Suggestions(items=commands[:SUGGESTION_LIMIT])
    spec, rest = head
    typed = _LAST.search(rest)
    last = typed["last"] if typed else ""
    before = line[: len(line) - len(last)]
    named = _named_option(spec, last, texts)
    if named is None:
        options = _options(spec, rest, last, before, texts)
        return Suggestions(items=(*commands, *options), preselect=bool(last))
    option, value = named
    command = Command(
        actor=actor, place=place, path=spec.path, options=_given(spec, rest, texts)
    )
    values = await router.complete(command, option.name, value)
    if not values:
        values = _choices(spec, option, value, texts)
    prefix = before + last[: last.index(":") + 1]
    return Suggestions(
        items=tuple(
            Suggestion(line=f"{prefix}{quoted(one)} ", label=label, about=one)
            for one, label in values[:SUGGESTION_LIMIT]
        )
    )


def _commands(
    line: str, table: Sequence[CommandSpec], texts: Texts
) -> tuple[Suggestion, ...]:
    typed = folded(line[1:])
    ranked: list[tuple[int, Suggestion]] = []
    for spec in table:
        name = " ".join(path_words(spec.path, texts))
        ranks = [_rank(typed, folded(one)) for one in (name, " ".join(spec.path))]
        if (rank := min(ranks)) < _NO_MATCH and typed != folded(name) + " ":
            text = about(spec.key, texts)
            suggestion = Suggestion(line=f"/{name} ", label=f"/{name}", about=text)
            ranked.append((rank, suggestion))
    # Stable: within a rank, the table's order.
    ranked.sort(key=lambda one: one[0])
    return tuple(suggestion for _, suggestion in ranked)


_NO_MATCH = 9


def _rank(typed: str, name: str) -> int:
    if name == typed:
        return 0
    if name.startswith(typed):
        return 1
    if any(word.startswith(typed) for word in name.split()):
        return 2
    return 3 if len(typed) > 1 and typed in name else _NO_MATCH


def _head(
    line: str, table: Sequence[CommandSpec], texts: Texts
) -> tuple[CommandSpec, str] | None:
    """The longest command that the line begins with, and what follows it."""
    found: tuple[CommandSpec, str] | None = None
    longest = 0
    for spec in table:
        for words in (path_words(spec.path, texts), spec.path):
            head = r"/\s*" + r"\s+".join(re.escape(folded(word)) for word in words)
            # Folding keeps the number of letters of the words that commands have.
            match = re.match(head + r"\s", folded(line))
            if match and len(words) > longest:
                found, longest = (spec, line[match.end() :]), len(words)
    return found


def _named_option(
    spec: CommandSpec, last: str, texts: Texts
) -> tuple[Option, str] | None:
    word, colon, value = last.partition(":")
    option = _option_called(spec, word, texts) if colon else None
    return (option, value.lstrip('"')) if option else None


def _option_called(spec: CommandSpec, word: str, texts: Texts) -> Option | None:
    for option in spec.options:
        names = (option.name, option_word(spec, option.name, texts))
        if folded(word) in map(folded, names):
            return option
    return None


def _given(spec: CommandSpec, rest: str, texts: Texts) -> dict[str, str]:
    given = {}
    for match in _OPTION.finditer(rest):
        option = _option_called(spec, match["word"], texts)
        if option is not None:
            given[option.name] = match["value"].strip('"')
    return given


def _options(
    spec: CommandSpec, rest: str, last: str, before: str, texts: Texts
) -> tuple[Suggestion, ...]:
    given = _given(spec, rest, texts)
    found = []
    for option in spec.options:
        # Code has its own place: a fence, or the form.
        if option.name in given or option.kind is OptionKind.CODE:
            continue
        word = option_word(spec, option.name, texts)
        if folded(word).startswith(folded(last)):
            text = about(f"{spec.key}.option.{option.name}", texts)
            found.append(
                Suggestion(line=f"{before}{word}:", label=f"{word}:", about=text)
            )
    return tuple(found)


def _choices(
    spec: CommandSpec, option: Option, typed: str, texts: Texts
) -> list[tuple[str, str]]:
    labelled = [
        (value, choice_label(spec, option.name, value, texts))
        for value in option.choices
    ]
    return [
        (value, label)
        for value, label in labelled
        if folded(typed) in folded(value) or folded(typed) in folded(label)
    ]


def folded(text: str) -> str:
    """Without case and accents, letter by letter: `Año` is found by `ano`."""
    return "".join(
        (unicodedata.normalize("NFD", letter)[0]).lower() or letter for letter in text
    )
