import os
from base64 import urlsafe_b64encode
from datetime import date, timedelta

from cryptography.fernet import Fernet, InvalidToken


class Forgotten(LookupError):
    pass


class Tampered(ValueError):
    pass


def unwrap(wrapped, masters):
    for master in masters:
        try:
            return Fernet(master).decrypt(wrapped)
        except InvalidToken:
            continue
    raise Tampered("no master opens this key")


class Vault:
    def __init__(self, keys, masters, *, keep_days=90):
        self.keys = keys
        self.masters = list(masters)
        self.kept = timedelta(days=keep_days)

    def seal(self, line, day, today):
        if day < today - self.kept:
            raise Forgotten(f"{day} is over")
        if day.isoformat() not in self.keys:
            fresh = urlsafe_b64encode(os.urandom(32))
            self.keys[day.isoformat()] = Fernet(self.masters[0]).encrypt(fresh)
        key = unwrap(self.keys[day.isoformat()], self.masters)
        return Fernet(key).encrypt(line.encode("utf-8"))

    def open(self, token, day):
        wrapped = self.keys.get(day.isoformat())
        if wrapped is None:
            raise Forgotten(f"no key for {day}")
        try:
            return Fernet(unwrap(wrapped, self.masters)).decrypt(token).decode("utf-8")
        except InvalidToken as error:
            raise Tampered("not genuine") from error

    def forget(self, today):
        first = (today - self.kept).isoformat()
        gone = sorted(day for day in self.keys if day < first)
        for day in gone:
            self.keys.pop(day)
        return [date.fromisoformat(day) for day in gone]

    def rotate(self, master):
        for wrapped in self.keys.values():
            unwrap(wrapped, self.masters)
        self.masters.insert(0, master)
