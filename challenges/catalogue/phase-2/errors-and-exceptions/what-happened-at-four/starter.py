from collections.abc import Callable


def irrigate(
    plots: list[dict],
    open_valve: Callable[[str, int], None],
    diagnose: Callable[[str], str],
) -> int:
    total = 0
    for plot in plots:
        try:
            if plot["moisture"] < 30:
                open_valve(plot["name"], plot["litres"])
                total += plot["litres"]
        except Exception:
            print("error")
    return total
