import pandas as pd
from dash import Dash, Input, Output, dcc, html


def build(sales: pd.DataFrame) -> Dash:
    """The board of the shops' sales."""
    app = Dash("shops")
    app.layout = html.Div(
        [
            dcc.Dropdown(id="shops", options=[], value=[], multi=True),
            dcc.RadioItems(id="measure", options=["revenue", "units"], value="revenue"),
            html.H2(id="total"),
            dcc.Graph(id="by-day"),
            dcc.Graph(id="by-product"),
        ]
    )

    @app.callback(Output("total", "children"), Input("measure", "value"))
    def write_total(measure: str) -> str:
        return measure

    return app
