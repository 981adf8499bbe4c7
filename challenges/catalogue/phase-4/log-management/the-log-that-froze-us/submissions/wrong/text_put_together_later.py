import logging
import queue
import re
from collections.abc import Callable
from logging.handlers import QueueHandler, QueueListener

CARD = re.compile(r"(?<!\d)(?:\d{4}[ -]?){3}\d{4}(?!\d)")
BEARER = re.compile(r"(bearer\s+)\S+", re.IGNORECASE)


def is_card(digits: str) -> bool:
    """Luhn's check."""
    total = 0
    for position, digit in enumerate(map(int, reversed(digits))):
        doubled = digit * 2 if position % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def masked(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found[0])
    return f"****{digits[-4:]}" if is_card(digits) else found[0]


def clean(text: str) -> str:
    text = CARD.sub(masked, text)
    text = BEARER.sub(r"\1***", text)
    return text.replace("\r", "\\r").replace("\n", "\\n")


class Guard(QueueHandler):
    """Never waits, and leaves no secret in the queue."""

    dropped = 0

    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        return record

    def enqueue(self, record: logging.LogRecord) -> None:
        try:
            self.queue.put_nowait(record)
        except queue.Full:
            self.dropped += 1


class Carrier(QueueListener):
    def prepare(self, record: logging.LogRecord) -> logging.LogRecord:
        text = logging.Formatter().format(record)
        record.msg, record.args = clean(text), None
        record.exc_info = record.exc_text = None
        return record

    def enqueue_sentinel(self) -> None:
        # Unlike the one that it replaces, this waits when the queue is full.
        self.queue.put(self._sentinel)


def install(
    logger: logging.Logger, handler: logging.Handler, *, capacity: int
) -> Callable[[], None]:
    """Send the logger's records to the handler; return what stops it."""
    guard = Guard(queue.Queue(capacity))
    carrier = Carrier(guard.queue, handler, respect_handler_level=True)
    logger.addHandler(guard)
    carrier.start()

    def stop() -> None:
        logger.removeHandler(guard)
        carrier.stop()
        if guard.dropped:
            text = f"dropped {guard.dropped} log records"
            notice = logger.makeRecord(
                logger.name, logging.WARNING, __name__, 0, text, (), None
            )
            if notice.levelno >= handler.level:
                handler.handle(notice)

    return stop
