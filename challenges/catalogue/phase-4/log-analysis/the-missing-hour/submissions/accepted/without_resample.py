import matplotlib.pyplot as plt
import numpy as np
import pandas as pd


def by_quarter(log):
    at = pd.to_datetime(log["at"], utc=True).dt.tz_localize(None)
    at = (at - pd.Timedelta(hours=5)).dt.floor("15min")
    failed = ~(log["status"] < 500)
    groups = log.assign(at=at, failed=failed).groupby("at")
    table = groups.agg(
        requests=("failed", "size"),
        failed=("failed", "sum"),
        p95_ms=("ms", lambda ms: ms.quantile(0.95)),
    )
    everything = pd.date_range(at.min(), at.max(), freq="15min")
    table = table.reindex(everything)
    table[["requests", "failed"]] = table[["requests", "failed"]].fillna(0).astype(int)
    known = table["requests"].replace(0, np.nan)
    table["failed_percent"] = (table["failed"] / known * 100).round(1)
    table["p95_ms"] = table["p95_ms"].round(1)
    return table


def chart(table):
    figure, (top, bottom) = plt.subplots(2, 1, sharex=True)
    top.bar(table.index, table["requests"], width=1 / 96, align="edge", edgecolor="w")
    top.set(ylabel="Peticiones", title="Catálogo")
    bottom.axhline(5, color="red")
    bottom.plot(table.index, table["failed_percent"], marker="o")
    bottom.set(ylabel="Fallos, %", ylim=(0, 100))
    plt.close(figure)
    return figure
