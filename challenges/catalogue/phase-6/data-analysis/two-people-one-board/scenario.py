"""Browsers without a screen: they speak to the Dash server as a real one does.

Each keeps what its components hold, asks for the callbacks whose inputs have changed,
and takes over what comes back, until nothing changes any more.
"""

import base64
import json
import re

import numpy
import pandas as pd

MOST_ROUNDS = 10


def sales(rows):
    return pd.DataFrame(rows, columns=["day", "shop", "product", "units", "price"])


def opened(module, rows):
    """The page as somebody finds it."""
    page = Browser(module.build(sales(rows)))
    options = page.held["shops.options"]
    shops = [one["value"] if isinstance(one, dict) else one for one in options]
    return [shops, page.held["measure.value"], page.total(), page.lines(), page.bars()]


def after(module, rows, *steps):
    """The page after each step: what somebody sets, by component and property."""
    page = Browser(module.build(sales(rows)))
    seen = []
    for step in steps:
        page.set(step)
        seen.append([page.total(), page.lines(), page.bars()])
    return seen


def totals(module, rows):
    """By revenue, as it opens, and by units."""
    page = Browser(module.build(sales(rows)))
    at_first = page.total()
    page.set({"measure.value": "units"})
    return [at_first, page.total()]


def ranking(module, rows):
    return Browser(module.build(sales(rows))).bars()


def tapped(module, rows, product, then=None):
    """The lines once somebody has tapped that product's bar; and a step later."""
    page = Browser(module.build(sales(rows)))
    page.set({"by-product.clickData": page.tap(product)})
    seen = [page.lines()]
    if then:
        page.set(then)
        seen.append(page.lines())
    return seen


def two_people(module, rows, others):
    """One looks at a shop, another at another; then the first changes the measure.

    In the end the totals of a newcomer, and of another board of the same process.
    """
    frame = sales(rows)
    before = frame.copy(deep=True)
    app, other = module.build(frame), module.build(sales(others))
    ana, leo = Browser(app), Browser(app)
    first, second = sorted(set(frame["shop"]))[:2]
    ana.set({"shops.value": [first]})
    leo.set({"shops.value": [second]})
    leo.set({"by-product.clickData": leo.tap(leo.bars()[0][0])})
    ana.set({"measure.value": "units"})
    newcomers = [Browser(app).total(), Browser(other).total()]
    untouched = "as it was" if frame.equals(before) else "changed"
    return [ana.total(), ana.lines(), leo.total(), *newcomers, untouched]


class Browser:
    def __init__(self, app):
        self.client = app.server.test_client()
        self.held = {}
        self.gather(self.client.get("/_dash-layout").get_json())
        self.callbacks = self.client.get("/_dash-dependencies").get_json()
        at_first = [one for one in self.callbacks if not one["prevent_initial_call"]]
        self.settle(self.run(at_first, []))

    def gather(self, part):
        if isinstance(part, list):
            for one in part:
                self.gather(one)
        elif isinstance(part, dict) and "props" in part:
            props = part["props"]
            if isinstance(props.get("id"), str):
                self.held |= {f"{props['id']}.{k}": v for k, v in props.items()}
            self.gather(props.get("children"))

    def set(self, values):
        self.held.update(values)
        self.settle(set(values))

    def settle(self, changed):
        for _ in range(MOST_ROUNDS):
            waiting = [
                one
                for one in self.callbacks
                if changed & {f"{i['id']}.{i['property']}" for i in one["inputs"]}
            ]
            if not waiting:
                return
            changed = self.run(waiting, sorted(changed))

    def run(self, callbacks, changed):
        """The properties that have another value now."""
        different = set()
        for one in callbacks:
            for name, value in self.answer(one, changed).items():
                if self.held.get(name) != value:
                    different.add(name)
                self.held[name] = value
        return different

    def answer(self, callback, changed):
        outputs = [
            dict(
                zip(
                    ("id", "property"),
                    name.partition("@")[0].rsplit(".", 1),
                    strict=True,
                )
            )
            for name in callback["output"].strip(".").split("...")
        ]
        reply = self.client.post(
            "/_dash-update-component",
            json={
                "output": callback["output"],
                "outputs": outputs
                if callback["output"].startswith("..")
                else outputs[0],
                "inputs": [self.valued(one) for one in callback["inputs"]],
                "state": [self.valued(one) for one in callback["state"]],
                "changedPropIds": changed,
            },
        )
        if reply.status_code == 204:
            return {}
        if reply.status_code != 200:
            raise RuntimeError(f"the callback of {callback['output']} has failed")
        response = reply.get_json()["response"]
        return {
            f"{i}.{k}": v for i, props in response.items() for k, v in props.items()
        }

    def valued(self, one):
        return {**one, "value": self.held.get(f"{one['id']}.{one['property']}")}

    # What its reader sees

    def total(self):
        found = self.held.get("total.children")
        return found if isinstance(found, str) else json.dumps(found)

    def lines(self):
        """Of each line its name, and its values by day."""
        traces = self.held["by-day.figure"]["data"]
        return [
            [
                trace.get("name", ""),
                {
                    str(x)[5:10]: number(y)
                    for x, y in zip(
                        plain(trace.get("x", [])),
                        plain(trace.get("y", [])),
                        strict=True,
                    )
                },
            ]
            for trace in traces
        ]

    def bars(self):
        """Names and values from left to right."""
        figure = self.held["by-product.figure"]
        pairs = [
            [str(x), number(y)]
            for trace in figure["data"]
            for x, y in zip(
                plain(trace.get("x", [])), plain(trace.get("y", [])), strict=True
            )
        ]
        axis = figure.get("layout", {}).get("xaxis", {})
        order = axis.get("categoryorder", "trace")
        if order == "total descending":
            pairs.sort(key=lambda pair: -pair[1])
        elif order == "array" or "categoryarray" in axis:
            places = plain(axis["categoryarray"])
            pairs.sort(key=lambda pair: places.index(pair[0]))
        return pairs

    def tap(self, product):
        """What the browser sends for a tap on that bar."""
        pairs = self.bars()
        value = dict(map(tuple, pairs))[product]
        point = {
            "curveNumber": 0,
            "x": product,
            "label": product,
            "y": value,
            "value": value,
        }
        return {"points": [point]}


def plain(values):
    """Plotly sends columns of numbers as bytes."""
    if isinstance(values, dict) and "bdata" in values:
        data = base64.b64decode(values["bdata"])
        kind = re.sub(r"^([iuf])(\d)$", r"\1\2", values["dtype"])
        return numpy.frombuffer(data, dtype=kind).tolist()
    return list(values)


def number(value):
    value = round(float(value), 2)
    return int(value) if value.is_integer() else value
