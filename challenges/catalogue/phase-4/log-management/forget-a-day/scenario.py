"""Vaults over a table of keys that the scenario owns, and reads by other means."""

from datetime import date, timedelta

from cryptography.fernet import Fernet, InvalidToken

DAY = date(2026, 6, 15)


def outcome(action):
    """What it returned, or the name of the exception that it raised."""
    try:
        return action()
    except Exception as error:
        return type(error).__name__


def by_hand(token, day, keys, master):
    """Opened without the vault, as the statement says that it is made."""
    try:
        key = Fernet(master).decrypt(keys[day.isoformat()])
        return Fernet(key).decrypt(token).decode()
    except (InvalidToken, ValueError, TypeError, KeyError) as error:
        return f"cannot be opened: {type(error).__name__}"


def there_and_back(module, line):
    """By the vault, by another on the same table, and by hand."""
    keys, master = {}, Fernet.generate_key()
    token = module.Vault(keys, [master]).seal(line, DAY, DAY)
    another = module.Vault(keys, [master])
    return [list(keys), another.open(token, DAY), by_hand(token, DAY, keys, master)]


def openings(module, line):
    """What a stranger to the day, and to the table, can open."""
    keys, master = {}, Fernet.generate_key()
    vault = module.Vault(keys, [master])
    tokens = [vault.seal(line, DAY, DAY), vault.seal(line, DAY, DAY)]
    vault.seal(line, DAY - timedelta(days=1), DAY)
    opened = [by_hand(tokens[0], DAY - timedelta(days=1), keys, master)]
    elsewhere = {}
    module.Vault(elsewhere, [master]).seal(line, DAY, DAY)
    opened.append(by_hand(tokens[0], DAY, elsewhere, master))
    for bare in [*keys.values(), master]:
        try:
            opened.append(Fernet(bare).decrypt(tokens[0]).decode())
        except (InvalidToken, ValueError):
            opened.append("cannot be opened")
    return [len(keys), len(set(tokens)), opened]


def forgeries(module, line):
    """A letter changed, an end cut off, another day's, no token; and the real one."""
    keys, vault = {}, None
    master = Fernet.generate_key()
    vault = module.Vault(keys, [master])
    token = vault.seal(line, DAY, DAY)
    yesterday = vault.seal(line, DAY - timedelta(days=1), DAY)
    letter = b"A" if token[60:61] != b"A" else b"B"
    tried = [token[:60] + letter + token[61:], token[:-8], yesterday, b"", b"hello"]
    return [outcome(lambda one=one: vault.open(one, DAY)) for one in [*tried, token]]


def unknown_day(module):
    vault = module.Vault({}, [Fernet.generate_key()])
    return outcome(lambda: vault.open(b"hello", DAY))


def forgotten(module, keep_days, ages):
    """Lines of so many days ago are sealed and read, then it is asked to forget."""
    keys, master = {}, Fernet.generate_key()
    vault = module.Vault(keys, [master], keep_days=keep_days)
    tokens = {}
    for age in ages:
        day = DAY - timedelta(days=age)
        # They were sealed on their day, and read since.
        tokens[day] = vault.seal(f"{age} days", day, day)
        vault.open(tokens[day], day)
    gone = vault.forget(DAY)
    read = [
        outcome(lambda d=day, t=token: vault.open(t, d))
        for day, token in tokens.items()
    ]
    return [gone, read, sorted(keys), vault.forget(DAY)]


def late(module, keep_days, ages):
    """Lines of so many days ago that come only now."""
    keys = {}
    vault = module.Vault(keys, [Fernet.generate_key()], keep_days=keep_days)
    said = []
    for age in ages:
        day = DAY - timedelta(days=age)
        token = outcome(lambda day=day: vault.seal("late", day, DAY))
        said.append(token if isinstance(token, str) else vault.open(token, day))
    return [said, len(keys)]


def rotated(module, line):
    """After a change of master: by the vault, by hand with the new and with the old."""
    keys, old, new = {}, Fernet.generate_key(), Fernet.generate_key()
    vault = module.Vault(keys, [old])
    yesterday = DAY - timedelta(days=1)
    tokens = {day: vault.seal(line, day, day) for day in (yesterday, DAY)}
    vault.rotate(new)
    tomorrow = DAY + timedelta(days=1)
    tokens[tomorrow] = vault.seal(line, tomorrow, tomorrow)
    return [
        [
            vault.open(token, day),
            by_hand(token, day, keys, new),
            by_hand(token, day, keys, old),
        ]
        for day, token in tokens.items()
    ]


def two_masters(module, line):
    """A vault that knows both, on keys of the old one."""
    keys, old, new = {}, Fernet.generate_key(), Fernet.generate_key()
    token = module.Vault(keys, [old]).seal(line, DAY, DAY)
    vault = module.Vault(keys, [new, old])
    tomorrow = DAY + timedelta(days=1)
    later = vault.seal(line, tomorrow, tomorrow)
    return [
        outcome(lambda: vault.open(token, DAY)),
        by_hand(later, tomorrow, keys, new),
    ]


def rotation_fails(module):
    """One key was wrapped by a master that nobody has: what is left of the others."""
    keys, old, new = {}, Fernet.generate_key(), Fernet.generate_key()
    vault = module.Vault(keys, [old])
    days = [DAY - timedelta(days=age) for age in range(3)]
    tokens = {day: vault.seal("line", day, day) for day in days}
    keys[days[1].isoformat()] = Fernet(Fernet.generate_key()).encrypt(
        Fernet.generate_key()
    )
    before = dict(keys)
    said = outcome(lambda: vault.rotate(new))
    changed = [day for day in keys if keys[day] != before.get(day)]
    return [said, changed, outcome(lambda: vault.open(tokens[days[2]], days[2]))]
