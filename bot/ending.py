"""Ending on a signal, at whatever point the work is."""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def until_signalled() -> Iterator[None]:
    """Cancels what is inside on the first SIGINT or SIGTERM, and goes on after it.

    Inside a coroutine. Further signals change nothing: cleaning up is under way.
    """
    task = asyncio.current_task()
    loop = asyncio.get_running_loop()
    told = False

    def end() -> None:
        nonlocal told
        if task is not None and not told:
            told = True
            task.cancel()

    for number in SIGNALS:
        loop.add_signal_handler(number, end)
    try:
        yield
    except asyncio.CancelledError:
        if task is None or not told:
            raise
        task.uncancel()
    finally:
        for number in SIGNALS:
            loop.remove_signal_handler(number)
