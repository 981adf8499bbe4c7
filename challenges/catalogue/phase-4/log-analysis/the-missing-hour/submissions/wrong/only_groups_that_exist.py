import pandas as pd
from matplotlib.figure import Figure

QUARTER = pd.Timedelta(minutes=15)
LIMIT_PERCENT = 5


def by_quarter(log: pd.DataFrame) -> pd.DataFrame:
    """Sum up the log by quarters of an hour, in Bogotá's time."""
    local = pd.to_datetime(log["at"], utc=True).dt.tz_convert("America/Bogota")
    requests = pd.DataFrame(
        {
            "ms": log["ms"].to_numpy(),
            "failed": (log["status"].isna() | (log["status"] >= 500)).to_numpy(),
        },
        index=pd.DatetimeIndex(local.dt.tz_localize(None)),
    )
    quarters = requests.groupby(requests.index.floor(QUARTER))
    table = pd.DataFrame(
        {"requests": quarters.size(), "failed": quarters["failed"].sum()}
    )
    # With no requests this is 0 / 0, which is NaN: not known.
    table["failed_percent"] = (100 * table["failed"] / table["requests"]).round(1)
    table["p95_ms"] = quarters["ms"].quantile(0.95).round(1)
    return table


def chart(table: pd.DataFrame) -> Figure:
    """Draw the requests above, and the percentage that failed below."""
    figure = Figure(figsize=(10, 6))
    above, below = figure.subplots(2, sharex=True)
    above.bar(table.index, table["requests"], width=0.9 * QUARTER)
    above.set_ylabel("requests")
    below.plot(table.index, table["failed_percent"])
    below.axhline(LIMIT_PERCENT, linestyle="--", color="tab:red")
    below.set_ylim(bottom=0)
    below.set_ylabel("failed (%)")
    figure.autofmt_xdate()
    return figure
