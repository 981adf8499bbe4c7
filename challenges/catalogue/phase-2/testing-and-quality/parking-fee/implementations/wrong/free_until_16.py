def fee(minutes):
    if minutes < 0:
        raise ValueError("a stay cannot be negative")
    if minutes <= 16:
        return 0
    days, rest = divmod(minutes, 24 * 60)
    return 1800 * days + min(200 * -(-rest // 60), 1800)
