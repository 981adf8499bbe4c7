"""A board read by Grafana's own SDK, and its queries answered by a small Loki.

Of LogQL it knows selectors, line filters, `| json`, label filters, `count_over_time`,
`rate`, the usual aggregations and arithmetic. What it does not know it refuses by name.
"""

import json
import operator
import re

from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import Dashboard

RATE, LATEST = "Error rate", "Latest errors"


# What is asked of a board


def board(text):
    read_ = read(text)
    kinds = [[one["title"], one["type"]] for one in panels(read_)]
    return [sorted(kinds), read_.get("time", {}).get("from")]


def rate(text, apps, step_s, entries, points=1):
    """What a person reads of each application, from the oldest point to the latest."""
    read_ = read(text)
    panel = named(read_, RATE)
    ends = [step_s * number for number in range(1, points + 1)]
    read_by_app = []
    for labels, values in series(read_, panel, apps, step_s, ends, entries):
        read_by_app.append(
            (labels.get("app", "no app"), [shown(panel, v) for v in values])
        )
    return sorted(read_by_app)


def latest(text, apps, entries):
    """The messages that the panel of logs lists."""
    read_ = read(text)
    (target,) = targets(named(read_, LATEST))
    query = parsed(written(read_, target["expr"], apps, 60))
    if query[0] != "logs":
        raise ArtifactError(f"`{LATEST}` lists log lines: its query is not a number")
    return [json.loads(line)["msg"] for _, _, line in lines(query, entries)]


def limit(text):
    """From what on the rate is red, as a person reads it; other colours are free."""
    panel = named(read(text), RATE)
    steps = defaults(panel).get("thresholds", {}).get("steps", [])
    return [
        [shown(panel, one["value"]), one["color"]]
        for one in steps
        if one.get("value") and one["color"] == "red"
    ]


def sources(text, chosen):
    """Where each panel looks when somebody has chosen that source."""
    read_ = read(text)
    found = []
    for panel in panels(read_):
        own = [
            panel.get("datasource"),
            *(one.get("datasource") for one in targets(panel)),
        ]
        uids = {one["uid"] for one in own if one and "uid" in one}
        found.append(
            [panel["title"], sorted(source(read_, uid, chosen) for uid in uids)]
        )
    return sorted(found)


def covered(text):
    """The pairs of panels that cover each other, and those that leave the grid."""
    boxes = {one["title"]: one.get("gridPos", {}) for one in panels(read(text))}
    areas = {
        name: {(x, y) for x in span(box, "x", "w", 12) for y in span(box, "y", "h", 9)}
        for name, box in boxes.items()
    }
    names = sorted(areas)
    pairs = [[a, b] for a in names for b in names if a < b and areas[a] & areas[b]]
    outside = [n for n in names if any(not 0 <= x < 24 for x, _ in areas[n])]
    return [pairs, outside]


def span(box, start, length, default):
    first = box.get(start, 0)
    return range(first, first + box.get(length, default))


# Reading a board


def read(text):
    try:
        raw = json.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", None)
        raise ArtifactError(f"not JSON: {error}", line=line) from None
    if not isinstance(raw, dict) or "panels" not in raw:
        raise ArtifactError("not a dashboard: an object with `panels` is due")
    try:
        found = json.loads(JSONEncoder().encode(Dashboard.from_json(raw)))
    except Exception as error:
        raise ArtifactError(f"Grafana cannot read it: {error!r}") from None
    for panel in panels(found):
        panel.setdefault("title", "")
    return found


def panels(board_):
    return [one for one in board_.get("panels") or [] if one["type"] != "row"]


def named(board_, title):
    found = [one for one in panels(board_) if one["title"] == title]
    if len(found) != 1:
        raise ArtifactError(
            f"one panel called `{title}` is due, there are {len(found)}"
        )
    return found[0]


def targets(panel):
    found = [one for one in panel.get("targets") or [] if not one.get("hide")]
    for one in found:
        if not isinstance(one.get("expr"), str):
            raise ArtifactError(f"a query of `{panel['title']}` has no `expr`")
    return found


def defaults(panel):
    return (panel.get("fieldConfig") or {}).get("defaults") or {}


def shown(panel, value):
    """As the unit of the panel shows it."""
    if value is None:
        return "no data"
    unit = defaults(panel).get("unit", "")
    if unit in {"percent", "percentunit"}:
        return f"{value * (100 if unit == 'percentunit' else 1):.4g} %"
    return f"{value:.4g} {unit}".strip()


def variables(board_):
    return {
        one["name"]: one for one in (board_.get("templating") or {}).get("list") or []
    }


def source(board_, uid, chosen):
    found = re.fullmatch(r"\$(?:\{(\w+)\}|(\w+))", uid)
    if not found:
        return uid
    variable = variables(board_).get(found[1] or found[2], {})
    if variable.get("type") != "datasource" or variable.get("query") != "loki":
        raise ArtifactError(f"`{uid}` is no variable of type `datasource` for `loki`")
    return chosen


