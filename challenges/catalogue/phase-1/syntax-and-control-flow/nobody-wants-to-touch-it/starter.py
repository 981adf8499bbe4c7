import json,sys
from datetime import date
class badTrip(Exception): pass
Holidays=[date(2026,12,25),date(2027,1,1)]
halfPrice = lambda cents: cents//2
def calcFare( km,passenger,Day = None ) :
  """The fare of a trip in cents: 1200 and 35 more for each kilometre, half of that for students and half on holidays."""
  if passenger==None: raise badTrip('no passenger')
  if type(km) != type(1): raise badTrip('kilometres are a whole number')
  fare = 1200+35*km
  if passenger.get("student") == True : fare=halfPrice(fare)
  if not passenger.get("stop") in ( 'norte','sur' ): fare = fare+50
  l=Day
  if l!=None and l in Holidays:fare=halfPrice( fare )
  return fare
def parseKm(Text):
  try: return int(Text)
  except: return 0
def dayTotal(Lines):
  """The fares of trips that come as lines of JSON; bad ones are told and left out."""
  Total=0
  for line in Lines:
    trip=json.loads(line);km=trip.get("km")
    try: Total+=calcFare(parseKm(km) if type(km)==type('') else km,trip.get('passenger'))
    except badTrip as error: print('left out:',error,file=sys.stderr)
  return Total
