"""A destination that can be held shut, and a gateway that goes on logging meanwhile."""

import logging
import threading

# Only what hangs ever takes so long; nothing that is right waits at all.
PATIENCE_S = 3


class Destination(logging.Handler):
    """A disk: while it is shut, nothing that has begun to be written ends."""

    def __init__(self, level=logging.NOTSET):
        super().__init__(level)
        self.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
        self.open = threading.Event()
        self.open.set()
        self.begun = threading.Event()
        self.lines = []

    def emit(self, record):
        self.begun.set()
        self.open.wait(10 * PATIENCE_S)
        self.lines.append(self.format(record))


def gateway(level=logging.DEBUG):
    logger = logging.Logger("gateway")
    logger.setLevel(level)
    return logger


def write(module, records):
    """What is written of records, each a level, a message and its arguments."""
    logger, disk = gateway(), Destination()
    stop = module.install(logger, disk, capacity=100)
    for level, message, *args in records:
        logger.log(getattr(logging, level), message, *args)
    stop()
    return disk.lines


def failure_told(module, text, message):
    """What is written of the exception itself."""
    return failure(module, text, message).rpartition("RuntimeError")[2]


def failure_lines(module, text, message):
    """What stands before the traceback, and how many line breaks there are."""
    line = failure(module, text, message)
    return [line.partition("Traceback")[0], line.count("\n") + line.count("\r")]


def failure(module, text, message):
    logger, disk = gateway(), Destination()
    stop = module.install(logger, disk, capacity=100)
    try:
        raise RuntimeError(text)
    except RuntimeError:
        logger.exception(message)
    stop()
    return "\n".join(disk.lines)


def stalled(module, count, capacity):
    """The disk is shut from the first record on, and opened at the very end."""
    logger, disk = gateway(), Destination()
    stop = module.install(logger, disk, capacity=capacity)
    disk.open.clear()

    def work():
        logger.info("payment %d", 1)
        disk.begun.wait(PATIENCE_S)
        for number in range(2, count + 1):
            logger.info("payment %d", number)

    went = during(work)
    stopping = []
    stopper = threading.Thread(target=lambda: stopping.append(outcome(stop)), daemon=True)
    if went == "went on":
        # While it is still shut: whoever stops may wait, but must not fail.
        stopper.start()
        stopper.join(PATIENCE_S / 10)
        disk.open.set()
    else:
        disk.open.set()
        stopper.start()
    stopper.join(PATIENCE_S)
    return [went, *(stopping or ["does not stop"]), disk.lines]


def during(work):
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(PATIENCE_S)
    return "waits" if thread.is_alive() else "went on"


def outcome(action):
    try:
        action()
    except Exception as error:
        return f"raised {type(error).__name__}"
    return "stopped"


def changed_later(module):
    """A cart that changes while its record waits for the disk."""
    logger, disk = gateway(), Destination()
    stop = module.install(logger, disk, capacity=100)
    disk.open.clear()
    cart = ["bread"]
    went = during(lambda: (logger.info("first"), logger.info("cart: %s", cart)))
    cart.append("wine")
    disk.open.set()
    stop()
    return [went, disk.lines[1:]] if went == "went on" else [went, disk.lines[-1:]]


class Counted:
    """Knows how often its text has been asked for."""

    times = 0

    def __str__(self):
        self.times += 1
        return "costly"


def levels(module):
    """A logger from INFO on, with a destination from ERROR on."""
    logger, disk = gateway(logging.INFO), Destination(logging.ERROR)
    stop = module.install(logger, disk, capacity=100)
    costly = Counted()
    logger.debug("not even this: %s", costly)
    logger.info("for nobody")
    logger.error("gateway down")
    stop()
    return [disk.lines, costly.times]


def after_stop(module):
    """What is written, and how many handlers the logger has before and after."""
    logger, disk = gateway(), Destination()
    stop = module.install(logger, disk, capacity=100)
    logger.warning("before")
    stop()
    logger.warning("after")
    return [disk.lines, len(logger.handlers)]
