import logging
from logging.handlers import SysLogHandler

MAX_BYTES = 1000


class Collector(SysLogHandler):
    priority_map = SysLogHandler.priority_map | {"NOTICE": "notice"}


class OneLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record).replace("\n", " | ")
        return text.encode()[:MAX_BYTES].decode(errors="ignore")


def connect(
    address: tuple[str, int], program: str, facility: str = "local0"
) -> logging.Logger:
    logger = logging.getLogger(program)
    for handler in list(logger.handlers):
        if isinstance(handler, Collector):
            logger.removeHandler(handler)
            handler.close()
    handler = Collector(address, facility=facility)
    handler.setFormatter(OneLine("%(name)s[%(process)d]: %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    return logger
