"""What was handed in, as the harness knows it."""

from dataclasses import dataclass
from functools import cached_property
from os.path import basename


@dataclass(frozen=True)
class MemberFile:
    name: str
    """Of its file, in the folder that each case begins in."""
    text: str

    @property
    def is_python(self) -> bool:
        return self.name.endswith(".py")

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    def owns(self, filename: str) -> bool:
        """True for what tracebacks call its file: by name, or by a path to it."""
        return basename(filename) == self.name

    def line(self, number: int | None) -> str:
        """1-based; "" where there is none."""
        if number is None or not 1 <= number <= len(self.lines):
            return ""
        return self.lines[number - 1].strip()
