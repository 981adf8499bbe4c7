import hashlib
import math
from collections import deque

TOO_MANY = 5


def place_of(user: str, version: str) -> float:
    """From 0 up to 100, the same in every process; another for another version."""
    digest = hashlib.sha256(f"{version}:{user}".encode()).digest()
    return 100 * int.from_bytes(digest[:8]) / 2**64


def is_price(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)


class Rollout:
    def __init__(self, stable, canary):
        self._stable = stable
        self._previous = None
        self._canary = canary
        self._share = 0
        self._failed = deque()

    @property
    def share(self) -> float:
        return self._share

    @share.setter
    def share(self, percent: float) -> None:
        self._tried()
        self._share = percent

    def predict(self, user: str, car: dict) -> tuple[str, float]:
        canary = self._canary
        if canary and place_of(user, canary.version) < self._share:
            price = self._ask_canary(car)
            if price is not None:
                return canary.version, price
        return self._stable.version, self._stable.predict(car)

    def promote(self) -> None:
        adopted = self._tried()
        self._previous, self._stable = self._stable, adopted
        self._withdraw()

    def roll_back(self) -> None:
        if self._canary is not None:
            self._withdraw()
        elif self._previous is not None:
            self._stable, self._previous = self._previous, None
        else:
            raise RuntimeError("there is nothing to go back to")

    def state(self) -> dict:
        return {
            "stable": self._stable.version,
            "canary": self._canary.version if self._canary else None,
            "share": self._share,
        }

    def _tried(self):
        if self._canary is None:
            raise RuntimeError("no model is being tried")
        return self._canary

    def _ask_canary(self, car: dict) -> float | None:
        """Its price, or None when it failed; the fifth failure withdraws it."""
        try:
            price = self._canary.predict(car)
        except Exception:
            price = None
        failed = not is_price(price)
        self._failed.append(failed)
        if sum(self._failed) >= TOO_MANY:
            self._withdraw()
        return None if failed else price

    def _withdraw(self) -> None:
        self._canary = None
        self._share = 0
