from collections.abc import Iterable


class NoRoom(Exception):
    """The parcel does not fit."""


class Carrier:
    def __init__(self, name: str, capacity_g: int) -> None:
        self.name = name
        self._capacity_g = capacity_g
        self._parcels: list[int] = []

    @property
    def parcels(self) -> tuple[int, ...]:
        return tuple(self._parcels)

    @property
    def free_g(self) -> int:
        return self._capacity_g - sum(self._parcels)

    def price(self, weight_g: int, km: int) -> int:
        raise NotImplementedError

    def load(self, weight_g: int, km: int) -> int:
        if weight_g < 1:
            raise ValueError(f"a parcel of {weight_g} g")
        if weight_g > self.free_g:
            raise NoRoom(f"{weight_g} g in {self.free_g} g")
        price = self.price(weight_g, km)
        self._parcels.append(weight_g)
        return price


class Bike(Carrier):
    def __init__(self, name: str) -> None:
        super().__init__(name, 8_000)

    def price(self, weight_g: int, km: int) -> int:
        return 200 + 30 * km


class Van(Carrier):
    def __init__(self, name: str) -> None:
        super().__init__(name, 500_000)

    def price(self, weight_g: int, km: int) -> int:
        kilograms_begun = -(-weight_g // 1_000)
        return 500 + 10 * km + 20 * kilograms_begun


def cheapest(carriers: Iterable[Carrier], weight_g: int, km: int) -> Carrier | None:
    with_room = (carrier for carrier in carriers if carrier.free_g >= weight_g)
    return min(
        with_room, key=lambda carrier: carrier.price(weight_g, km), default=None
    )
