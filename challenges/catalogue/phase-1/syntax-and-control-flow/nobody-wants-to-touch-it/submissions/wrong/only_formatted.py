import json
import sys
from datetime import date

HOLIDAYS = [date(2026, 12, 25), date(2027, 1, 1)]


class BadTripError(Exception):
    pass


half_price = lambda cents: cents // 2


def trip_fare(km, passenger, day=None):
    """The fare of a trip in cents.

    1200 and 35 more for each kilometre, half of that for students and half
    on holidays.
    """
    if passenger == None:
        raise BadTripError("no passenger")
    if type(km) != type(1):
        raise BadTripError("kilometres are a whole number")
    fare = 1200 + 35 * km
    if passenger.get("student") == True:
        fare = half_price(fare)
    if not passenger.get("stop") in ("norte", "sur"):
        fare = fare + 50
    if day != None and day in HOLIDAYS:
        fare = half_price(fare)
    return fare


def parse_km(text):
    try:
        return int(text)
    except:
        return 0


def day_total(lines):
    """The fares of trips that come as lines of JSON; bad ones are left out."""
    total = 0
    for line in lines:
        trip = json.loads(line)
        km = trip.get("km")
        try:
            total += trip_fare(
                parse_km(km) if isinstance(km, str) else km,
                trip.get("passenger"),
            )
        except BadTripError as error:
            print("left out:", error, file=sys.stderr)
    return total
