import re
from datetime import date


class BatchError(ValueError):
    """The file as a whole cannot be trusted."""


class Rejected(Exception):
    """One payment cannot be settled; the others can."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def cents_of(line: str) -> int:
    fields = line.split(";")
    if len(fields) != 4 or fields[0] != "P":
        raise Rejected("fields")
    _, _, amount, day = fields
    if not re.fullmatch(r"[0-9]+\.[0-9]{2}", amount):
        raise Rejected("amount")
    cents = int(amount.replace(".", ""))
    if cents == 0:
        raise Rejected("amount")
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", day):
        raise Rejected("date")
    try:
        date.fromisoformat(day)
    except ValueError as error:
        raise Rejected("date") from error
    return cents


def payments_of(lines: list[str]) -> list[str]:
    """The lines before the trailer, once the file as a whole is known to be sound."""
    for line in lines:
        if not isinstance(line, str):
            raise TypeError(f"a line is text, not {type(line).__name__}")
    if not lines:
        raise BatchError("an empty file")
    *payments, trailer = lines
    found = re.fullmatch(r"T;([0-9]+)", trailer)
    if found is None:
        raise BatchError("no trailer at the end")
    if int(found[1]) != len(payments):
        raise BatchError(f"{len(payments)} lines, and the trailer says {found[1]}")
    if any(line.startswith("T;") for line in payments):
        raise BatchError("a trailer before the end")
    return payments


def settle(lines: list[str]) -> tuple[int, list[tuple[int, str]]]:
    total = 0
    rejected = []
    for number, line in enumerate(payments_of(lines), start=1):
        try:
            total += cents_of(line)
        except Rejected as problem:
            rejected.append((number, problem.reason))
    return total, rejected
