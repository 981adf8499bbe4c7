from collections import defaultdict, deque


def alerts(
    events: list[tuple[int, str]], limit: int, window_s: int, cooldown_s: int
) -> list[tuple[int, str]]:
    """Return one (second, service) for each burst of errors that deserves an alert."""
    if min(limit, window_s, cooldown_s) < 1:
        raise ValueError("limit, window_s and cooldown_s must be at least 1")

    recent: defaultdict[str, deque[int]] = defaultdict(deque)
    last_alert: dict[str, int] = {}
    found = []
    for second, service in events:
        window = recent[service]
        window.append(second)
        while window[0] <= second - window_s:
            window.popleft()
        last = last_alert.get(service)
        silent = last is not None and second - last < cooldown_s
        if len(window) >= limit and not silent:
            last_alert[service] = second
            found.append((second, service))
    return found
