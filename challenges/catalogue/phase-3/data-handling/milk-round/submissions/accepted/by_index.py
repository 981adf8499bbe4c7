import pandas as pd


def monthly(deliveries, farms, month):
    when = pd.to_datetime(deliveries["when"])
    chosen = deliveries[when.dt.to_period("M") == pd.Period(month)]
    known = chosen.dropna(subset=["fat"])
    names = farms.groupby("farm")["name"].last()
    days = when.loc[chosen.index].dt.date
    result = pd.DataFrame({"name": names})
    result["litres"] = chosen.groupby("farm")["litres"].sum()
    result["days"] = days.groupby(chosen["farm"]).nunique()
    result[["litres", "days"]] = result[["litres", "days"]].fillna(0)
    total = (known["litres"] * known["fat"]).groupby(known["farm"]).sum()
    result["fat"] = total / known.groupby("farm")["litres"].sum()
    result = result.rename_axis("farm").reset_index()
    return result.sort_values(
        ["litres", "farm"], ascending=[False, True], ignore_index=True
    )
