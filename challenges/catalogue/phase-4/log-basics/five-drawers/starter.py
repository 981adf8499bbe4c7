def kinds(lines: list[str]) -> list[str]:
    """One of access, error, audit, event, system for each line."""
    return ["error" if "ERROR" in line else "access" for line in lines]
