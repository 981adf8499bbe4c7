HOUR = 60
DAY = 24 * HOUR


class Meter:
    def __init__(self):
        self.total = 0
        self.today = 0

    def hour(self):
        charged = min(200, 1800 - self.today)
        self.today += charged
        self.total += charged

    def midnight(self):
        self.today = 0


def fee(minutes):
    if not minutes >= 0:
        raise ValueError(minutes)
    meter = Meter()
    if minutes < 16:
        return meter.total
    for start in range(0, minutes, HOUR):
        if start % DAY == 0:
            meter.midnight()
        meter.hour()
    return meter.total
