from datetime import timedelta

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd


def draw(calls, first, last):
    times = np.zeros((7, 1))
    day = first
    while day <= last:
        times[day.weekday()] += 1
        day += timedelta(days=1)

    tables = {name: np.zeros((7, 24)) for name in sorted(set(calls["region"]))}
    for at, region in zip(pd.to_datetime(calls["at"]), calls["region"]):
        if first <= at.date() <= last:
            tables[region][at.weekday(), at.hour] += 1
    for table in tables.values():
        table /= np.where(times > 0, times, np.nan)

    figure, panels = plt.subplots(1, len(tables), sharey=True, squeeze=False)
    highest = np.nanmax(list(tables.values()))
    for axes, (name, table) in zip(panels.flat, tables.items()):
        shown = axes.imshow(table, vmin=0, vmax=highest, aspect="auto")
        axes.set_title(name)
        axes.set_yticks(range(7), ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"])
    figure.colorbar(shown, ax=panels, label="calls per hour")
    plt.close(figure)
    return figure
