from datetime import date

import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def means(at: pd.Series, days: pd.DatetimeIndex) -> pd.DataFrame:
    """Calls by weekday and hour, divided by how often that weekday came."""
    counts = pd.crosstab(at.dt.dayofweek, at.dt.hour)
    counts = counts.reindex(index=range(7), columns=range(24), fill_value=0)
    # A weekday that never came is NaN here, and so is its row: blank.
    times = days.dayofweek.value_counts().reindex(range(7))
    table = counts.div(times, axis=0)
    table.index = DAYS
    return table


def draw(calls: pd.DataFrame, first: date, last: date) -> Figure:
    """One heatmap a region: the mean number of calls by weekday and hour."""
    at = pd.to_datetime(calls["at"])
    days = pd.date_range(first, last)
    within = at.between(pd.Timestamp(first), pd.Timestamp(last))
    regions = sorted(calls["region"].unique())
    tables = [means(at[within & (calls["region"] == name)], days) for name in regions]
    highest = max(table.max().max() for table in tables)

    figure, panels = plt.subplots(
        len(regions), squeeze=False, figsize=(9, 2.5 * len(regions))
    )
    for axes, name, table in zip(panels.flat, regions, tables, strict=True):
        sns.heatmap(
            table,
            ax=axes,
            vmin=0,
            vmax=highest,
            cmap="viridis",
            cbar_kws={"label": "calls per hour"},
        )
        axes.set_title(name)
        axes.set_xlabel("")
        axes.set_ylabel("")
        axes.tick_params(axis="y", rotation=0)
    # Drawn or saved by whoever called: pyplot need not keep it.
    plt.close(figure)
    return figure
