"""Slack repeats an event that was not acknowledged in time, and some that were."""

from collections import OrderedDict

import structlog

from bot.services.ports.clock import Clock
from bot.services.ports.receipts import Receipts

log = structlog.get_logger(__name__)

IDS_KEPT = 10_000


class HeardEvents:
    def __init__(self, receipts: Receipts, now: Clock) -> None:
        self._receipts = receipts
        self._now = now
        self._known: OrderedDict[str, None] = OrderedDict()

    async def is_new(self, event_id: str) -> bool:
        """To all processes; with the database away, to this one."""
        if event_id in self._known:
            return False
        self._known[event_id] = None
        if len(self._known) > IDS_KEPT:
            self._known.popitem(last=False)
        key = f"slack event {event_id}"
        try:
            return await self._receipts.take(key, self._now(), "heard")
        except Exception:
            log.exception("receipt_not_taken", platform="slack")
            return True
