import logging
import os
import socket
from logging.handlers import SysLogHandler

SEVERITY = [(50, "crit"), (40, "err"), (30, "warning"), (25, "notice"), (20, "info")]


class Datagrams(logging.Handler):
    def __init__(self, address, facility):
        super().__init__(logging.INFO)
        self.address = address
        self.facility = SysLogHandler.facility_names[facility]
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    def emit(self, record):
        name = next(name for least, name in SEVERITY if record.levelno >= least)
        severity = SysLogHandler.priority_names[name]
        text = f"{record.name}[{os.getpid()}]: {self.format(record)}"
        body = " | ".join(text.split("\n")).encode()
        while len(body) > 1000:
            body = body.decode()[:-1].encode()
        self.socket.sendto(b"<%d>%s" % (self.facility * 8 + severity, body), self.address)

    def close(self):
        self.socket.close()
        super().close()


connected = {}


def connect(address, program, facility="local0"):
    logger = logging.getLogger(program)
    logger.setLevel(logging.INFO)
    if program in connected:
        connected[program].close()
        logger.removeHandler(connected[program])
    connected[program] = Datagrams(address, facility)
    logger.addHandler(connected[program])
    return logger
