import pandas as pd


def monthly(
    deliveries: pd.DataFrame, farms: pd.DataFrame, month: str
) -> pd.DataFrame:
    in_month = deliveries[deliveries["when"].str.startswith(month)]
    merged = farms.merge(in_month, on="farm", how="left")
    merged["day"] = merged["when"].str[:10]
    merged["fat_litres"] = merged["litres"] * merged["fat"]
    merged["analysed"] = merged["litres"].where(merged["fat"].notna())
    table = merged.groupby("farm", as_index=False).agg(
        name=("name", "last"),
        litres=("litres", "sum"),
        days=("day", "nunique"),
        fat_litres=("fat_litres", "sum"),
        analysed=("analysed", "sum"),
    )
    table["fat"] = table["fat_litres"] / table["analysed"]
    return table.sort_values(
        ["litres", "farm"], ascending=[False, True], ignore_index=True
    )[["farm", "name", "litres", "days", "fat"]]
