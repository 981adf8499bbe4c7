def predict(
    history: list[tuple[float, bool, float | None]],
    orders: list[tuple[float, bool]],
) -> list[float]:
    """The minutes expected for each order."""
    ...
