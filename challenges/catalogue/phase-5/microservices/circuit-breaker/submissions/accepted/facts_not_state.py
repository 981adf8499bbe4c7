from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class CircuitOpen(Exception):
    """The circuit is open: no call was made."""

    def __init__(self, retry_after_s: float) -> None:
        super().__init__(f"circuit open, retry in {retry_after_s} s")
        self.retry_after_s = retry_after_s


class CircuitBreaker:
    """closed ──failures in a row──► open ──recovery_s──► half_open ──answer──► closed

    A failed trial goes from half_open back to open.
    """

    def __init__(
        self, failures: int, recovery_s: float, clock: Callable[[], float]
    ) -> None:
        if failures < 1 or recovery_s < 1:
            raise ValueError("failures and recovery_s must be at least 1")
        self._failures = failures
        self._recovery_s = recovery_s
        self._clock = clock
        self._failed = 0
        self._opened_at: float | None = None

    @property
    def state(self) -> str:
        if self._opened_at is None:
            return "closed"
        return "open" if self._left_s(self._opened_at) > 0 else "half_open"

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        trial = self._opened_at is not None
        if self._opened_at is not None:
            left_s = self._left_s(self._opened_at)
            if left_s > 0:
                raise CircuitOpen(left_s)
        try:
            result = function(*args, **kwargs)
        except OSError:
            self._note_failure(trial=trial)
            raise
        except Exception:
            self._note_answer()
            raise
        self._note_answer()
        return result

    def _left_s(self, opened_at: float) -> float:
        return opened_at + self._recovery_s - self._clock()

    def _note_failure(self, *, trial: bool) -> None:
        self._failed += 1
        if trial or self._failed >= self._failures:
            self._opened_at = self._clock()

    def _note_answer(self) -> None:
        self._failed = 0
        self._opened_at = None
