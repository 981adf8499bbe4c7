from statistics import linear_regression


def predict(history, orders):
    lines = {}
    for weather in (False, True):
        trips = [
            (km, minutes)
            for km, rain, minutes in history
            if rain is weather and minutes is not None and 0 < minutes < 180
        ]
        lines[weather] = linear_regression(
            [km for km, _ in trips], [minutes for _, minutes in trips]
        )
    return [lines[rain].intercept + lines[rain].slope * km for km, rain in orders]