def written(board_, expr, apps, step_s):
    """The query as it leaves for Loki. `apps` are the chosen ones, or "All"."""
    values = {"__interval": f"{step_s}s", "__auto": f"{step_s}s"}
    for name, variable in variables(board_).items():
        if variable.get("type") in {"query", "custom"}:
            values[name] = chosen_value(variable, apps)

    def value(found):
        name = next(filter(None, found.groups()))
        if name not in values:
            raise ArtifactError(
                f"`${name}` is no variable of this board, nor simulated here"
            )
        return values[name]

    return re.sub(r"\$\{(\w+)(?::(?:regex|pipe))?\}|\[\[(\w+)\]\]|\$(\w+)", value, expr)


def chosen_value(variable, apps):
    if apps == "All":
        if not variable.get("includeAll"):
            return "no such option"
        if variable.get("allValue"):
            return variable["allValue"]
        return "orders|riders|payments"
    if not variable.get("multi"):
        return apps[0]
    return "|".join(apps)


def series(board_, panel, apps, step_s, ends, entries):
    found = targets(panel)
    if not found:
        raise ArtifactError(f"`{panel['title']}` has no query")
    for target in found:
        query = parsed(written(board_, target["expr"], apps, step_s))
        if query[0] == "logs":
            raise ArtifactError(
                f"`{panel['title']}` draws numbers: its query gives lines"
            )
        by_labels = {}
        for position, end in enumerate(ends):
            result = value_at(query, end, entries)
            if not isinstance(result, dict):
                result = {(): result}
            for labels, value in result.items():
                row = by_labels.setdefault(labels, [None] * len(ends))
                row[position] = value
        for labels, values in by_labels.items():
            yield dict(labels), values


# LogQL, read

