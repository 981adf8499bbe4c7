def breaches(readings, limit, minimum):
    found = []
    current = None
    start = None
    for minute, text in enumerate(readings):
        clean = text.replace(",", ".").strip()
        if clean != "" and clean != "ERR":
            current = float(clean)
        if current is not None and current > limit:
            if start is None:
                start = minute
        else:
            if start is not None and minute - start >= minimum:
                found.append((start, minute - start))
            start = None
    if start is not None and len(readings) - start >= minimum:
        found.append((start, len(readings) - start))
    return found
