"""How far along, drawn in characters that every platform has."""

# Ten would wrap on a phone.
BAR_CELLS = 5


def bar(done: int, total: int) -> str:
    filled = 0 if total == 0 else done * BAR_CELLS // total
    return "█" * filled + "░" * (BAR_CELLS - filled)
