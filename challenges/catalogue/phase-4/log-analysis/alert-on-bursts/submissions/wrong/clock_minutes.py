from collections import Counter


def alerts(events, limit, window_s, cooldown_s):
    if limit < 1 or window_s < 1 or cooldown_s < 1:
        raise ValueError("settings must be positive")
    counts = Counter()
    last_alert = {}
    found = []
    for second, service in sorted(events):
        bucket = (service, second // window_s)
        counts[bucket] += 1
        if counts[bucket] < limit:
            continue
        if service in last_alert and second - last_alert[service] < cooldown_s:
            continue
        last_alert[service] = second
        found.append((second, service))
    return found
