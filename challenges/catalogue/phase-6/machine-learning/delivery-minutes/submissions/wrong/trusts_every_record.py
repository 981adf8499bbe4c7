from statistics import fmean, linear_regression

LONGEST = 180


def predict(history, orders):
    sound = [
        (km, rain, minutes)
        for km, rain, minutes in history
        if minutes is not None and minutes > -10**9
    ]
    everything = fitted(sound)
    lines = {}
    for weather in (False, True):
        trips = [trip for trip in sound if trip[1] is weather]
        lines[weather] = fitted(trips) if trips else everything
    return [lines[rain](km) for km, rain in orders]


def fitted(trips):
    """The line through these trips, as a function of the distance."""
    distances = [km for km, _, _ in trips]
    minutes = [taken for _, _, taken in trips]
    if len(set(distances)) < 2:
        mean = fmean(minutes)
        return lambda km: mean
    slope, start = linear_regression(distances, minutes)
    return lambda km: start + slope * km
