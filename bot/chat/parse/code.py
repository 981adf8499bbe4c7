"""The one block of code in a message.

    ```python          a fence at the start of a line, or after a mention
    print("hola")
    ```

Discord and Slack are laxer than CommonMark: code may start on the fence's own line and
end on its last. Both are read, and so is a block that is never closed. Code without a
fence is not guessed at: "ok, print it then" would be judged.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.chat.parse.errors import (
    CodeError,
    CodeTooLong,
    EmptyCode,
    NoCode,
    NotUtf8,
    NulInCode,
    SeveralCodeBlocks,
    WrongFile,
    WrongLanguage,
)
from challenges.challenge import SOLUTION_FILE

MAX_SOURCE_BYTES = 64 * 1024
"""About 1,600 full lines, sixteen times the longest message that Discord takes: only a
generated file or a whole data set pasted into the code gets there."""

PYTHON = ".py"
PYTHON_TAGS = frozenset({"python", "py", "python3"})

TAGS: Mapping[str, frozenset[str]] = {
    ".py": PYTHON_TAGS,
    ".yml": frozenset({"yaml", "yml"}),
    ".yaml": frozenset({"yaml", "yml"}),
    ".json": frozenset({"json"}),
    ".sql": frozenset({"sql", "sqlite"}),
    ".toml": frozenset({"toml"}),
    ".ini": frozenset({"ini"}),
    "dockerfile": frozenset({"dockerfile", "docker"}),
    "crontab": frozenset({"crontab", "cron"}),
}
"""By the file's suffix, or by its name in small letters where it has none."""
TEXT_TAGS = frozenset({"text", "txt"})
"""What is not Python may be called this as well."""

_FENCE = re.compile(r"^ {0,3}(?P<tildes>~{3,})|(?<!`)(?P<ticks>`{3,})", re.MULTILINE)
_TAG = re.compile(r"[\w+#.{}-]*")


@dataclass(frozen=True, kw_only=True)
class _Block:
    tag: str
    """What the fence says of the language, as typed; "" when nothing."""
    source: str

    def is_one_of(self, tags: frozenset[str]) -> bool:
        return not self.tag or self.tag.casefold() in tags


def find_code(
    text: str, attachments: Mapping[str, bytes], file: str = SOLUTION_FILE
) -> str:
    """The source of the message's one block or one attached file, cleaned.

    `file` is what is to be handed in. Blocks in other languages beside it are not
    counted: they are what the code printed. Raises a CodeError.
    """
    blocks = list(_blocks(_newlines(text)))
    ending = _ending(file)
    tags = TAGS.get(ending, TEXT_TAGS)
    if ending != PYTHON:
        tags |= TEXT_TAGS
    fitting = [block for block in blocks if block.is_one_of(tags)]
    files = {
        name: content
        for name, content in attachments.items()
        if _ending(name) == ending
    }
    count = len(fitting) + len(files)
    if count > 1:
        raise SeveralCodeBlocks(count, _judgeable(fitting, files))
    if files:
        return _decoded(*files.popitem())
    if fitting:
        return clean_source(fitting[0].source)
    if blocks:
        raise WrongLanguage(blocks[0].tag, file)
    if attachments:
        raise WrongFile(next(iter(attachments)), file)
    raise NoCode(file)


def _judgeable(blocks: Sequence[_Block], files: Mapping[str, bytes]) -> tuple[str, ...]:
    sources = []
    for block in blocks:
        with suppress(CodeError):
            sources.append(clean_source(block.source))
    for name, content in files.items():
        with suppress(CodeError):
            sources.append(_decoded(name, content))
    return tuple(sources)


def find_any_code(text: str) -> str:
    """Where a command says what it is for: Python, or one artifact of a known language.

    Raises a CodeError.
    """
    try:
        return find_code(text, {})
    except WrongLanguage as other:
        tag = other.language.casefold()
        ending = next((one for one, tags in TAGS.items() if tag in tags), None)
        if ending is None:
            raise
        return find_code(text, {}, ending)


def is_code_file(name: str) -> bool:
    """A file of that name could be what some challenge asks for."""
    return _ending(name) in TAGS


def _ending(name: str) -> str:
    path = PurePosixPath(name.casefold())
    # `.sql` alone is a suffix here, not a hidden file.
    return path.suffix or path.name


