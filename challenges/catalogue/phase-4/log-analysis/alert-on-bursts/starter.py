def alerts(
    events: list[tuple[int, str]], limit: int, window_s: int, cooldown_s: int
) -> list[tuple[int, str]]:
    """Return one (second, service) for each burst of errors that deserves an alert."""
    return []
