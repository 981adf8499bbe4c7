from statistics import linear_regression


def predict(history, orders):
    sound = [(km, m) for km, rain, m in history if m and 0 < m < 180]
    wet = [m for km, rain, m in history if rain and m and 0 < m < 180]
    dry = [m for km, rain, m in history if not rain and m and 0 < m < 180]
    if len(sound) < 2:
        return [sound[0][1] for _ in orders]
    extra = sum(wet) / len(wet) - sum(dry) / len(dry) if wet else 0.0
    level = [
        (km, m - extra * rain)
        for km, rain, m in history
        if m is not None and 0 < m < 180
    ]
    slope, start = linear_regression(
        [km for km, _ in level], [m for _, m in level]
    )
    return [start + slope * km + extra * rain for km, rain in orders]
