from collections.abc import Callable
from pathlib import Path

import pytest

from challenges.challenge import Kind
from challenges.lint import TO_WRITE
from challenges.template import write_template

Make = Callable[..., Path]
Replace = Callable[[Path, str, str], None]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "catalogue"


@pytest.fixture
def make(root: Path) -> Make:
    """Lays down a sound challenge, which a test then spoils."""

    def made(kind: Kind = Kind.FUNCTION, challenge_id: str = "square") -> Path:
        folder = root / "phase-4/log-processing" / challenge_id
        write_template(folder, kind, "regex-for-logs")
        for path in folder.rglob("*.*"):
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace(f"{TO_WRITE} ", ""), encoding="utf-8")
        for number in (1, 2, 3):
            wrong = folder / f"submissions/wrong/mistake_{number}.py"
            if wrong.exists():
                wrong.write_text(wrong.read_text() + f"# {number}\n")
        return folder

    return made


@pytest.fixture
def replace_in() -> Replace:
    def replaced(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replaced
