from itertools import groupby


def alerts(events, limit, window_s, cooldown_s):
    if limit < 1 or window_s < 1 or cooldown_s < 1:
        raise ValueError("every setting must be at least 1")
    found = []
    by_service = sorted(events, key=lambda event: (event[1], event[0]))
    for service, group in groupby(by_service, key=lambda event: event[1]):
        seconds = [second for second, _ in group]
        last = None
        # There are `limit` errors in the window if the one `limit - 1` back is in it.
        for first, second in zip(seconds, seconds[limit - 1:]):
            if second - first >= window_s:
                continue
            if last is None or second - last >= cooldown_s:
                last = second
                found.append((second, service))
    return sorted(found)