TOKEN = re.compile(
    r'\s*(?:(?P<text>"(?:[^"\\]|\\.)*"|`[^`]*`)|(?P<number>\d+(?:\.\d+)?(?![\w.]))'
    r"|(?P<span>(?:\d+(?:ms|[smhdw]))+)"
    r"|(?P<word>[A-Za-z_]\w*)|(?P<mark>\|=|\|~|!=|!~|=~|==|>=|<=|[{}()\[\],|=><+*/-]))"
)
SPANS = {"ms": 0.001, "s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
TOTALS = {
    "sum": sum,
    "max": max,
    "min": min,
    "avg": lambda v: sum(v) / len(v),
    "count": len,
}


class Reader:
    def __init__(self, text):
        self.text, self.at, self.tokens = text, 0, []
        while text[self.at :].strip():
            found = TOKEN.match(text, self.at)
            if found is None:
                self.fail(f"`{text[self.at :].strip()[:12]}` is not LogQL")
            self.tokens.append((found.lastgroup, found[found.lastgroup]))
            self.at = found.end()
        self.at = 0

    def fail(self, why):
        raise ArtifactError(f"in the query {self.text!r}: {why}")

    def peek(self, ahead=0):
        at = self.at + ahead
        return self.tokens[at] if at < len(self.tokens) else ("end", "the end")

    def take(self, *values, kind=None):
        got = self.peek()
        if (values and got[1] not in values) or (kind and got[0] != kind):
            self.fail(f"{' or '.join(values) or kind} is due, {got[1]} stands there")
        self.at += 1
        return got[1]

    def is_next(self, *values):
        return self.peek()[1] in values and self.peek()[0] != "text"

    def text_(self):
        raw = self.take(kind="text")
        return raw[1:-1] if raw[0] == "`" else json.loads(raw)

    def sum_(self):
        left = self.product()
        while self.is_next("+", "-"):
            left = ("math", self.take(), left, self.product())
        return left

    def product(self):
        left = self.unit()
        while self.is_next("*", "/"):
            left = ("math", self.take(), left, self.unit())
        return left

    def unit(self):
        kind, value = self.peek()
        if kind == "number":
            return ("number", float(self.take()))
        if value == "{":
            return self.logs()
        if value == "(":
            self.take()
            inner = self.sum_()
            self.take(")")
            return inner
        if value in TOTALS:
            return self.total()
        if value in {"count_over_time", "rate"}:
            return self.counted()
        return self.fail(f"`{value}` is not simulated here")

    def total(self):
        name = self.take()
        by = self.grouping()
        self.take("(")
        inner = self.sum_()
        self.take(")")
        return ("total", name, inner, by if by is not None else self.grouping())

    def grouping(self):
        if not self.is_next("by", "without"):
            return None
        if self.take() == "without":
            self.fail("`without` is not simulated here: name the labels with `by`")
        self.take("(")
        labels = []
        while not self.is_next(")"):
            labels.append(self.take(kind="word"))
            if not self.is_next(")"):
                self.take(",")
        self.take(")")
        return labels

    def counted(self):
        name = self.take()
        self.take("(")
        logs = self.logs()
        self.take("[")
        span_ = self.take(kind="span")
        self.take("]")
        # The range may stand before the filters as well; after them is usual.
        logs = ("logs", logs[1], logs[2] + self.stages())
        self.take(")")
        seconds = sum(
            float(n) * SPANS[u] for n, u in re.findall(r"(\d+)(ms|[smhdw])", span_)
        )
        return ("counted", name, logs, seconds)

    def logs(self):
        self.take("{")
        matchers = []
        while not self.is_next("}"):
            matchers.append(self.condition({"=", "!=", "=~", "!~"}))
            if not self.is_next("}"):
                self.take(",")
        self.take("}")
        if not matchers:
            self.fail("a selector needs one label or more")
        return ("logs", matchers, self.stages())

    def condition(self, marks):
        label, mark = self.take(kind="word"), self.take(*marks)
        value = (
            self.text_()
            if self.peek()[0] == "text"
            else float(self.take(kind="number"))
        )
        return (label, mark, value)

    def stages(self):
        found = []
        while self.is_next("|=", "|~", "!=", "!~", "|"):
            mark = self.take()
            if mark != "|":
                found.append(("line", mark, self.text_()))
            elif self.is_next("json"):
                self.take()
                found.append(("json",))
            else:
                marks = {"=", "==", "!=", "=~", "!~", ">", ">=", "<", "<="}
                found.append(("label", *self.condition(marks)))
                while self.is_next("and", ","):
                    self.take()
                    found.append(("label", *self.condition(marks)))
        return found


def parsed(text):
    reader = Reader(text)
    query = reader.sum_()
    if reader.peek()[0] != "end":
        reader.fail(f"{reader.peek()[1]} is too much")
    return query


# LogQL, answered. An entry is (second, labels, line).


def lines(query, entries):
    """The entries that pass, with the labels that they have then."""
    _, matchers, stages = query
    for second, labels, line in entries:
        if all(
            holds(labels.get(label, ""), mark, value) for label, mark, value in matchers
        ):
            now = dict(labels)
            if all(passes(one, now, line) for one in stages):
                yield second, now, line


def passes(stage, labels, line):
    if stage[0] == "json":
        found = json.loads(line)
        labels.update({key: str(value) for key, value in found.items()})
        return True
    if stage[0] == "line":
        _, mark, text = stage
        found = text in line if mark in {"|=", "!="} else bool(re.search(text, line))
        return found == (mark[0] == "|")
    _, label, mark, value = stage
    return holds(labels.get(label, ""), mark, value)


def holds(got, mark, wanted):
    if mark in {"=~", "!~"}:
        return bool(re.fullmatch(str(wanted), got)) == (mark == "=~")
    if isinstance(wanted, str):
        if mark not in {"=", "!="}:
            raise ArtifactError(f"a text cannot be compared by `{mark}`")
        return (got == wanted) == (mark == "=")
    try:
        number = float(got)
    except ValueError:
        return False
    compare = {
        "=": operator.eq, "==": operator.eq, "!=": operator.ne, ">": operator.gt,
        ">=": operator.ge, "<": operator.lt, "<=": operator.le,
    }  # fmt: skip
    return compare[mark](number, wanted)


def value_at(query, end, entries):
    """A number, or numbers by the labels that they keep."""
    if query[0] == "number":
        return query[1]
    if query[0] == "logs":
        raise ArtifactError("lines are not numbers: count them first")
    if query[0] == "counted":
        _, name, logs, seconds = query
        counts = {}
        for second, labels, _ in lines(logs, entries):
            if end - seconds < second <= end:
                key = tuple(sorted(labels.items()))
                counts[key] = counts.get(key, 0) + 1
        return {k: n / seconds if name == "rate" else n for k, n in counts.items()}
    if query[0] == "total":
        _, name, inner, by = query
        groups = {}
        for labels, value in labelled(value_at(inner, end, entries)).items():
            key = tuple((k, v) for k, v in labels if k in (by or ()))
            groups.setdefault(key, []).append(value)
        return {key: TOTALS[name](values) for key, values in groups.items()}
    return worked_out(query, end, entries)


def labelled(result):
    if not isinstance(result, dict):
        raise ArtifactError("a number alone cannot be summed up")
    return result


def worked_out(query, end, entries):
    _, mark, left, right = query
    left, right = value_at(left, end, entries), value_at(right, end, entries)
    work = {
        "+": operator.add, "-": operator.sub, "*": operator.mul,
        "/": lambda a, b: a / b if b else float("nan"),
    }[mark]  # fmt: skip
    if isinstance(left, dict) and isinstance(right, dict):
        # As in Loki, series without a partner of the very same labels are dropped.
        return {key: work(left[key], right[key]) for key in left if key in right}
    if isinstance(left, dict):
        return {key: work(value, right) for key, value in left.items()}
    if isinstance(right, dict):
        return {key: work(left, value) for key, value in right.items()}
    return work(left, right)
