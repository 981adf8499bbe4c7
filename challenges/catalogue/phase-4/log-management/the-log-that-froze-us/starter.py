import logging
from collections.abc import Callable


def install(
    logger: logging.Logger, handler: logging.Handler, *, capacity: int
) -> Callable[[], None]:
    """Send the logger's records to the handler; return what stops it."""
    logger.addHandler(handler)
    return lambda: logger.removeHandler(handler)
