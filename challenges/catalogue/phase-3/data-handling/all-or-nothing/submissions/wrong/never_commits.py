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


def receive(
    connection: sqlite3.Connection, warehouse: str, product: str, units: int
) -> None:
    if units < 1:
        raise ValueError(f"{units} units")
    add(connection, warehouse, product, units)


def transfer(
    connection: sqlite3.Connection, source: str, target: str, product: str, units: int
) -> None:
    if units < 1:
        raise ValueError(f"{units} units")
    try:
        taken = connection.execute(
            "UPDATE stock SET units = units - ?"
            " WHERE warehouse = ? AND product = ? AND units >= ?",
            (units, source, product, units),
        )
        if taken.rowcount == 0:
            raise NotEnough(f"{source} has not {units} of {product}")
        add(connection, target, product, units)
        connection.execute(
            "INSERT INTO moves (source, target, product, units) VALUES (?, ?, ?, ?)",
            (source, target, product, units),
        )
    except Exception:
        connection.rollback()
        raise


def stock_of(connection: sqlite3.Connection, product: str) -> list[tuple[str, int]]:
    return connection.execute(
        "SELECT warehouse, units FROM stock"
        " WHERE product = ? AND units > 0 ORDER BY warehouse",
        (product,),
    ).fetchall()
