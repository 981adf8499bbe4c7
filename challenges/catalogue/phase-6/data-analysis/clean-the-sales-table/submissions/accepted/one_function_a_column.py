import re
from datetime import date, datetime
from decimal import Decimal

Row = dict[str, str | None]
Sale = tuple[str, Decimal, date]

AMOUNT = re.compile(r"[€$\s]*(?P<sign>-?)(?P<digits>[0-9]([0-9.,]*[0-9])?)[€$\s]*")
DECIMALS = re.compile(r"[.,](?P<cents>[0-9]{1,2})$")
FORMS = {
    re.compile(r"\d{4}-\d\d-\d\d"): "%Y-%m-%d",
    re.compile(r"\d\d/\d\d/\d{4}"): "%d/%m/%Y",
}


def order_of(text: str) -> str:
    if not text:
        raise ValueError("no order")
    return text


def amount_of(text: str) -> Decimal:
    found = AMOUNT.fullmatch(text)
    if found is None:
        raise ValueError("bad amount")
    digits, cents = found["digits"], "00"
    if decimals := DECIMALS.search(digits):
        digits, cents = digits[: decimals.start()], decimals["cents"].ljust(2, "0")
    whole = re.sub(r"[.,]", "", digits)
    return Decimal(f"{found['sign']}{whole}.{cents}")


def date_of(text: str) -> date:
    for form, layout in FORMS.items():
        if form.fullmatch(text):
            try:
                return datetime.strptime(text, layout).date()
            except ValueError:
                break
    raise ValueError("bad date")


def clean(rows: list[Row]) -> tuple[list[Sale], list[tuple[int, str]]]:
    """Return the good rows, and the number and reason of each rejected one."""
    good: dict[str, Sale] = {}
    rejected = []
    for number, row in enumerate(rows, start=1):

        def text(column: str) -> str:
            return (row.get(column) or "").strip()

        try:
            order = order_of(text("order"))
            sale = order, amount_of(text("amount")), date_of(text("sold_on"))
        except ValueError as error:
            rejected.append((number, str(error)))
        else:
            good[order] = sale
    return list(good.values()), rejected
