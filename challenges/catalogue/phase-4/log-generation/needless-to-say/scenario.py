"""A payment gateway that answers as told, and handlers that look at every record."""

import contextlib
import io
import logging
from itertools import groupby

CARD, PHONE = "4111111111111111", "0987654321"


class Receipt:
    def __init__(self, number):
        self.number = number
        self.written = 0

    def __repr__(self):
        self.written += 1
        return f"<receipt {self.number}>"


class Gateway:
    """Answers each charge by the next of `answers`: 'ok', 'down', or a code of refusal."""

    def __init__(self, module, answers):
        self.module, self.answers, self.receipts = module, list(answers), []

    def charge(self, card, cents):
        answer = self.answers.pop(0)
        if answer == "down":
            raise ConnectionError("no route to the bank")
        if answer != "ok":
            raise self.module.Declined(f"card {card} for {cents}: {answer}", answer)
        self.receipts.append(Receipt(len(self.receipts) + 1))
        return self.receipts[-1]


class Kept(logging.Handler):
    def __init__(self):
        super().__init__()
        self.records = []
        self.texts = []

    def emit(self, record):
        self.records.append(record)
        self.texts.append(self.format(record))


def ran(module, answers, level=logging.INFO, batch="B-1"):
    """The outcomes, the records, what was formatted, and the gateway's receipts."""
    gateway = Gateway(module, answers)
    orders = [
        {"id": 40 + n, "phone": PHONE, "card": CARD, "cents": 500 + n}
        for n in range(1, len(answers) + 1)
    ]
    root, kept = logging.getLogger(), Kept()
    root.addHandler(kept)
    root.setLevel(level)
    with contextlib.redirect_stderr(io.StringIO()):
        outcomes = module.run(gateway, orders, batch)
    return outcomes, kept, gateway.receipts


def night(module, answers, debug=False):
    """The outcomes, and each record's level, logger and message."""
    outcomes, kept, _ = ran(module, answers, logging.DEBUG if debug else logging.INFO)
    return [outcomes, [f"{r.levelname} {r.name}: {r.getMessage()}" for r in kept.records]]


def count(module, answers):
    """How many records of each level."""
    _, kept, _ = ran(module, answers)
    levels = [record.levelname for record in kept.records]
    return {level: levels.count(level) for level in sorted(set(levels))}


def exposed(module, answers):
    """In which parts of the records the card or the phone can be read."""
    _, kept, _ = ran(module, answers, logging.DEBUG)
    places = set()
    for record, text in zip(kept.records, kept.texts):
        for name, value in vars(record).items():
            if name != "exc_info" and has_secret(str(value)):
                places.add(name)
        if has_secret(text):
            places.add("the text written")
    return [sorted({record.levelname for record in kept.records}), sorted(places)]


def has_secret(text):
    return CARD in text or PHONE in text


def carried(module, answers):
    """The exception that each record from WARNING on carries along."""
    _, kept, _ = ran(module, answers)
    return without_repeats(
        [r.levelname, r.exc_info[0].__name__ if r.exc_info and r.exc_info[0] else None]
        for r in kept.records
        if r.levelno >= logging.WARNING
    )


def without_repeats(items):
    """One after another; that nothing is told twice is asked by `count`."""
    return [item for item, _ in groupby(items)]


def templates(module, answers):
    """How many different templates there were for the messages of each level."""
    _, kept, _ = ran(module, answers, logging.DEBUG)
    found = {}
    for record in kept.records:
        found.setdefault(record.levelname, set()).add(record.msg)
    return {level: len(messages) for level, messages in sorted(found.items())}


def receipts_written(module, answers, debug):
    """How often each receipt was written out, and what the outcomes were."""
    level = logging.DEBUG if debug else logging.INFO
    outcomes, kept, receipts = ran(module, answers, level)
    # getMessage and format each write out a record that is shown.
    return [outcomes, [min(receipt.written, 1) for receipt in receipts]]


def context(module, answers, batch):
    _, kept, _ = ran(module, answers, logging.DEBUG, batch)
    return without_repeats(
        [r.levelname, getattr(r, "batch", None), getattr(r, "order_id", None)]
        for r in kept.records
    )


def settings(module):
    """What the import left: handlers of the root and of the logger, levels, and so on."""
    root, own = logging.getLogger(), logging.getLogger("topups")
    return [
        [type(handler).__name__ for handler in root.handlers],
        logging.getLevelName(root.level),
        [type(h).__name__ for h in own.handlers if not isinstance(h, logging.NullHandler)],
        logging.getLevelName(own.level),
        own.propagate,
        logging.root.manager.disable,
    ]


def printed(module, answers):
    """What got to the screen while it worked, with handlers of the application alone."""
    out = io.StringIO()
    gateway = Gateway(module, answers)
    orders = [{"id": n, "phone": PHONE, "card": CARD, "cents": 1} for n in range(len(answers))]
    logging.getLogger().addHandler(Kept())
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        module.run(gateway, orders, "B-2")
    return out.getvalue()
