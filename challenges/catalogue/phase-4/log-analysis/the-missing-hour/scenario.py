"""Logs go in as tables; tables and figures come out as the numbers that they hold."""

import math

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.patches import Rectangle

QUARTER_DAYS = 15 / (24 * 60)


def by_quarter(module, records):
    """The rows of the table: time, requests, failed, failed_percent, p95_ms."""
    table = module.by_quarter(log(records))
    columns = table[["requests", "failed", "failed_percent", "p95_ms"]]
    return [
        [written(at), *map(number, row)]
        for at, row in zip(table.index, columns.itertuples(index=False), strict=True)
    ]


def counts(module, records):
    return [row[:3] for row in by_quarter(module, records)]


def log(records):
    frame = pd.DataFrame(records, columns=["at", "status", "ms"])
    return frame.astype({"at": object, "status": float, "ms": float})


def written(at):
    return at.strftime("%d %H:%M%z")


def number(value):
    """A count may well be 3.0; what is not known is None."""
    value = float(value)
    if math.isnan(value):
        return None
    return int(value) if value.is_integer() else round(value, 6)


def bars(module, start, rows):
    """Heights, whether in place and apart, where the axis starts, its label."""
    axes = module.chart(table(start, rows)).axes[0]
    boxes = [box for box in axes.patches if isinstance(box, Rectangle)]
    boxes.sort(key=lambda box: box.get_x())
    line = curve(module, start, rows)
    away = [
        min(abs(box.get_x() - x), abs(box.get_x() + box.get_width() / 2 - x))
        for box, x in zip(boxes, line, strict=False)
    ]
    step = line[1] - line[0] if len(line) > 1 else QUARTER_DAYS
    widest = max((box.get_width() for box in boxes), default=0)
    return [
        [number(box.get_height()) for box in boxes],
        "in place" if all(one < step / 10 for one in away) else "out of place",
        "apart" if 0 < widest < step * 1.01 else "overlapping",
        number(axes.get_ylim()[0]),
        "labelled" if axes.get_ylabel().strip() else "not labelled",
    ]


def curve(module, start, rows):
    """Where the line of failures has its points."""
    lines = module.chart(table(start, rows)).axes[1].get_lines()
    places = ([float(x) for x in one.get_xdata(orig=False)] for one in lines)
    return max(places, key=len, default=[])


def line(module, start, rows):
    """Its values, where the limit is, where the axis starts, a label with a unit."""
    figure = module.chart(table(start, rows))
    return seen(figure)


def seen(figure):
    axes = figure.axes[1]
    levels, curves = [], []
    for one in axes.get_lines():
        values = [number(value) for value in one.get_ydata(orig=False)]
        is_level = len(values) == 2 and list(one.get_xdata()) == [0, 1]
        (levels if is_level else curves).append(values)
    unit = "in %" if "%" in axes.get_ylabel() else "no %"
    return [curves, levels, number(axes.get_ylim()[0]), unit]


def two_charts(module, start, first, second):
    """What the second shows, and how many figures pyplot still holds."""
    module.chart(table(start, first))
    figure = module.chart(table(start, second))
    heights = [number(box.get_height()) for box in figure.axes[0].patches]
    return [len(figure.axes), heights, seen(figure)[0], len(plt.get_fignums())]


def table(start, rows):
    index = pd.date_range(start, periods=len(rows), freq="15min")
    columns = ["requests", "failed", "failed_percent", "p95_ms"]
    frame = pd.DataFrame(rows, index=index, columns=columns)
    return frame.astype({"failed_percent": float, "p95_ms": float})
