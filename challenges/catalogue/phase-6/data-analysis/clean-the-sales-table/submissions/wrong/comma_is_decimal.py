from datetime import date
from decimal import Decimal, InvalidOperation


def parse_amount(text):
    text = text.strip("€$ ")
    sign = "-" if text.startswith("-") else ""
    digits = text.removeprefix("-")
    plain = digits.replace(".", "").replace(",", "")
    if not (plain.isascii() and plain.isdigit()):
        return None
    if not (digits[0].isdigit() and digits[-1].isdigit()):
        return None
    digits = digits.replace(".", "").replace(",", ".")
    try:
        return Decimal(sign + digits).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None


def parse_date(text):
    if len(text) == 10 and text[2] == text[5] == "/":
        day, month, year = text.split("/")
    elif len(text) == 10 and text[4] == text[7] == "-":
        year, month, day = text.split("-")
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def clean(rows):
    good = {}
    rejected = []
    for number, row in enumerate(rows, start=1):
        order = (row.get("order") or "").strip()
        amount = parse_amount((row.get("amount") or "").strip())
        sold_on = parse_date((row.get("sold_on") or "").strip())
        if not order:
            rejected.append((number, "no order"))
        elif amount is None:
            rejected.append((number, "bad amount"))
        elif sold_on is None:
            rejected.append((number, "bad date"))
        else:
            good[order] = (order, amount, sold_on)
    return list(good.values()), rejected
