"""A busy Saturday: channels that the module has never seen, counters that jostle."""

import threading
import time

# Long enough for another thread to be let in, between one instruction and the next.
PAUSE_S = 0.0001


def sent(module, name, sender, to, text):
    return module.create(name, sender=sender).send(to, text)


def letters_sent(module, length):
    """How much of a long text goes out by either channel."""
    names = ("sms", "email")
    return [sent(module, name, "Sur", "Eva", "x" * length).count("x") for name in names]


def pigeon(module, name):
    @module.channel(name)
    class Pigeon:
        def send(self, to, text):
            return f"flies to {to} with {text}"

    return Pigeon


def sent_by_a_new_one(module, name, to, text):
    pigeon(module, name)
    return module.create(name).send(to, text)


def taken(module, count):
    numbers = module.TicketNumbers()
    return [numbers.take() for _ in range(count)]


def registered_class(module):
    @module.channel("courier")
    class Courier:
        def __init__(self, how="made by hand"):
            self.how = how

    return [Courier.__name__, Courier().how]


def own_classes(module):
    return [one(sender="A").send("B", "C") for one in (module.Sms, module.Email)]


def register_twice(module, name):
    try:
        pigeon(module, name)
    except ValueError:
        outcome = "ValueError"
    else:
        outcome = "registered"
    return [outcome, module.create(name, sender="A").send("B", "C")]


def known_after(module, *names):
    for name in names:
        pigeon(module, name)
    try:
        return [module.create("fax"), "created"]
    except LookupError as error:
        kinds = [type(error).__name__, type(error).__base__.__name__]
        return [*kinds, str(error)]


def settings_of_a_new_one(module):
    @module.channel("voice")
    class Voice:
        def __init__(self, *, caller, tries, urgent=False):
            self.given = [caller, tries, urgent]

    return module.create("voice", caller="Ana", tries=3, urgent=True).given


def two_of(module, name):
    north = module.create(name, sender="Norte")
    south = module.create(name, sender="Sur")
    how_many = "one object" if north is south else "two objects"
    return [north.send("Eva", "hola"), south.send("Eva", "hola"), how_many]


def taken_from_new_ones(module, count):
    return [module.TicketNumbers().take() for _ in range(count)]


def asked_in_between(module):
    first = module.TicketNumbers()
    before = [first.take(), first.take()]
    second = module.TicketNumbers()
    same = "the same object" if second is first else "another object"
    return [*before, same, first.take()]


def jostle(frame, event, arg):
    """A trace function: halts the submission's code after each of its instructions."""
    if frame.f_code.co_filename != "solution.py":
        return None
    frame.f_trace_opcodes = True
    time.sleep(PAUSE_S)
    return jostle


def together(count, work):
    """Runs the work in so many threads, all begun before any goes on."""
    start = threading.Barrier(count)

    def one():
        start.wait()
        work()

    threading.settrace(jostle)
    try:
        threads = [threading.Thread(target=one) for _ in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        threading.settrace(None)


def taken_by_threads(module, count, each):
    """How many numbers were given, how many different ones, and the highest."""
    numbers = module.TicketNumbers()
    given = []

    def serve():
        for _ in range(each):
            given.append(numbers.take())

    together(count, serve)
    return [len(given), len(set(given)), max(given)]


def objects_of_threads(module, count):
    """How many objects came to be. They are held, so that no identity is used twice."""
    found = []
    together(count, lambda: found.append(module.TicketNumbers()))
    return len({id(one) for one in found})
