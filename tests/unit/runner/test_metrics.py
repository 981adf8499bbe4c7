"""Measures agree with what is worked out by hand, and odd predictions with none."""

import math

import pytest

from runner.checkers import checker_named
from runner.errors import CheckerError
from runner.metrics import METRICS, measured

TRUTH = [1, 0, 1, 1, 0, 0, 1, 0]
SAID = [1, 0, 0, 1, 1, 0, 1, 0]
SCORES = [0.9, 0.2, 0.4, 0.8, 0.6, 0.1, 0.7, 0.3]


@pytest.mark.parametrize(
    ("metric", "truth", "predictions", "value"),
    [
        ("accuracy", TRUTH, SAID, 6 / 8),
        ("precision", TRUTH, SAID, 3 / 4),
        ("recall", TRUTH, SAID, 3 / 4),
        ("f1", TRUTH, SAID, 3 / 4),
        ("macro_f1", ["a", "b", "c"], ["a", "b", "b"], (1 + 2 / 3 + 0) / 3),
        ("mae", [1, 2, 3], [1.5, 2, 2], 0.5),
        ("rmse", [0, 0], [3, 4.0], math.sqrt(12.5)),
        ("r2", [1, 2, 3], [1, 2, 3], 1.0),
        ("r2", [1, 2, 3], [2, 2, 2], 0.0),
        ("r2", [5, 5], [5, 5], 1.0),
        ("log_loss", [1, 0], [0.8, 0.4], -(math.log(0.8) + math.log(0.6)) / 2),
        ("roc_auc", TRUTH, SCORES, 15 / 16),
        ("roc_auc", [1, 0, 1, 0], [1, 1, 1, 1], 0.5),
    ],
)
def test_a_measure_is_what_it_is_by_hand(
    metric: str, truth: list[object], predictions: list[object], value: float
) -> None:
    assert METRICS[metric].of(truth, predictions, 1) == pytest.approx(value)


@pytest.mark.parametrize("metric", METRICS)
def test_an_empty_truth_or_one_class_alone_breaks_nothing(metric: str) -> None:
    assert METRICS[metric].of([], [], 1) in {0.0, 1.0}
    assert math.isfinite(METRICS[metric].of([1, 1], [0, 0], 1))


def test_a_threshold_is_met_from_its_own_value_on() -> None:
    options = {"metric": "accuracy", "at_least": 0.75}
    assert measured(TRUTH, SAID, options).holds
    just_over = measured(TRUTH, SAID, {"metric": "accuracy", "at_least": 0.76})
    assert not just_over.holds
    assert just_over.expected == "accuracy ≥ 0.76"
    assert just_over.got == "accuracy = 0.75"


def test_an_error_has_to_stay_under_its_threshold() -> None:
    assert measured([1.0], [1.5], {"metric": "mae", "at_most": 0.5}).holds
    assert not measured([1.0], [1.6], {"metric": "mae", "at_most": 0.5}).holds


@pytest.mark.parametrize(
    ("metric", "predictions", "fault"),
    [
        ("mae", [1.0], "length"),
        ("mae", [1.0, 2.0, 3.0], "length"),
        ("mae", "12", "type"),
        ("mae", None, "type"),
        ("mae", {0: 1.0, 1: 2.0}, "type"),
        ("mae", [1.0, True], "type"),
        ("mae", [1.0, "2"], "type"),
        ("mae", [1.0, float("nan")], "not_finite"),
        ("rmse", [1.0, float("-inf")], "not_finite"),
        ("mae", [1.0, 10**400], "not_finite"),
        ("accuracy", [1, 0.0], "type"),
        ("accuracy", [1, "0"], "type"),
        ("accuracy", [True, False], "type"),
        ("f1", [[1], [0]], "type"),
    ],
)
def test_predictions_of_another_shape_are_told_by_it(
    metric: str, predictions: object, fault: str
) -> None:
    sign = "at_least" if METRICS[metric].of_labels else "at_most"
    found = measured([1, 0], predictions, {"metric": metric, sign: 0.0})
    assert (found.holds, found.fault) == (False, fault)


@pytest.mark.parametrize("metric", ["mae", "rmse", "r2", "log_loss", "roc_auc"])
def test_the_largest_floats_are_merely_wrong(metric: str) -> None:
    found = measured([1, 0], [1e308, -1e308], {"metric": metric, "at_most": -1e9})
    assert found.fault == "short"


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"metric": "beauty", "at_least": 1},
        {"metric": "f1"},
        {"metric": "f1", "at_least": 0.5, "at_most": 0.6},
        {"metric": "f1", "at_least": "half"},
        {"metric": "f1", "at_least": float("nan")},
        {"metric": "f1", "at_least": 0.5, "positve": 1},
    ],
)
def test_options_that_measure_nothing_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(CheckerError):
        checker_named("metric", options)
