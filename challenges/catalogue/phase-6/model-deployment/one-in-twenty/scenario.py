"""Models of stand-in, and a shop's days with them."""

import builtins


class Model:
    """Answers one price, or what it is told to: a number, or an exception."""

    def __init__(self, version, price):
        self.version = version
        self.price = price
        self.calls = 0

    def predict(self, car):
        self.calls += 1
        if isinstance(self.price, Exception):
            raise self.price
        return self.price


class ByKilometres(Model):
    def predict(self, car):
        car["km"]
        return super().predict(car)


def rollout(module, stable="v7", canary="v8", share=100):
    new = module.Rollout(Model(stable, 8100.0), Model(canary, 8400.0))
    new.share = share
    return new


def people(count):
    return [f"u-{place * 7919 % 99991}" for place in range(count)]


def those_with(new, version, names):
    return {name for name in names if new.predict(name, {"km": 1})[0] == version}


def first_day(module):
    new = rollout(module, share=0)
    before = new.predict("ana", {"km": 90000})
    new.share = 100
    return [before, new.predict("ana", {"km": 90000}), new.state()]


def one_failure(module):
    new = module.Rollout(Model("v7", 8100.0), ByKilometres("v8", 8400.0))
    new.share = 100
    return new.predict("ana", {})


def withdrawn_at(module, outcomes):
    canary = Model("v8", 8400.0)
    new = module.Rollout(Model("v7", 8100.0), canary)
    new.share = 100
    for place, outcome in enumerate(outcomes, start=1):
        canary.price = KeyError("km") if outcome == "x" else 8400.0
        new.predict(f"u-{place}", {})
        if new.state()["canary"] is None:
            return place
    return None


def changes_of_model(module, count, share):
    names = people(count)
    first = rollout(module, share=share)
    inside = those_with(first, "v8", names)
    found = {
        "asked again": len(inside ^ those_with(first, "v8", names)),
        "after a restart": len(
            inside ^ those_with(rollout(module, share=share), "v8", names[::-1])
        ),
    }
    with_another_seed_of_hash(module)
    other = those_with(rollout(module, share=share), "v8", names)
    return found | {"in another process": len(inside ^ other)}


def with_another_seed_of_hash(module):
    """As Python does at each start, from which this process was only forked."""
    vars(module).setdefault("hash", lambda value: builtins.hash((value, "seed")))


def dropped_as_it_grows(module, count, shares):
    names, inside, dropped = people(count), set(), 0
    new = rollout(module, share=0)
    for share in shares:
        new.share = share
        now = those_with(new, "v8", names)
        dropped += len(inside - now)
        inside = now
    return {"dropped": dropped, "at the end": len(inside)}


def share_seen(module, count, share, allowed):
    inside = those_with(rollout(module, share=share), "v8", people(count))
    seen = 100 * len(inside) / count
    return f"about {share} %" if abs(seen - share) <= allowed else f"{seen:.2f} %"


def those_who_try_both(module, count, share):
    """Of two versions that each are tried by so many; a tenth of them by chance."""
    names = people(count)
    first = those_with(rollout(module, share=share), "v8", names)
    second = those_with(rollout(module, "v8", "v9", share=share), "v9", names)
    both = len(first & second) / max(len(first), 1)
    return "few" if first and second and both < 0.3 else f"{both:.0%}"


def answers_of(module, prices):
    found = []
    for price in prices:
        canary = Model("v8", KeyError("km") if price == "raises" else 8400.0)
        if price == "None":
            canary.price = None
        elif price != "raises":
            canary.price = float(price)
        new = module.Rollout(Model("v7", 8100.0), canary)
        new.share = 100
        found.append(new.predict("ana", {}))
    return found


def after_failures_of_both(module, count):
    """What is told when the stable one fails, and whom it is put down to."""
    new = module.Rollout(Model("v7", ZeroDivisionError()), Model("v8", 8400.0))
    new.share = 0
    told = {name_of_error(lambda: new.predict("ana", {})) for _ in range(count)}
    return {"told": sorted(told), "state": new.state()}


def name_of_error(act):
    try:
        act()
    except Exception as error:
        return type(error).__name__
    return "no error"


def after_withdrawal(module):
    canary = Model("v8", KeyError("km"))
    new = module.Rollout(Model("v7", 8100.0), canary)
    new.share = 100
    for name in people(5):
        new.predict(name, {})
    calls = canary.calls
    for name in people(30):
        new.predict(name, {})
    found = {"state": new.state(), "calls of v8 afterwards": canary.calls - calls}

    def another_share():
        new.share = 5

    found["a new share"] = name_of_error(another_share)
    found["adopting it"] = name_of_error(new.promote)
    return found


def history(module, acts):
    """After each act, who answers and who is being tried."""
    new, found = rollout(module, share=5), []
    for act in acts:
        error = name_of_error(getattr(new, act))
        if error == "no error":
            found.append((new.predict("ana", {"km": 1})[0], new.state()["canary"]))
        else:
            found.append(error)
    return found
