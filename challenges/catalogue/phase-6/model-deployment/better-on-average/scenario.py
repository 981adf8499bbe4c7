"""A city's bicycles, and models whose errors are known to a quarter."""

import random
from datetime import date, timedelta

FIRST_MONDAY = date(2026, 11, 2)
HISTORY_DAYS = 60
FEW = "Mirador"  # the station that closes on four days of five


def bikes(station, day):
    """What is missing at a station on a day: a whole number, other each day."""
    return 20 + (day.toordinal() * 7 + len(station) * 3) % 11


def rows_until(today, stations):
    """In no order; today's are there already, and count for nothing."""
    days = [today - timedelta(days=back) for back in range(HISTORY_DAYS, -1, -1)]
    found = [
        {"station": station, "day": day, "bikes": bikes(station, day)}
        for station in stations
        for day in days
        if station != FEW or day.toordinal() % 5 == 0
    ]
    random.Random(7).shuffle(found)
    return found


def trainer(plan, today):
    """Trains the model that the plan says: errors by station, or how it fails."""
    if plan == "training raises":

        def train(rows):
            raise OSError("the disk of the machine is full")

        return train
    return lambda rows: model_of(plan, today)


def model_of(plan, today):
    def model(station, day):
        if plan == "predicting raises":
            raise KeyError(station)
        if isinstance(plan, str):
            return float(plan)
        weeks = max(0, (day - today).days // 7 + 1)
        off = plan[station] + plan.get("ages", 0) * weeks
        # Too many on one day, too few on the other: signed errors would cancel out.
        return bikes(station, day) + (off if day.toordinal() % 2 else -off)

    return model


def mondays(module, *plans):
    registry = []
    stations = next(list(plan) for plan in plans if not isinstance(plan, str))
    stations = [name for name in stations if name != "ages"]
    for week, plan in enumerate(plans):
        today = FIRST_MONDAY + timedelta(weeks=week)
        rows = rows_until(today, stations)
        module.retrain(registry, rows, trainer(plan, today), today)
    return [
        (entry["version"], entry["status"], entry["error"], entry["worse_at"])
        for entry in registry
    ]


def days_seen(module):
    """The oldest and the youngest day of either kind, counted back from today."""
    learnt, asked = [], []

    def train(rows):
        learnt.extend((FIRST_MONDAY - row["day"]).days for row in rows)

        def model(station, day):
            asked.append((FIRST_MONDAY - day).days)
            return bikes(station, day)

        return model

    rows = rows_until(FIRST_MONDAY, ["Centro", "Hospital"])
    module.retrain([], rows, train, FIRST_MONDAY)
    return {
        "learnt, days ago": [max(learnt), min(learnt)],
        "asked, days ago": [max(asked), min(asked)],
    }


def twice_the_same(module):
    registry, trained = [], []

    def train(rows):
        trained.append(len(rows))
        return model_of({"Centro": 1.0, "Hospital": 1.0}, FIRST_MONDAY)

    rows = rows_until(FIRST_MONDAY, ["Centro", "Hospital"])
    first = module.retrain(registry, rows, train, FIRST_MONDAY)
    # As they come out of the database on another day: the same, in another order.
    later = [dict(reversed(row.items())) for row in sorted(rows, key=str)]
    second = module.retrain(registry, later, train, FIRST_MONDAY + timedelta(days=1))
    found = {
        "models trained": len(trained),
        "entries": len(registry),
        "same entry": "yes" if second is first else "no",
    }
    corrected = [*rows[1:], rows[0] | {"bikes": rows[0]["bikes"] + 1}]
    module.retrain(registry, corrected, train, FIRST_MONDAY)
    return found | {"trained after a correction": len(trained)}


def again_after_a_failure(module):
    registry = []
    rows = rows_until(FIRST_MONDAY, ["Centro", "Hospital"])
    for plan in ("training raises", {"Centro": 1.0, "Hospital": 1.0}):
        train = trainer(plan, FIRST_MONDAY)
        module.retrain(registry, rows, train, FIRST_MONDAY)
    return [(entry["version"], entry["status"]) for entry in registry]
