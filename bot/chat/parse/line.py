"""A typed line: `/reto ver id:"regex-basics"` → the path and options it stands for.

/challenge show regex-basics        by position, in the order declared
/reto ver reto=regex-basics         by name; either language, accents or not
/challenge show Parse an access line    the last free option takes all that is left
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.chat.command import CommandSpec, Option, OptionKind, Path
from bot.chat.parse.code import find_any_code
from bot.chat.parse.errors import (
    IncompleteCommand,
    RepeatedOption,
    SurplusValue,
    UnknownCommand,
    UnknownOption,
)
from bot.chat.parse.names import (
    MOST_NEAR,
    every_language,
    folded,
    near,
    option_names,
    segments,
)
from bot.chat.parse.options import read_options
from bot.chat.texts import Texts

# Kinds whose value may have spaces without quotation marks; titles and labels have.
_FREE = frozenset(OptionKind) - {OptionKind.INTEGER, OptionKind.BOOLEAN}

# Phones turn "…" into “…”, and Spanish ones into «…».
_TOKEN = re.compile(
    r"""(?=\S)(?:(?P<name>[^\W\d][\w-]*)[:=])?
    (?:(?:"(?P<a>[^"]*)"|“(?P<b>[^“”]*)”|«(?P<c>[^«»]*)»|'(?P<d>[^']*)')(?!\S)
    |(?P<bare>\S*))""",
    re.VERBOSE,
)
_CODE = re.compile(r"```|~~~")


@dataclass(frozen=True, kw_only=True)
class ParsedLine:
    path: Path
    options: Mapping[str, str]
    """By canonical name, checked (see `read_options`)."""


@dataclass(frozen=True, kw_only=True)
class _Token:
    raw: str
    name: str | None
    value: str
    quoted: bool


def parse_line(
    line: str, table: Sequence[CommandSpec], texts: Sequence[Texts] | None = None
) -> ParsedLine:
    """What a slash line asks for, its names in any of the languages of `texts`.

    None is every language: people type the names that they see others type. Raises a
    CommandError, or a CodeError for an option that is code.
    """
    texts = every_language() if texts is None else texts
    text = line.strip().removeprefix("/")
    spec, at = _command(text, table, texts)
    names = option_names(spec, texts)
    rest, given = _without_code(text[at:], spec, names)
    words: list[_Token] = []
    tokens = deque(_tokens(rest))
    while tokens:
        token = tokens.popleft()
        option = names.get(folded(token.name or ""))
        if option is None:
            words.append(token)
            continue
        if option.name in given:
            raise RepeatedOption(spec.path, option.name)
        value = token.value
        if not value and not token.quoted and tokens and not _names(tokens[0], names):
            # `id: regex-basics`, as Discord itself shows a command.
            value = tokens.popleft().value
        given[option.name] = value
    _by_position(words, given, spec, names)
    return ParsedLine(path=spec.path, options=read_options(spec, given, texts))


def _command(
    text: str, table: Sequence[CommandSpec], texts: Sequence[Texts]
) -> tuple[CommandSpec, int]:
    """The deepest command that the line begins with, and where its options start."""
    path: Path = ()
    at = 0
    typed = ""
    after: list[str] = []
    for word in re.finditer(r"\S+", text):
        longer = segments(path, table, texts).get(folded(word.group()))
        if longer is None:
            typed, after = word.group(), text[word.end() :].split()
            break
        path, at = longer, word.end()
    for spec in table:
        if spec.path == path:
            return spec, at
    listed = [spec for spec in table if spec.is_listed]
    following = segments(path, listed, texts)
    if path and not typed:
        raise IncompleteCommand(path, tuple(dict.fromkeys(following.values())))
    alike = near(typed, following) or near(typed, _last_words(listed, texts))
    meant = (one for group in alike for one in _meant(group, after, listed, texts))
    raise UnknownCommand(path, typed, tuple(dict.fromkeys(meant))[:MOST_NEAR])


def _meant(
    path: Path,
    after: Sequence[str],
    table: Sequence[CommandSpec],
    texts: Sequence[Texts],
) -> Iterable[Path]:
    """A command itself; of a group, the command that the next word names, or all."""
    if any(spec.path == path for spec in table):
        return (path,)
    following = segments(path, table, texts)
    found = following.get(folded(after[0])) if after else None
    return following.values() if found is None else (found,)


def _last_words(
    table: Sequence[CommandSpec], texts: Sequence[Texts]
) -> dict[str, Path]:
    """Commands by their last word, for `/show` instead of `/challenge show`."""
    groups = dict.fromkeys(spec.path[:-1] for spec in table)
    return {
        name: path
        for group in groups
        for name, path in segments(group, table, texts).items()
    }


def _without_code(
    text: str, spec: CommandSpec, names: Mapping[str, Option]
) -> tuple[str, dict[str, str]]:
    """The options before a fenced block, and the block as the option that is code."""
    option = next((one for one in spec.options if one.kind is OptionKind.CODE), None)
    fence = _CODE.search(text)
    if option is None or fence is None:
        return text, {}
    before = text[: fence.start()].rstrip()
    name = re.search(r"([^\W\d][\w-]*)[:=]$", before)
    if name and names.get(folded(name[1])) == option:
        before = before[: name.start()]
    return before, {option.name: find_any_code(text[fence.start() :])}


def _tokens(text: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(text):
        values = [found[group] for group in "abcd" if found[group] is not None]
        yield _Token(
            raw=found.group(),
            name=found["name"],
            value=values[0] if values else found["bare"],
            quoted=bool(values),
        )


def _names(token: _Token, names: Mapping[str, Option]) -> bool:
    return folded(token.name or "") in names


def _by_position(
    words: Sequence[_Token],
    given: dict[str, str],
    spec: CommandSpec,
    names: Mapping[str, Option],
) -> None:
    """Gives the words to the options that were not named, the last taking the rest."""
    listed = [option for option in spec.options if option.is_listed]
    free = _fitting([one for one in listed if one.name not in given], words)
    for n, word in enumerate(words):
        # Past its first word, free text may hold any colon; so may a link.
        begun = n >= len(free) > 0
        if word.name and not begun and not word.value.startswith("//"):
            raise UnknownOption(spec.path, word.name, _alike(word.name, names))
        if n >= len(free) and not (free and free[-1].kind in _FREE):
            raise SurplusValue(spec.path, word.raw)
    for option, word in zip(free, words, strict=False):
        given[option.name] = word.raw if word.name else word.value
    if len(words) > len(free):
        last = words[len(free) - 1 :]
        given[free[-1].name] = " ".join(word.raw for word in last)


def _fitting(free: Sequence[Option], words: Sequence[_Token]) -> list[Option]:
    """Without the optional numbers whose word is none: `/challenge browse regex`."""
    fitting: list[Option] = []
    for n, option in enumerate(free):
        word = words[len(fitting)].value if len(fitting) < len(words) else ""
        is_last = n == len(free) - 1
        is_number = option.kind is OptionKind.INTEGER and not option.required
        if is_last or not is_number or word.lstrip("+-").isdecimal():
            fitting.append(option)
    return fitting


def _alike(name: str, names: Mapping[str, Option]) -> tuple[str, ...]:
    return tuple(option.name for option in near(name, names) if option.is_listed)
