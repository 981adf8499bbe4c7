"""Uses the submitted carriers, and brings some that their author has never seen."""

from collections.abc import Callable
from types import ModuleType
from typing import Any


def outcome(action: Callable[[], object]) -> object:
    """What the action returned, or the name of the exception that it raised."""
    try:
        return action()
    except Exception as error:
        return type(error).__name__


def drone_class(module: ModuleType) -> type:
    class Drone(module.Carrier):
        def __init__(self, name: str) -> None:
            super().__init__(name, 2_500)

        def price(self, weight_g: int, km: int) -> int:
            return 90 + 5 * km

    return Drone


def train_class(module: ModuleType) -> type:
    class Train(module.Carrier):
        """Cheap by distance, and dearer the fuller it goes."""

        def price(self, weight_g: int, km: int) -> int:
            return 300 + km + 100 * len(self.parcels)

    return Train


def carrier(module: ModuleType, kind: str) -> Any:
    """The carrier of that kind, named after it: 'Bike', 'Van 2', 'Drone', 'Train'."""
    name = kind.split()[0]
    if name == "Drone":
        return drone_class(module)(kind)
    if name == "Train":
        return train_class(module)(kind, 10_000)
    return getattr(module, name)(kind)


def price(module: ModuleType, kind: str, weight_g: int, km: int) -> object:
    return carrier(module, kind).price(weight_g, km)


def load_and_look(
    module: ModuleType, name: str, weight_g: int, km: int
) -> list[object]:
    bike = module.Bike(name)
    price = bike.load(weight_g, km)
    return [price, bike.name, bike.free_g, bike.parcels]


def choose_with_a_drone(module: ModuleType, weight_g: int, km: int) -> object:
    carriers = [module.Van("North"), module.Bike("Ana"), drone_class(module)("Sky")]
    return module.cheapest(carriers, weight_g, km).name


def load_all(module: ModuleType, kind: str, weights: list[int], km: int) -> list[Any]:
    """What each load came to; then the name, the grams free and the parcels."""
    one = carrier(module, kind)
    loads = [outcome(lambda weight=weight: one.load(weight, km)) for weight in weights]
    return [loads, one.name, one.free_g, one.parcels]


def load_two(module: ModuleType, kinds: list[str]) -> list[Any]:
    first, second = (carrier(module, kind) for kind in kinds)
    first.load(1_000, 1)
    second.load(250, 1)
    first.load(300, 1)
    return [first.parcels, first.free_g, second.parcels, second.free_g]


def tamper(module: ModuleType) -> list[object]:
    """Assignments from outside, one by one, and what stands after them."""
    bike = module.Bike("Ana")
    bike.load(3_000, 2)
    attempts = [
        outcome(lambda: setattr(bike, "free_g", 1_000_000)),
        outcome(lambda: setattr(bike, "parcels", ())),
    ]
    return [*attempts, bike.free_g, bike.parcels]


def earlier_answer_stands(module: ModuleType) -> list[object]:
    bike = module.Bike("Ana")
    before = bike.parcels
    bike.load(1_000, 1)
    return [before, bike.parcels]


def pricing_loads_nothing(module: ModuleType, kind: str) -> list[object]:
    one = carrier(module, kind)
    one.price(1_000, 3)
    return [one.free_g, one.parcels]


def create_base(module: ModuleType) -> object:
    return outcome(lambda: module.Carrier("Nobody", 1_000))


def create_without_price(module: ModuleType) -> object:
    class Balloon(module.Carrier):
        pass

    return outcome(lambda: Balloon("Up", 1_000))


def family(module: ModuleType) -> list[object]:
    return [
        [base.__name__ for base in one.__mro__ if base is module.Carrier]
        for one in (module.Bike, module.Van)
    ]


def caught_as(module: ModuleType) -> str:
    """Which of two handlers a parcel that does not fit ends in."""
    try:
        module.Bike("Ana").load(8_001, 1)
    except module.NoRoom:
        return "NoRoom"
    except Exception as error:
        return f"another: {type(error).__name__}"
    return "loaded"


def choose(
    module: ModuleType,
    kinds: list[str],
    weight_g: int,
    km: int,
    loaded: list[int] | None = None,
) -> object:
    """The name of the cheapest, and the grams free in each after choosing.

    `loaded` holds what each carries already; 0 is nothing.
    """
    carriers = [carrier(module, kind) for kind in kinds]
    for one, weight in zip(carriers, loaded or [], strict=False):
        if weight:
            one.load(weight, 1)
    chosen = module.cheapest(carriers, weight_g, km)
    return [None if chosen is None else chosen.name, [one.free_g for one in carriers]]
