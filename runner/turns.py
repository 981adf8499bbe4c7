"""Who waits, and whose turn is next: keys take turns, each one's own in order.

    put("a", 1)  put("a", 2)  put("b", 3)  put("a", 4)         take → 1, 3, 2, 4

A key that comes while others wait is behind one of each of them, however many they
sent. The room is bounded, and shared in the same way: when it is full, whoever has most
waiting gives up the last of it.
"""

import threading
from collections import OrderedDict, deque
from typing import Generic, TypeVar

Waiting = TypeVar("Waiting")


class Closed(Exception):
    """Nobody waits, and nobody will."""


class Turns(Generic[Waiting]):
    """Safe to use from several threads."""

    def __init__(self, most: int) -> None:
        """So many may wait at once."""
        self._most = most
        self._waiting = 0
        self._by_key: OrderedDict[str, deque[Waiting]] = OrderedDict()
        self._changed = threading.Condition()
        self._closed = False
        self._takers = 0

    def put(self, key: str, one: Waiting) -> Waiting | None:
        """The one for which there is no room, if any: `one` itself, or one that waited.

        Raises Closed.
        """
        with self._changed:
            if self._closed:
                raise Closed
            displaced = None
            if self._waiting >= self._most:
                largest = max(self._by_key, key=self._count, default=key)
                if self._count(largest) <= self._count(key) + 1:
                    return one
                displaced = self._by_key[largest].pop()
                self._waiting -= 1
            self._by_key.setdefault(key, deque()).append(one)
            self._waiting += 1
            # Not all who wait here wait for one to take.
            self._changed.notify_all()
            return displaced

    def take(self, timeout_s: float) -> Waiting:
        """Waits for one; raises TimeoutError, or Closed once the last is taken."""
        with self._changed:
            self._takers += 1
            self._changed.notify_all()
            try:
                found = self._changed.wait_for(self._something, timeout_s)
            finally:
                self._takers -= 1
            if not found:
                raise TimeoutError
            if not self._by_key:
                raise Closed
            key, own = self._by_key.popitem(last=False)
            one = own.popleft()
            if own:
                self._by_key[key] = own
            self._waiting -= 1
            return one

    def discard(self, key: str, one: Waiting) -> None:
        """If it still waits, it does no longer."""
        with self._changed:
            own = self._by_key.get(key, deque())
            if one in own:
                own.remove(one)
                self._waiting -= 1
                if not own:
                    del self._by_key[key]

    def close(self) -> None:
        """No more come; those who wait are still taken."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def closed_within(self, timeout_s: float) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self._closed, timeout_s)

    def taken_up_by(self, takers: int, timeout_s: float) -> bool:
        """Waits until nobody waits but so many threads that would take one."""
        with self._changed:
            return self._changed.wait_for(
                lambda: self._takers == takers and not self._waiting, timeout_s
            )

    def __len__(self) -> int:
        return self._waiting

    def _count(self, key: str) -> int:
        return len(self._by_key.get(key, ()))

    def _something(self) -> bool:
        return bool(self._by_key) or self._closed
