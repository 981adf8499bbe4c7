"""Where the keys of a TOML text stand, which tomllib does not tell.

The text has been parsed by tomllib before, so this scanner need not check anything:
it walks statements, skips values by their quotes and brackets, and notes a line for
each path such as ("case", 3, "returns").
"""

import re
from collections.abc import Mapping

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_KEY = re.compile(r"""[ \t]*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))[ \t]*""")
_PLAIN = re.compile(r"""[^"'\[\]{}#\n]+""")
# Longer quotes first: the scanner takes the first that fits.
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}(?!")'
    r"|'''.*?'{3,5}(?!')"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """The line of a path, or of the nearest table around it.

    An array of tables stands where its first table does.
    """
    while path and path not in lines:
        if (*path, 0) in lines:
            return lines[*path, 0]
        path = path[:-1]
    return lines.get(path, 1)


def lines_by_path(text: str) -> Mapping[Path, int]:
    return _Scanner(text).scan()


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._lines: dict[Path, int] = {}
        self._lengths: dict[Path, int] = {}
        """How many tables each array of tables has so far."""

    def scan(self) -> Mapping[Path, int]:
        table: Path = ()
        while self._skip(_BLANK) and self._at < len(self._text):
            line = self._text.count("\n", 0, self._at) + 1
            if self._text.startswith("[", self._at):
                table = self._header()
                self._lines.setdefault(table, line)
                continue
            path = self._resolved(table, self._keys())
            for length in range(len(table) + 1, len(path) + 1):
                self._lines.setdefault(path[:length], line)
            self._at += 1
            self._skip_value()
        return self._lines

    def _header(self) -> Path:
        is_array = self._text.startswith("[[", self._at)
        self._at += 2 if is_array else 1
        keys = self._keys()
        self._at += 2 if is_array else 1
        if not is_array:
            return self._resolved((), keys)
        array = (*self._resolved((), keys[:-1]), keys[-1])
        index = self._lengths.get(array, 0)
        self._lengths[array] = index + 1
        return (*array, index)

    def _resolved(self, table: Path, keys: list[str]) -> Path:
        """Keys inside an array of tables belong to its last table."""
        path = table
        for key in keys:
            path = (*path, key)
            if path in self._lengths:
                path = (*path, self._lengths[path] - 1)
        return path

    def _keys(self) -> list[str]:
        keys: list[str] = []
        while found := _KEY.match(self._text, self._at):
            keys.append(next(part for part in found.groups() if part is not None))
            self._at = found.end()
            if not self._text.startswith(".", self._at):
                break
            self._at += 1
        return keys

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        found = pattern.match(self._text, self._at)
        if found is not None:
            self._at = found.end()
        return found is not None

    def _skip_value(self) -> None:
        depth = 0
        while self._at < len(self._text):
            if self._skip(_PLAIN) or self._skip(_STRING):
                continue
            mark = self._text[self._at]
            if mark == "#":
                self._skip(_BLANK) if depth else self._skip(re.compile(r"#[^\n]*"))
                continue
            if mark == "\n" and depth == 0:
                return
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(mark, 0)
            self._at += 1
