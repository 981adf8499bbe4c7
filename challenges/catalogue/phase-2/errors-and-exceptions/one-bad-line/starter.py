class BatchError(ValueError):
    pass


def settle(lines: list[str]) -> tuple[int, list[tuple[int, str]]]:
    total = 0
    rejected = []
    for number, line in enumerate(lines, start=1):
        try:
            kind, account, amount, day = line.split(";")
            total += int(float(amount) * 100)
        except:
            pass
    return total, rejected
