"""Months of collections: each group's own difficulty, and none of the others'."""

import random
from collections.abc import Iterator

NAMES = ("El Alisal", "La Pastora", "Tres Cruces", "Chilimpampa", "Santa Rita")
Delivery = tuple[str, str, float, float | None]


def answer(deliveries: list[Delivery], farms: list[tuple[str, str]], month: str) -> str:
    rows = []
    for farm, name in dict(farms).items():
        own = [d for d in deliveries if d[0] == farm and d[1][:7] == month]
        known = [(litres, fat) for _, _, litres, fat in own if fat is not None]
        analysed = sum(litres for litres, _ in known)
        fat = sum(litres * fat for litres, fat in known) / analysed if known else None
        days = {when[:10] for _, when, _, _ in own}
        rows.append((farm, name, sum(d[2] for d in own), len(days), fat))
    rows.sort(key=lambda row: (-row[2], row[0]))
    return frame(("farm", "name", "litres", "days", "fat"), rows)


def frame(columns: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    cells = {
        column: [row[place] for row in rows] for place, column in enumerate(columns)
    }
    texts = {"farm", "name", "when"}
    written = (
        f"{column!r}: [{', '.join(cell(value, column in texts) for value in values)}]"
        for column, values in cells.items()
    )
    return f"frame({{{', '.join(written)}}})"


def cell(value: object, is_text: bool) -> str:
    if value is None:
        return "nan"
    return repr(value) if is_text else repr(float(value))  # type: ignore[arg-type]


def case(
    group: str, deliveries: list[Delivery], farms: list[tuple[str, str]], month: str
) -> dict[str, object]:
    given = frame(("farm", "when", "litres", "fat"), deliveries)
    register = frame(("farm", "name"), farms)
    return {
        "group": group,
        "call": f"monthly({given}, {register}, {month!r})",
        "returns": answer(deliveries, farms, month),
        "args_after": [given, register, repr(month)],
        "checker": "close",
    }


def cases(rng: random.Random) -> Iterator[dict[str, object]]:
    year = rng.randint(2023, 2026)
    month = f"{year}-{rng.choice(('03', '05', '08'))}"
    farms = [(f"C-{10 + n}", name) for n, name in enumerate(NAMES)]
    codes = [code for code, _ in farms]

    def when(day: int, hour: int = 5, of: str = month) -> str:
        return f"{of}-{day:02} {hour:02}:{rng.randint(0, 59):02}"

    def litres() -> float:
        return rng.randint(40, 900) / 4

    # One fat a farm, one delivery a day, all farms present: nothing else is asked.
    fats = {code: rng.randint(300, 480) / 100 for code in codes}
    plain = [
        (code, when(day), litres(), fats[code])
        for day in rng.sample(range(2, 28), 5)
        for code in codes
    ]
    gone = rng.choice(codes)
    strays = [("C-99", when(9), litres(), 3.5), ("c-10", when(11), litres(), 3.9)]
    yield case("register", [d for d in plain if d[0] != gone] + strays, farms, month)

    twice = [(code, f"{name} Alta") for code, name in rng.sample(farms, 2)]
    yield case("renamed", plain, farms + twice, month)

    ends = [(code, when(31, rng.randint(4, 22)), litres(), fats[code]) for code in codes]
    yield case("month", plain + ends, farms, month)

    evening = [
        (code, f"{moment[:11]}17:{rng.randint(0, 59):02}", litres(), fat)
        for code, moment, _, fat in plain
        if rng.random() < 0.6
    ]
    yield case("days", plain + evening, farms, month)

    varied = [(c, w, amount, rng.randint(280, 520) / 100) for c, w, amount, _ in plain]
    yield case("weighted", varied, farms, month)

    # The fats of a farm are alike, so that only the unknown ones can be mistaken.
    never = rng.choice(codes)
    unknown = [
        (c, w, amount, None if c == never or place % 3 == 0 else fat)
        for place, (c, w, amount, fat) in enumerate(plain)
    ]
    yield case("unanalysed", unknown, farms, month)
