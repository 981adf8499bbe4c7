"""A day in the life of one breaker, step by step."""


class Refused(Exception):
    """The service answered, and said no."""


class Shipping:
    """A service that goes well, fails or refuses as told, and counts its calls."""

    def __init__(self):
        self.calls = 0

    def ship(self, mood, parcel):
        self.calls += 1
        if mood == "down":
            raise ConnectionResetError("no answer")
        if mood == "late":
            raise TimeoutError("gave up")
        if mood == "no":
            raise Refused("no such address")
        return f"sent {parcel}"


def play(module, failures, recovery_s, *steps):
    """Each step as (what the caller got, calls so far, state)."""
    now = 1000
    breaker = module.CircuitBreaker(failures, recovery_s, lambda: now)
    service = Shipping()
    story = []
    for number, step in enumerate(steps):
        if isinstance(step, int):
            now += step
            story.append(("", service.calls, breaker.state))
            continue
        try:
            got = breaker.call(service.ship, step, f"parcel {number}")
        except module.CircuitOpen as error:
            got = f"CircuitOpen {error.retry_after_s:g}"
        except (OSError, Refused) as error:
            got = type(error).__name__
        story.append((got, service.calls, breaker.state))
    return story


def slow_failure(module, recovery_s, takes_s, then_s):
    """A call that itself takes time to fail; then time passes. The states seen."""
    now = 0

    def slow():
        nonlocal now
        now += takes_s
        raise TimeoutError

    breaker = module.CircuitBreaker(1, recovery_s, lambda: now)
    try:
        breaker.call(slow)
    except TimeoutError:
        seen = [breaker.state]
    else:
        seen = ["the error was lost"]
    now += then_s
    return [*seen, breaker.state]


def two_breakers(module):
    """One for each service: what befalls one must not touch the other."""
    shipping = module.CircuitBreaker(1, 30, lambda: 0)
    mail = module.CircuitBreaker(1, 30, lambda: 0)
    try:
        shipping.call(Shipping().ship, "down", "parcel")
    except OSError:
        pass
    return shipping.state, mail.state, mail.call(Shipping().ship, "up", "letter")


def build(module, failures, recovery_s):
    return module.CircuitBreaker(failures, recovery_s, lambda: 0).state
