from datetime import date

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def draw(calls: pd.DataFrame, first: date, last: date) -> Figure:
    """One heatmap a region: the mean number of calls by weekday and hour."""
    at = pd.to_datetime(calls["at"])
    table = pd.crosstab(at.dt.day_name(), at.dt.hour)
    figure = Figure()
    sns.heatmap(table, ax=figure.subplots())
    return figure
