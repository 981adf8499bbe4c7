"""Trips of a city of the member's own: its lines, its noise and its bad records."""

MARK = {"name": "metric", "metric": "mae", "at_most": 1.5}
ROUGH = {"name": "metric", "metric": "mae", "at_most": 35.0}


def cases(rng):
    city = {
        False: (rng.uniform(6, 9), rng.uniform(2.5, 3.5)),
        True: (rng.uniform(10, 14), rng.uniform(5, 6.5)),
    }

    def trip(rain):
        km = round(rng.uniform(0.5, 9), 1)
        start, each = city[rain]
        return km, rain, round(start + each * km + rng.uniform(-2, 2), 1)

    def trips(count, rains):
        return [trip(rng.choice(rains)) for _ in range(count)]

    def case(group, history, asked, checker):
        orders = [(km, rain) for km, rain, _ in asked]
        return {
            "group": group,
            "call": f"predict({history!r}, {orders!r})",
            "returns": repr([minutes for _, _, minutes in asked]),
            "checker": checker,
        }

    yield case("distance", trips(60, [False]), trips(40, [False]), MARK)
    mixed = [*trips(40, [False]), *trips(40, [True])]
    rng.shuffle(mixed)
    asked = [*trips(20, [False]), *trips(20, [True])]
    yield case("rain", mixed, asked, MARK)
    spoilt = trips(60, [False])
    for place in rng.sample(range(len(spoilt)), 6):
        km, rain, minutes = spoilt[place]
        spoilt[place] = rng.choice(
            [(km, rain, None), (km, rain, -minutes), (km, rain, 1440.0)]
        )
    # One of each kind at least, whatever was drawn.
    spoilt += [(8.5, False, None), (0.7, False, -12.0), (0.6, False, 1440.0)]
    yield case("records", spoilt, trips(40, [False]), MARK)
    yield case("unseen", trips(30, [False]), trips(20, [True]), {**ROUGH, "at_most": 40.0})
    yield case("unseen", trips(1, [False]), trips(5, [False]), ROUGH)
