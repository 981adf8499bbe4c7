def predict(history, orders):
    known = [minutes for _, _, minutes in history if minutes and 0 < minutes < 180]
    mean = sum(known) / len(known)
    return [mean for _ in orders]
