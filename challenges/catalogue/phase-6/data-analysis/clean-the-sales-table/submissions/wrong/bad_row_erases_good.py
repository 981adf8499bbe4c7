from datetime import date
from decimal import Decimal


def parse_amount(text):
    text = text.strip("€$ ")
    sign = "-" if text.startswith("-") else ""
    digits = text.removeprefix("-")
    plain = digits.replace(".", "").replace(",", "")
    if not (plain.isascii() and plain.isdigit()):
        return None
    if not (digits[0].isdigit() and digits[-1].isdigit()):
        return None
    last = max(digits.rfind("."), digits.rfind(","))
    after = len(digits) - last - 1
    places = after if last >= 0 and after <= 2 else 0
    return Decimal(sign + plain).scaleb(-places).quantize(Decimal("0.01"))


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
        good.pop(order, None)
        if not order:
            rejected.append((number, "no order"))
        elif amount is None:
            rejected.append((number, "bad amount"))
        elif sold_on is None:
            rejected.append((number, "bad date"))
        else:
            good[order] = (order, amount, sold_on)
    return list(good.values()), rejected
