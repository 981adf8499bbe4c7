"""A syslog collector on 127.0.0.1 (RFC 3164 over UDP), and booths that write to it."""

import logging
import os
import re
import socket
from contextlib import contextmanager

NOTICE = 25
SEVERITIES = "emerg alert crit err warning notice info debug".split()
FACILITIES = {0: "kern", 1: "user", 3: "daemon", 4: "auth", 10: "authpriv"}
FACILITIES |= {16 + number: f"local{number}" for number in range(8)}
PRIORITY = re.compile(rb"<(\d{1,3})>(.*)", re.DOTALL)

logging.addLevelName(NOTICE, "NOTICE")


@contextmanager
def collector():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as inbox:
        inbox.bind(("127.0.0.1", 0))
        inbox.settimeout(0.15)
        yield inbox


def datagrams(inbox):
    found = []
    try:
        while len(found) < 50:
            found.append(inbox.recv(70_000))
    except TimeoutError:
        return found
    return found


def understood(datagram):
    match = PRIORITY.fullmatch(datagram)
    if match is None:
        return "no priority"
    facility, severity = divmod(int(match[1]), 8)
    body = match[2].rstrip(b"\0").decode("utf-8", "replace")
    body = body.replace(f"[{os.getpid()}]", "[PID]", 1)
    return [FACILITIES.get(facility, facility), SEVERITIES[severity], body]


def write(logger, records):
    """Each record is a level and a message, or 'exception' and a cause."""
    for level, message, *args in records:
        if level == "exception":
            try:
                raise ValueError(*args)
            except ValueError:
                logger.exception(message)
        else:
            logger.log(level, message, *args)


def received(module, facility, records):
    with collector() as inbox:
        write(module.connect(inbox.getsockname(), "caseta-7", facility), records)
        return [understood(one) for one in datagrams(inbox)]


def by_default(module, records):
    with collector() as inbox:
        write(module.connect(inbox.getsockname(), "caseta-7"), records)
        return [understood(one) for one in datagrams(inbox)]


def connected(module, facilities, records):
    """The same booth, once for each facility; then it writes."""
    with collector() as inbox:
        for facility in facilities:
            logger = module.connect(inbox.getsockname(), "caseta-7", facility)
        write(logger, records)
        return [understood(one) for one in datagrams(inbox)]


def moved(module, records):
    """The booth goes over to another collector. What each of the two got."""
    with collector() as old, collector() as new:
        write(module.connect(old.getsockname(), "caseta-7"), records)
        write(module.connect(new.getsockname(), "caseta-7"), records)
        return [[understood(one) for one in datagrams(box)] for box in (old, new)]


def neighbours(module, records):
    """Two booths, each with a facility of its own."""
    with collector() as inbox:
        one = module.connect(inbox.getsockname(), "caseta-7", "local1")
        other = module.connect(inbox.getsockname(), "caseta-8", "local2")
        write(other, records)
        write(one, records)
        return [understood(one) for one in datagrams(inbox)]


def lines(module, records):
    """How many datagrams came, how many line breaks they hold, and how the parts of
    each begin and end (a traceback's middle depends on where it was raised)."""
    with collector() as inbox:
        write(module.connect(inbox.getsockname(), "caseta-7"), records)
        found = [understood(one) for one in datagrams(inbox)]
    texts = [one[2] if isinstance(one, list) else one for one in found]
    ends = [[text.split(" | ")[0], text.split(" | ")[-1]] for text in texts]
    return [len(texts), sum(text.count("\n") for text in texts), ends]


def size(module, message):
    """The bytes after the priority, the last character, and what came before it."""
    with collector() as inbox:
        write(module.connect(inbox.getsockname(), "caseta-7"), [(logging.INFO, message)])
        found = [PRIORITY.fullmatch(one) for one in datagrams(inbox)]
    if len(found) != 1 or found[0] is None:
        return f"{len(found)} datagrams"
    body = found[0][2].rstrip(b"\0").replace(f"[{os.getpid()}]".encode(), b"[]")
    text = body.decode("utf-8", "replace")
    return [len(body), text[:12], text[-1]]


def raw_end(module, message):
    with collector() as inbox:
        write(module.connect(inbox.getsockname(), "caseta-7"), [(logging.INFO, message)])
        return [one[-1:] for one in datagrams(inbox)]
