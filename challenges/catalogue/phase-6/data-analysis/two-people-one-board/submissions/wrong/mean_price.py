import pandas as pd
import plotly.express as px
from dash import Dash, Input, Output, dcc, html


def total_of(chosen: pd.DataFrame, measure: str) -> str:
    total = chosen["units"].sum()
    if measure == "revenue":
        total = total * chosen["price"].mean()
    return f"€{total:,.2f}" if measure == "revenue" else f"{total:,} units"


def build(sales: pd.DataFrame) -> Dash:
    """The board of the shops' sales."""
    # A table of our own, that nobody changes from here on.
    sales = sales.assign(
        day=pd.to_datetime(sales["day"]), revenue=sales["units"] * sales["price"]
    )
    days = pd.date_range(sales["day"].min(), sales["day"].max())
    shops = sorted(sales["shop"].unique())

    app = Dash("shops")
    app.layout = html.Div(
        [
            dcc.Dropdown(id="shops", options=shops, value=shops, multi=True),
            dcc.RadioItems(id="measure", options=["revenue", "units"], value="revenue"),
            html.H2(id="total"),
            dcc.Graph(id="by-day"),
            dcc.Graph(id="by-product"),
        ]
    )

    @app.callback(
        Output("total", "children"),
        Output("by-day", "figure"),
        Output("by-product", "figure"),
        Input("shops", "value"),
        Input("measure", "value"),
        Input("by-product", "clickData"),
    )
    def show(names, measure, click):
        names = sorted(names or shops)
        chosen = sales[sales["shop"].isin(names)]

        products = chosen.groupby("product")[measure].sum().reset_index()
        products = products.sort_values([measure, "product"], ascending=[False, True])
        bars = px.bar(products, x="product", y=measure)

        daily = chosen
        if click:
            daily = chosen[chosen["product"] == click["points"][0]["x"]]
        table = daily.pivot_table(
            index="day", columns="shop", values=measure, aggfunc="sum"
        )
        table = table.reindex(index=days, columns=names).fillna(0)
        lines = px.line(table)
        return total_of(chosen, measure), lines, bars

    return app
