from collections.abc import Callable, Iterator
from pathlib import Path

from challenges.watching import Watched


class Waits:
    """Does the next thing at each wait; when none is left, the test has failed."""

    def __init__(self, *doings: Callable[[], object]) -> None:
        self._doings: Iterator[Callable[[], object]] = iter(doings)
        self.count = 0

    def __call__(self, _: float) -> None:
        self.count += 1
        next(self._doings)()


def nothing() -> None:
    pass


def test_a_change_is_told_once_nothing_more_changes(tmp_path: Path) -> None:
    file = tmp_path / "submissions" / "first.py"
    file.parent.mkdir()
    waits = Waits(
        nothing,
        lambda: file.write_text("x = 1"),
        lambda: file.write_text("x = 1\ny = 2"),
        nothing,
    )
    Watched([tmp_path], waits).wait_for_change()
    assert waits.count == 4


def test_a_change_while_it_was_judged_is_not_lost(tmp_path: Path) -> None:
    waits = Waits(nothing, nothing)
    watched = Watched([tmp_path], waits)
    (tmp_path / "cases.toml").write_text("")
    watched.wait_for_change()
    assert waits.count == 1


def test_a_file_taken_away_is_a_change(tmp_path: Path) -> None:
    file = tmp_path / "cases.py"
    file.write_text("")
    waits = Waits(file.unlink, nothing)
    Watched([tmp_path], waits).wait_for_change()
    assert waits.count == 2


def test_what_an_editor_keeps_for_itself_is_no_change(tmp_path: Path) -> None:
    file = tmp_path / "cases.toml"
    waits = Waits(
        lambda: (tmp_path / ".cases.toml.swp").write_text("x"),
        lambda: (tmp_path / "cases.toml~").write_text("x"),
        nothing,
        lambda: file.write_text("x"),
        nothing,
    )
    Watched([tmp_path], waits).wait_for_change()
    assert waits.count == 5
