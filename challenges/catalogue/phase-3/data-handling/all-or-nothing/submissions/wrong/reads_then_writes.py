import sqlite3


class NotEnough(Exception):
    """The source holds fewer units than the transfer asks for."""


def add(
    connection: sqlite3.Connection, warehouse: str, product: str, units: int
) -> None:
    """Add without committing: whoever knows the whole operation does."""
    connection.execute(
        "INSERT INTO stock (warehouse, product, units) VALUES (?, ?, ?)"
        " ON CONFLICT (warehouse, product)"
        " DO UPDATE SET units = units + excluded.units",
        (warehouse, product, units),
    )


def units_in(connection: sqlite3.Connection, warehouse: str, product: str) -> int:
    row = connection.execute(
        "SELECT units FROM stock WHERE warehouse = ? AND product = ?",
        (warehouse, product),
    ).fetchone()
    return row[0] if row else 0


def receive(
    connection: sqlite3.Connection, warehouse: str, product: str, units: int
) -> None:
    if units < 1:
        raise ValueError(f"{units} units")
    with connection:
        add(connection, warehouse, product, units)


def transfer(
    connection: sqlite3.Connection, source: str, target: str, product: str, units: int
) -> None:
    if units < 1:
        raise ValueError(f"{units} units")
    with connection:
        there = units_in(connection, source, product)
        here = units_in(connection, target, product)
        if there < units:
            raise NotEnough(f"{source} has {there} of {product}")
        for warehouse, left in ((source, there - units), (target, here + units)):
            connection.execute(
                "INSERT INTO stock (warehouse, product, units) VALUES (?, ?, ?)"
                " ON CONFLICT (warehouse, product) DO UPDATE SET units = excluded.units",
                (warehouse, product, left),
            )
        connection.execute(
            "INSERT INTO moves (source, target, product, units) VALUES (?, ?, ?, ?)",
            (source, target, product, units),
        )


def stock_of(connection: sqlite3.Connection, product: str) -> list[tuple[str, int]]:
    return connection.execute(
        "SELECT warehouse, units FROM stock"
        " WHERE product = ? AND units > 0 ORDER BY warehouse",
        (product,),
    ).fetchall()
