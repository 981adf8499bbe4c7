"""Calls go in; what comes out is read off the figure, as its reader would."""

from collections import Counter
from datetime import timedelta

import numpy
import pandas as pd
from matplotlib.collections import QuadMesh


def calls(extra, first, last, everywhere=(), quiet=()):
    """A call in each hour of those regions, but on quiet days; and the extra."""
    rows = list(extra)
    day = first
    while day <= last:
        if day not in quiet:
            rows += [
                (f"{day} {hour:02}:30", place)
                for place in everywhere
                for hour in range(24)
            ]
        day += timedelta(days=1)
    # Nobody promised an order.
    rows.sort(key=lambda row: row[0][::-1])
    return pd.DataFrame(rows, columns=["at", "region"])


def drawn(module, *arguments):
    first, last = arguments[1:3]
    return module.draw(calls(*arguments), first, last)


def cells(module, *arguments):
    """Of each panel the commonest value, and by day and hour those that differ."""
    found = []
    for axes, _ in panels(drawn(module, *arguments)):
        table = read(axes)
        common = Counter(v for row in table.values() for v in row).most_common(1)[0][0]
        different = {}
        for day, row in table.items():
            if set(row) == {None}:
                different[day] = "blank"
                continue
            others = {hour: v for hour, v in enumerate(row) if v != common}
            if others:
                different[day] = others
        found.append([axes.get_title(), common, different])
    return found


def layout(module, *arguments):
    """The titles; then the rows from the top, the columns, and labels out of place."""
    found = []
    for axes, shape in panels(drawn(module, *arguments)):
        found.append([axes.get_title(), list(read(axes)), shape[1], misplaced(axes)])
    return found


def scales(module, *arguments):
    """From where to where each panel's colours go, and what the colour bar says."""
    figure = drawn(module, *arguments)
    limits = [
        [round(float(end), 3) for end in image(axes).get_clim()]
        for axes, _ in panels(figure)
    ]
    bars = [axes for axes in figure.axes if not axes.get_title()]
    labels = {axes.get_ylabel() or axes.get_xlabel() for axes in bars}
    return [limits, sorted(labels - {""})]


def panels(figure):
    """The axes that have a title and cells, and the shape of their tables."""
    return [
        (axes, numpy.ma.masked_invalid(image(axes).get_array()).shape)
        for axes in figure.axes
        if axes.get_title() and image(axes) is not None
    ]


def image(axes):
    meshes = [one for one in axes.collections if isinstance(one, QuadMesh)]
    return next(iter([*meshes, *axes.images]), None)


def centres(axes):
    """Where the middles of columns and rows are, in pixels."""
    shown = image(axes)
    rows, columns = shown.get_array().shape
    if isinstance(shown, QuadMesh):
        corners = shown.get_coordinates()
        x = (corners[0, :-1, 0] + corners[0, 1:, 0]) / 2
        y = (corners[:-1, 0, 1] + corners[1:, 0, 1]) / 2
    else:
        left, right, bottom, top = shown.get_extent()
        if shown.origin == "lower":
            bottom, top = top, bottom
        x = left + (right - left) * (numpy.arange(columns) + 0.5) / columns
        y = top + (bottom - top) * (numpy.arange(rows) + 0.5) / rows
    change = axes.transData.transform
    return [change((one, y[0]))[0] for one in x], [change((x[0], one))[1] for one in y]


def read(axes):
    """The rows from top to bottom by their labels, each from left to right."""
    table = numpy.ma.masked_invalid(image(axes).get_array())
    across, down = centres(axes)
    names = {}
    # A panel that shares its axis may leave the labels to its neighbour.
    for one in [axes, *axes.get_shared_y_axes().get_siblings(axes)]:
        for label in one.get_yticklabels() if not names else ():
            place = axes.transData.transform((0, label.get_position()[1]))[1]
            if label.get_text():
                names[nearest(down, place)] = label.get_text()
    found = {}
    for row in sorted(range(len(down)), key=lambda row: -down[row]):
        order = sorted(range(len(across)), key=lambda column: across[column])
        values = [table[row, column] for column in order]
        found[names.get(row, f"row {row}")] = [
            None if value is numpy.ma.masked else round(float(value), 3)
            for value in values
        ]
    return found


def misplaced(axes):
    """The labels of hours that stand under the column of another."""
    across, _ = centres(axes)
    order = sorted(range(len(across)), key=lambda column: across[column])
    wrong = []
    for label in axes.get_xticklabels():
        text = label.get_text()
        at = label.get_position()[0]
        place = axes.transData.transform((at, 0))[0]
        # Ticks are made beyond the view as well, and never drawn.
        is_seen = min(axes.get_xlim()) <= at <= max(axes.get_xlim())
        if (
            is_seen
            and text.isdigit()
            and order.index(nearest(across, place)) != int(text)
        ):
            wrong.append(text)
    return wrong


def nearest(places, place):
    return min(range(len(places)), key=lambda number: abs(places[number] - place))
