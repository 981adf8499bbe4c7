SILENCES = ("", "ERR")


def temperatures(readings: list[str]) -> list[float | None]:
    """One for each minute; a silence repeats the last one read."""
    result = []
    last = None
    for text in readings:
        text = text.strip()
        if text not in SILENCES:
            last = float(text.replace(",", "."))
        result.append(last)
    return result


def breaches(
    readings: list[str], limit: float, minimum: int
) -> list[tuple[int, int]]:
    found = []
    start = None
    # A cold minute after the last one closes a stretch that is still open.
    for minute, celsius in enumerate([*temperatures(readings), None]):
        warm = celsius is not None and celsius > limit
        if warm and start is None:
            start = minute
        elif not warm and start is not None:
            if minute - start >= minimum:
                found.append((start, minute - start))
            start = None
    return found
