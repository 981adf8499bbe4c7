"""Predictions held against the truth, in plain Python, on the host.

| name       | of                                  | better |
|------------|-------------------------------------|--------|
| accuracy   | labels                              | more   |
| precision, recall, f1 | labels, of the class `positive` | more |
| macro_f1   | labels, the mean over all classes   | more   |
| mae, rmse  | numbers                             | less   |
| r2         | numbers                             | more   |
| log_loss   | probabilities of `positive`         | less   |
| roc_auc    | scores of `positive`, ties count half | more |

Options of the checker `metric`: `metric`, a name above; `at_least` or `at_most`, the
threshold; `positive`, the class meant, 1 by default.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

METRIC: Final = "metric"
OPTIONS: Final = frozenset({"metric", "at_least", "at_most", "positive"})
SMALLEST_PROBABILITY: Final = 1e-15
"""What is surely wrong would cost without bound; other libraries cut here as well."""
SHOWN_DIGITS: Final = 4

Options = Mapping[str, Any]
Numbers = Sequence[float]


@dataclass(frozen=True, kw_only=True)
class Measured:
    holds: bool
    fault: Literal["short", "length", "type", "not_finite"] = "short"
    expected: str
    got: str


def measured(truth: Any, predictions: Any, options: Options) -> Measured:
    """`truth` is a list by the author. A wrong shape is told before any value."""
    metric = METRICS[options["metric"]]
    fault = _unfit(metric, truth, predictions)
    if fault is not None:
        return Measured(
            holds=False,
            fault=fault,
            expected=_shape(metric, len(truth)),
            got=_what_came(predictions, metric),
        )
    value = metric.of(truth, predictions, options.get("positive", 1))
    threshold, sign = _threshold(options)
    holds = value >= threshold if sign == "≥" else value <= threshold
    return Measured(
        holds=holds,
        expected=f"{options['metric']} {sign} {threshold:.{SHOWN_DIGITS}g}",
        got=f"{options['metric']} = {value:.{SHOWN_DIGITS}g}",
    )


def problem(options: Options) -> str | None:
    """What is wrong with the options, for authors."""
    if options.get("metric") not in METRICS:
        return f"metric is one of {', '.join(METRICS)}"
    given = [options[key] for key in ("at_least", "at_most") if key in options]
    if len(given) != 1:
        return "needs at_least or at_most"
    if not _is_number(given[0]) or not math.isfinite(given[0]):
        return "the threshold is no number"
    return None


@dataclass(frozen=True, kw_only=True)
class Metric:
    of: Callable[[Any, Any, Any], float]
    """Truth, predictions, the positive class."""
    of_labels: bool = False


def _unfit(
    metric: Metric, truth: Any, predictions: Any
) -> Literal["length", "type", "not_finite"] | None:
    if type(predictions) not in (list, tuple):
        return "type"
    if len(predictions) != len(truth):
        return "length"
    if metric.of_labels:
        known = {type(one) for one in truth}
        fits = all(type(one) in known for one in predictions)
        return None if fits else "type"
    if not all(map(_is_number, predictions)):
        return "type"
    if not all(_is_finite(one) for one in predictions):
        return "not_finite"
    return None


def _shape(metric: Metric, length: int) -> str:
    return f"[{'…' if metric.of_labels else 'float'}] × {length}"


def _what_came(predictions: Any, metric: Metric) -> str:
    if type(predictions) not in (list, tuple):
        return type(predictions).__name__
    kinds = sorted({type(one).__name__ for one in predictions})
    if not metric.of_labels:
        kinds += ["nan/inf"] * any(
            _is_number(one) and not _is_finite(one) for one in predictions
        )
    return f"[{' | '.join(kinds[:5])}] × {len(predictions)}"


def _threshold(options: Options) -> tuple[float, str]:
    if "at_least" in options:
        return options["at_least"], "≥"
    return options["at_most"], "≤"


def _is_number(value: object) -> bool:
    return type(value) is int or type(value) is float


def _is_finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # an int past the largest float
        return False


def _accuracy(truth: Sequence[Any], said: Sequence[Any], positive: Any) -> float:
    del positive
    return _ratio(sum(map(_same, truth, said)), len(truth))


def _same(one: object, other: object) -> bool:
    return type(one) is type(other) and one == other


def _counts(
    truth: Sequence[Any], said: Sequence[Any], positive: Any
) -> tuple[int, int, int]:
    """True positives, false positives, false negatives."""
    pairs = [
        (_same(one, positive), _same(other, positive))
        for one, other in zip(truth, said, strict=True)
    ]
    return (
        pairs.count((True, True)),
        pairs.count((False, True)),
        pairs.count((True, False)),
    )


def _precision(truth: Sequence[Any], said: Sequence[Any], positive: Any) -> float:
    hits, false_alarms, _ = _counts(truth, said, positive)
    return _ratio(hits, hits + false_alarms)


def _recall(truth: Sequence[Any], said: Sequence[Any], positive: Any) -> float:
    hits, _, misses = _counts(truth, said, positive)
    return _ratio(hits, hits + misses)


def _f1(truth: Sequence[Any], said: Sequence[Any], positive: Any) -> float:
    hits, false_alarms, misses = _counts(truth, said, positive)
    return _ratio(2 * hits, 2 * hits + false_alarms + misses)


def _macro_f1(truth: Sequence[Any], said: Sequence[Any], positive: Any) -> float:
    del positive
    classes = set(truth) | set(said)
    return _ratio(sum(_f1(truth, said, one) for one in classes), len(classes))


def _mae(truth: Numbers, said: Numbers, positive: Any) -> float:
    del positive
    return _mean([abs(one - other) for one, other in zip(truth, said, strict=True)])


def _rmse(truth: Numbers, said: Numbers, positive: Any) -> float:
    del positive
    return math.sqrt(_mean(_squares(truth, said)))


def _r2(truth: Numbers, said: Numbers, positive: Any) -> float:
    """0 for a truth that never changes, unless it is met exactly."""
    del positive
    left = _sum(_squares(truth, said))
    spread = _sum(_squares(truth, [_mean(truth)] * len(truth)))
    if spread == 0:
        return 1.0 if left == 0 else 0.0
    return 1 - left / spread


def _squares(one: Numbers, other: Numbers) -> list[float]:
    gaps = [float(mine) - float(yours) for mine, yours in zip(one, other, strict=True)]
    # `**` raises where `*` gives infinity.
    return [gap * gap for gap in gaps]


def _log_loss(truth: Sequence[Any], said: Numbers, positive: Any) -> float:
    return _mean(
        [
            -math.log(_probable(p if _same(one, positive) else 1 - p))
            for one, p in zip(truth, said, strict=True)
        ]
    )


def _probable(probability: float) -> float:
    return min(max(probability, SMALLEST_PROBABILITY), 1 - SMALLEST_PROBABILITY)


def _roc_auc(truth: Sequence[Any], said: Numbers, positive: Any) -> float:
    """The share of pairs, one of each class, that the scores put in order; by ranks."""
    ranked = sorted(zip(said, truth, strict=True), key=lambda pair: pair[0])
    positives = sum(_same(one, positive) for one in truth)
    negatives = len(truth) - positives
    rank_sum, start = 0.0, 0
    while start < len(ranked):
        end = start
        while end < len(ranked) and ranked[end][0] == ranked[start][0]:
            end += 1
        middle = (start + 1 + end) / 2
        rank_sum += middle * sum(_same(one, positive) for _, one in ranked[start:end])
        start = end
    return _ratio(rank_sum - positives * (positives + 1) / 2, positives * negatives)


def _mean(values: Numbers) -> float:
    return _ratio(_sum(values), len(values))


def _sum(values: Numbers) -> float:
    try:
        return math.fsum(values)
    except OverflowError:  # past the largest float
        return math.inf


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


METRICS: Final[Mapping[str, Metric]] = {
    "accuracy": Metric(of=_accuracy, of_labels=True),
    "precision": Metric(of=_precision, of_labels=True),
    "recall": Metric(of=_recall, of_labels=True),
    "f1": Metric(of=_f1, of_labels=True),
    "macro_f1": Metric(of=_macro_f1, of_labels=True),
    "mae": Metric(of=_mae),
    "rmse": Metric(of=_rmse),
    "r2": Metric(of=_r2),
    "log_loss": Metric(of=_log_loss),
    "roc_auc": Metric(of=_roc_auc),
}
