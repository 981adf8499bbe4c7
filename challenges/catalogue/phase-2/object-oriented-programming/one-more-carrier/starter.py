from abc import ABC


class NoRoom(Exception):
    pass


class Carrier(ABC):
    def __init__(self, name: str, capacity_g: int) -> None:
        self.name = name

    # price, free_g, parcels, load


# Bike, Van, cheapest