def clean_source(source: str) -> str:
    """Source as it is judged: no byte order mark, line ends of one kind.

    Raises NotUtf8 (lone surrogates), NulInCode, EmptyCode or CodeTooLong.
    """
    source = _newlines(source.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}"))
    try:
        size = len(source.encode())
    except UnicodeEncodeError as error:
        raise NotUtf8 from error
    if size > MAX_SOURCE_BYTES:
        raise CodeTooLong(size, MAX_SOURCE_BYTES)
    if "\0" in source:
        raise NulInCode(source[: source.index("\0")].count("\n") + 1)
    if not source.strip():
        raise EmptyCode
    return source


def _decoded(filename: str, content: bytes) -> str:
    # Before decoding, so that a huge file costs nothing; three bytes for its mark.
    if len(content) > 2 * MAX_SOURCE_BYTES:
        raise CodeTooLong(len(content), MAX_SOURCE_BYTES)
    try:
        return clean_source(content.decode())
    except UnicodeDecodeError as error:
        raise NotUtf8(filename) from error


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _blocks(text: str) -> Iterator[_Block]:
    at = 0
    never_closed = len(text) + 1
    while fence := _FENCE.search(text, at):
        run = fence["tildes"] or fence["ticks"]
        at = fence.end()
        line_start, line_end = _line(text, at)
        if text.startswith(">", line_start):
            # A quoted line is somebody else's message.
            continue
        before = text[line_start : at - len(run)]
        if closing := _closing_here(text, at, line_end, run):
            yield _one_line(text[at : closing.start()])
            at = closing.end()
            continue
        if before.strip() and text[at : at + 1].isspace() and at < line_end:
            # Prose about fences: "what does ``` do".
            continue
        tag, code_at = _opened(text, at, line_end, run)
        indent = len(before) if before.isspace() else 0
        # Sought once for each length, or many openings would cost their square.
        if len(run) < never_closed:
            closing = _closing(text, line_end, run, indent)
        if closing is None and tag is None and before.strip():
            never_closed = min(never_closed, len(run))
            continue
        end = closing.start() if closing else len(text)
        at = closing.end() if closing else len(text)
        yield _Block(tag=tag or "", source=_dedented(text[code_at:end], indent))


def _line(text: str, at: int) -> tuple[int, int]:
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def _closing_here(text: str, at: int, line_end: int, run: str) -> re.Match[str] | None:
    """The end of a block on the line that opens it, as the chats read it."""
    if run.startswith("~"):
        return None
    return re.compile(f"`{{{len(run)},}}").search(text, at, line_end)


def _one_line(inner: str) -> _Block:
    tag, _, source = inner.strip().partition(" ")
    if tag.casefold() in PYTHON_TAGS:
        return _Block(tag=tag, source=source)
    return _Block(tag="", source=inner.strip())


def _opened(text: str, at: int, line_end: int, run: str) -> tuple[str | None, int]:
    """The tag after a fence, and where the code starts.

    None for a tag: the code starts on the fence's own line, without one.
    """
    info = text[at:line_end].strip()
    word, _, rest = info.partition(" ")
    tag = word.strip("{}.")
    next_line = min(line_end + 1, len(text))
    if run.startswith("~") or (not rest and _TAG.fullmatch(word)):
        return tag, next_line
    code = rest.lstrip() if tag.casefold() in PYTHON_TAGS else info
    code_at = text.index(code, at + len(info) - len(code))
    return (tag if code is not info else None), code_at


def _closing(text: str, at: int, run: str, indent: int) -> re.Match[str] | None:
    """The fence that ends a block which a line before `at` opened."""
    if run.startswith("~"):
        alone = rf"^ {{0,{indent + 3}}}~{{{len(run)},}}[ \t]*$"
        return re.compile(alone, re.MULTILINE).search(text, at)
    # A fence before a word or a quotation mark is text in the code: s = "```".
    for found in re.compile(rf"(?<!`)`{{{len(run)},}}(?![\w\"'`])").finditer(text, at):
        before = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        # Deeper than three columns it belongs to the code, as in CommonMark.
        if before.strip() or len(before.expandtabs(4)) <= indent + 3:
            return found
    return None


def _dedented(source: str, indent: int) -> str:
    return (
        re.sub(f"^ {{1,{indent}}}", "", source, flags=re.MULTILINE)
        if indent
        else source
    )
