"""What `check` says as it judges: a bar on a terminal, else a line a challenge."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import TaskID

from challenges.challenge import Challenge
from challenges.errors import Fault
from challenges.proof import Progress


@contextmanager
def told(console: Console, challenges: int, trials: int) -> Iterator[Progress]:
    """`trials` is how many submissions are judged, of all the challenges."""
    if not console.is_terminal:
        yield _Lines(console, challenges)
        return
    with Bar(console=console, transient=True) as bar:
        yield _OnBar(bar, bar.add_task("judging", total=trials))


class _OnBar:
    def __init__(self, bar: Bar, task: TaskID) -> None:
        self._bar = bar
        self._task = task

    def judged(self, challenge: Challenge) -> None:
        self._bar.update(self._task, advance=1, description=challenge.id)

    def proved(self, challenge: Challenge, faults: Sequence[Fault]) -> None:
        if faults:
            self._bar.console.print(f"{challenge.id}: faults: {len(faults)}")


class _Lines:
    def __init__(self, console: Console, total: int) -> None:
        self._console = console
        self._total = total
        self._done = 0

    def judged(self, challenge: Challenge) -> None:
        pass

    def proved(self, challenge: Challenge, faults: Sequence[Fault]) -> None:
        self._done += 1
        found = f"faults: {len(faults)}" if faults else "no fault"
        self._console.print(f"[{self._done}/{self._total}] {challenge.id}: {found}")
