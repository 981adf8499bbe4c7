from datetime import date
from decimal import Decimal

Row = dict[str, str | None]


def clean(
    rows: list[Row],
) -> tuple[list[tuple[str, Decimal, date]], list[tuple[int, str]]]:
    """Return the good rows, and the number and reason of each rejected one."""
    good = []
    rejected = []
    return good, rejected
