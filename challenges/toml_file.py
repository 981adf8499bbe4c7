"""A TOML file read into its model, with every fault at its line."""

import re
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from challenges.errors import FaultLog
from challenges.toml_lines import line_of, lines_by_path

Model = TypeVar("Model", bound=BaseModel)

_POSITION = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)")


class TomlFile(Generic[Model]):
    """`model` is None when the file breaks its schema; the log then says where."""

    def __init__(self, path: Path, model: type[Model], log: FaultLog) -> None:
        self.path = path
        self._log = log
        self._text = ""
        self.model: Model | None = None
        try:
            self._text = path.read_text(encoding="utf-8")
            self.model = model.model_validate(tomllib.loads(self._text))
        except FileNotFoundError:
            log.add(path, "the file is missing")
        except UnicodeDecodeError as error:
            log.add(path, f"the file is not UTF-8: byte {error.start}")
        except tomllib.TOMLDecodeError as error:
            self._add_syntax_fault(error)
        except ValidationError as error:
            self._add_schema_faults(error)

    def fault(self, message: str, *at: str | int) -> None:
        """`at` is the key's path, such as "case", 3, "returns"."""
        self._log.add(self.path, message, line_of(self._lines, at))

    @cached_property
    def _lines(self) -> dict[tuple[str | int, ...], int]:
        return dict(lines_by_path(self._text))

    def _add_syntax_fault(self, error: tomllib.TOMLDecodeError) -> None:
        position = _POSITION.search(str(error))
        last_line = self._text.count("\n") + 1
        line = int(position[1]) if position and position[1] else last_line
        message = _POSITION.sub("", str(error)).strip()
        self._log.add(self.path, f"not TOML: {message}", line)

    def _add_schema_faults(self, error: ValidationError) -> None:
        for problem in error.errors(include_url=False):
            path = problem["loc"]
            key = ".".join(str(part) for part in path)
            self.fault(f"{key}: {_readable(problem['msg'], problem['type'])}", *path)


def _readable(message: str, kind: str) -> str:
    match kind:
        case "extra_forbidden":
            return "no such key"
        case "missing":
            return "is missing"
        case "string_pattern_mismatch":
            return "must be words of a-z and 0-9 joined by single hyphens"
        case "value_error":
            return message.removeprefix("Value error, ")
        case _:
            return message[:1].lower() + message[1:]
