"""Why something typed cannot be understood. Facts only; the sentences are elsewhere.

ParseError
├── CommandError
│   ├── UnknownCommand     near: paths of commands spelt alike
│   ├── IncompleteCommand  a group alone; subcommands: paths in it
│   └── OptionError        path: of the command whose option it is
│       ├── UnknownOption
│       ├── MissingOption
│       ├── RepeatedOption
│       ├── SurplusValue   a word for which no option is left
│       ├── BadChoice
│       ├── BadInteger
│       └── BadBoolean
└── CodeError
    ├── NoCode
    ├── SeveralCodeBlocks
    ├── WrongLanguage
    ├── EmptyCode
    ├── CodeTooLong
    ├── NulInCode
    ├── WrongFile
    └── NotUtf8
"""

from bot.chat.command import Path
from challenges.challenge import SOLUTION_FILE


class ParseError(Exception):
    pass


class CommandError(ParseError):
    pass


class UnknownCommand(CommandError):
    def __init__(self, group: Path, typed: str, near: tuple[Path, ...]) -> None:
        super().__init__(group, typed)
        self.group = group
        """What of the command was understood; empty when its first word was not."""
        self.typed = typed
        self.near = near


class IncompleteCommand(CommandError):
    def __init__(self, path: Path, subcommands: tuple[Path, ...]) -> None:
        super().__init__(path)
        self.path = path
        self.subcommands = subcommands


class OptionError(CommandError):
    """`option` is the canonical name, or what was typed where there is none."""

    def __init__(self, path: Path, option: str) -> None:
        super().__init__(path, option)
        self.path = path
        self.option = option


class UnknownOption(OptionError):
    """`near` holds canonical names of the command's options that are spelt alike."""

    def __init__(self, path: Path, option: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(path, option)
        self.near = near


class MissingOption(OptionError):
    pass


class RepeatedOption(OptionError):
    pass


class SurplusValue(CommandError):
    def __init__(self, path: Path, value: str) -> None:
        super().__init__(path, value)
        self.path = path
        self.value = value


class BadChoice(OptionError):
    def __init__(
        self, path: Path, option: str, value: str, choices: tuple[str, ...]
    ) -> None:
        super().__init__(path, option)
        self.value = value
        self.choices = choices


class BadInteger(OptionError):
    """Not a whole number, or one outside the bounds that the option has."""

    def __init__(
        self,
        path: Path,
        option: str,
        value: str,
        minimum: int | None,
        maximum: int | None,
    ) -> None:
        super().__init__(path, option)
        self.value = value
        self.minimum = minimum
        self.maximum = maximum


class BadBoolean(OptionError):
    def __init__(self, path: Path, option: str, value: str) -> None:
        super().__init__(path, option)
        self.value = value


class CodeError(ParseError):
    pass


class NoCode(CodeError):
    """`file` is what is to be handed in, here and below."""

    def __init__(self, file: str = SOLUTION_FILE) -> None:
        super().__init__(file)
        self.file = file


class SeveralCodeBlocks(CodeError):
    """`sources` are those of them that could be judged, cleaned."""

    def __init__(self, count: int, sources: tuple[str, ...] = ()) -> None:
        super().__init__(count)
        self.count = count
        self.sources = sources


class WrongLanguage(CodeError):
    """The fence names another language; `language` is as it was typed."""

    def __init__(self, language: str, file: str = SOLUTION_FILE) -> None:
        super().__init__(language, file)
        self.language = language
        self.file = file


class EmptyCode(CodeError):
    pass


class CodeTooLong(CodeError):
    def __init__(self, size: int, limit: int) -> None:
        super().__init__(size, limit)
        self.size = size
        """In bytes of UTF-8, as the limit."""
        self.limit = limit


class NulInCode(CodeError):
    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line
        """Of the first NUL, counted from one."""


class WrongFile(CodeError):
    """`filename` is what was attached."""

    def __init__(self, filename: str, file: str = SOLUTION_FILE) -> None:
        super().__init__(filename, file)
        self.filename = filename
        self.file = file


class NotUtf8(CodeError):
    """`filename` is None for text that is not Unicode in the message itself."""

    def __init__(self, filename: str | None = None) -> None:
        super().__init__(filename)
        self.filename = filename
