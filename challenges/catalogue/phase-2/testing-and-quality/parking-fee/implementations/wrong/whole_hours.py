def fee(minutes):
    if minutes < 0:
        raise ValueError("a stay cannot be negative")
    if minutes <= 15:
        return 0
    days, rest = divmod(minutes, 24 * 60)
    return 1800 * days + min(200 * max(rest // 60, days == 0), 1800)
