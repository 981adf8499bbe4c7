import logging
from logging.handlers import SysLogHandler


def connect(
    address: tuple[str, int], program: str, facility: str = "local0"
) -> logging.Logger:
    logger = logging.getLogger(program)
    logger.addHandler(SysLogHandler(address))
    return logger
