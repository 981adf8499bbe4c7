def fee(minutes):
    if minutes < 0:
        raise ValueError("a stay cannot be negative")
    if minutes <= 15:
        return 0
    return min(200 * -(-minutes // 60), 1800)
