import sqlite3


class NotEnough(Exception):
    pass


def receive(
    connection: sqlite3.Connection, warehouse: str, product: str, units: int
) -> None: ...


def transfer(
    connection: sqlite3.Connection, source: str, target: str, product: str, units: int
) -> None: ...


def stock_of(connection: sqlite3.Connection, product: str) -> list[tuple[str, int]]:
    return []
