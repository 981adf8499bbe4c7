from collections.abc import MutableMapping, Sequence
from datetime import date

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class Forgotten(Exception):
    """The day has no key, or may have none any more."""


class Tampered(Exception):
    """What is not genuine is not opened."""


class Vault:
    def __init__(
        self,
        keys: MutableMapping[str, bytes],
        masters: Sequence[bytes],
        *,
        keep_days: int = 90,
    ) -> None:
        self._keys = keys
        self._masters = MultiFernet([Fernet(master) for master in masters])
        self._keep_days = keep_days

    def seal(self, line: str, day: date, today: date) -> bytes:
        if self._is_over(day, today):
            raise Forgotten(day)
        name = day.isoformat()
        if name not in self._keys:
            self._keys[name] = self._masters.encrypt(Fernet.generate_key())
        return self._key(day).encrypt(line.encode())

    def open(self, token: bytes, day: date) -> str:
        try:
            return self._key(day).decrypt(token).decode()
        except InvalidToken:
            raise Tampered(day) from None

    def forget(self, today: date) -> list[date]:
        days = sorted(map(date.fromisoformat, self._keys))
        over = [day for day in days if self._is_over(day, today)]
        for day in over:
            del self._keys[day.isoformat()]
        return over

    def rotate(self, master: bytes) -> None:
        new = Fernet(master)
        try:
            wrapped = {
                name: new.encrypt(self._masters.decrypt(key))
                for name, key in self._keys.items()
            }
        except InvalidToken:
            raise Tampered("a key of the table") from None
        self._keys.update(wrapped)
        self._masters = MultiFernet([new])

    def _is_over(self, day: date, today: date) -> bool:
        return (today - day).days > self._keep_days

    def _key(self, day: date) -> Fernet:
        """Unwrapped each time: a key kept here would outlive its deletion."""
        try:
            wrapped = self._keys[day.isoformat()]
        except KeyError:
            raise Forgotten(day) from None
        try:
            return Fernet(self._masters.decrypt(wrapped))
        except InvalidToken:
            raise Tampered(day) from None
