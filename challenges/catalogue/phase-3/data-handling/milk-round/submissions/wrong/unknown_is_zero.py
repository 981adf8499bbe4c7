import pandas as pd


def monthly(
    deliveries: pd.DataFrame, farms: pd.DataFrame, month: str
) -> pd.DataFrame:
    in_month = deliveries[deliveries["when"].str.startswith(month)]
    by_farm = (
        in_month.assign(
            day=in_month["when"].str[:10],
            fat_litres=in_month["litres"] * in_month["fat"],
            analysed=in_month["litres"],
        )
        .groupby("farm", as_index=False)
        .agg(
            litres=("litres", "sum"),
            days=("day", "nunique"),
            fat_litres=("fat_litres", "sum"),
            analysed=("analysed", "sum"),
        )
    )
    register = farms.drop_duplicates("farm", keep="last")
    table = register.merge(by_farm, on="farm", how="left").fillna(
        {"litres": 0, "days": 0, "fat_litres": 0, "analysed": 0}
    )
    table["fat"] = table["fat_litres"] / table["analysed"]
    return table.sort_values(
        ["litres", "farm"], ascending=[False, True], ignore_index=True
    )[["farm", "name", "litres", "days", "fat"]]
