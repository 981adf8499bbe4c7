"""Bounds how often one address may try to sign in."""

from collections import OrderedDict, deque
from datetime import datetime, timedelta

from bot.services.ports.clock import Clock

# A secret cannot be guessed; this spares the database, and is far above a slip.
TRIES = 20
WITHIN = timedelta(minutes=10)
# Each is a few hundred bytes: the oldest is forgotten, not remembered for ever.
ADDRESSES_KEPT = 5_000


class Attempts:
    def __init__(self, now: Clock) -> None:
        self._now = now
        self._tried: OrderedDict[str, deque[datetime]] = OrderedDict()

    def may(self, address: str) -> bool:
        """Counts the try too."""
        at = self._now()
        tried = self._tried.setdefault(address, deque(maxlen=TRIES))
        self._tried.move_to_end(address)
        if len(self._tried) > ADDRESSES_KEPT:
            self._tried.popitem(last=False)
        if len(tried) == TRIES and at - tried[0] < WITHIN:
            return False
        tried.append(at)
        return True
