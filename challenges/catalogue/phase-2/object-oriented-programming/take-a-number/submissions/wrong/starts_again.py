import threading
from collections.abc import Callable
from typing import ClassVar, Self

SMS_CHARACTERS = 160

_channels: dict[str, type] = {}


class UnknownChannel(LookupError):
    def __init__(self, name: str) -> None:
        super().__init__(f"no channel {name}; there are: {', '.join(sorted(_channels))}")


def channel[T: type](name: str) -> Callable[[T], T]:
    def register(one: T) -> T:
        if name in _channels:
            raise ValueError(f"channel {name} is taken")
        _channels[name] = one
        return one

    return register


def create(name: str, **settings: object) -> object:
    if name not in _channels:
        raise UnknownChannel(name)
    return _channels[name](**settings)


@channel("sms")
class Sms:
    def __init__(self, sender: str) -> None:
        self.sender = sender

    def send(self, to: str, text: str) -> str:
        return f"sms {self.sender} -> {to}: {text[:SMS_CHARACTERS]}"


@channel("email")
class Email:
    def __init__(self, sender: str) -> None:
        self.sender = sender

    def send(self, to: str, text: str) -> str:
        return f"email {self.sender} -> {to}: {text}"


class TicketNumbers:
    """One for the whole process; safe to share among threads."""

    _only: ClassVar[Self | None] = None
    _lock: ClassVar[threading.Lock] = threading.Lock()
    _last: int

    def __new__(cls) -> Self:
        with cls._lock:
            if cls._only is None:
                cls._only = super().__new__(cls)
            return cls._only

    def __init__(self) -> None:
        self._last = 0

    def take(self) -> int:
        with self._lock:
            self._last += 1
            return self._last
