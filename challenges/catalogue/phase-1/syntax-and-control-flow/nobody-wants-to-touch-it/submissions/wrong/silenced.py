import json, sys  # noqa: E401
from datetime import date

HOLIDAYS = [date(2026, 12, 25), date(2027, 1, 1)]


class BadTripError(Exception):
    pass


half_price = lambda cents: cents // 2  # noqa: E731


def trip_fare(km, passenger, day=None):
    """The fare of a trip in cents: 1200 and 35 more for each kilometre, half for students."""  # noqa: E501
    if passenger == None:  # noqa: E711
        raise BadTripError("no passenger")
    if type(km) != type(1):  # noqa: E721
        raise BadTripError("kilometres are a whole number")
    fare = 1200 + 35 * km
    if passenger.get("student") == True:  # noqa: E712
        fare = half_price(fare)
    if passenger.get("stop") not in ("norte", "sur"):
        fare = fare + 50
    if day is not None and day in HOLIDAYS:
        fare = half_price(fare)
    return fare


def parse_km(text):
    try:
        return int(text)
    except:  # noqa: E722
        return 0


def day_total(lines):
    """The fares of trips that come as lines of JSON; bad ones are left out."""
    total = 0
    for line in lines:
        trip = json.loads(line)
        km = trip.get("km")
        try:
            total += trip_fare(parse_km(km) if isinstance(km, str) else km, trip.get("passenger"))  # noqa: E501
        except BadTripError as error:
            print("left out:", error, file=sys.stderr)
    return total
