def breaches(
    readings: list[str], limit: float, minimum: int
) -> list[tuple[int, int]]:
    found = []
    for minute, text in enumerate(readings):
        pass  # Which temperature stands now? Does a stretch open or close?
    return found
