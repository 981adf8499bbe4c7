import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html
import pandas as pd


def build(sales):
    shops = sorted(set(sales["shop"]))
    first, last = min(sales["day"]), max(sales["day"])
    days = [str(day.date()) for day in pd.date_range(first, last)]
    records = list(sales.itertuples(index=False))

    def picked(names, product=None):
        for row in records:
            if names and row.shop not in names:
                continue
            if product is not None and row.product != product:
                continue
            yield row

    def worth(row, measure):
        return row.units if measure == "units" else row.units * row.price

    app = Dash()
    app.layout = html.Main([
        html.P([html.Span(id="total")]),
        dcc.Dropdown(shops, [], id="shops", multi=True),
        dcc.RadioItems(
            [{"label": "€", "value": "revenue"}, {"label": "#", "value": "units"}],
            "revenue",
            id="measure",
        ),
        html.Div([dcc.Graph(id="by-product"), dcc.Graph(id="by-day")]),
    ])
    inputs = [Input("shops", "value"), Input("measure", "value")]
    kept = {"names": []}

    @app.callback(Output("shops", "title"), Input("shops", "value"))
    def choose(names):
        kept["names"] = names or []
        return ", ".join(kept["names"])

    after_choosing = [Input("shops", "title"), Input("measure", "value")]

    @app.callback(Output("total", "children"), *after_choosing)
    def total(title, measure):
        names = kept["names"]
        value = sum(worth(row, measure) for row in picked(names))
        return f"{value:,} units" if measure == "units" else f"€{value:,.2f}"

    @app.callback(Output("by-product", "figure"), *inputs)
    def by_product(names, measure):
        sums = {}
        for row in picked(names):
            sums[row.product] = sums.get(row.product, 0) + worth(row, measure)
        order = sorted(sums, key=lambda product: (-sums[product], product))
        return go.Figure(go.Bar(x=order, y=[sums[product] for product in order]))

    @app.callback(
        Output("by-day", "figure"), *inputs, Input("by-product", "clickData")
    )
    def by_day(names, measure, tapped):
        product = tapped["points"][0]["label"] if tapped else None
        figure = go.Figure()
        for shop in sorted(names or shops):
            values = dict.fromkeys(days, 0)
            for row in picked([shop], product):
                values[row.day] += worth(row, measure)
            figure.add_scatter(x=days, y=list(values.values()), name=shop)
        return figure

    return app
