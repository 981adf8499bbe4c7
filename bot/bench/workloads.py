"""What is submitted, and what bare Python does of the same."""

from dataclasses import dataclass

from runner.job import Call, Case, Expectation, Job, Limits, Profile

HELLO = "def hello():\n    return 'hello'\n"
PANDAS = """\
import pandas as pd

def total():
    frame = pd.DataFrame({"team": ["a", "b", "a"], "points": [1, 2, 3]})
    return int(frame.groupby("team")["points"].sum()["a"])
"""
SKLEARN = """\
from sklearn.linear_model import LinearRegression

def slope():
    fitted = LinearRegression().fit([[0.0], [1.0], [2.0]], [0.0, 2.0, 4.0])
    return round(float(fitted.coef_[0]), 6)
"""


@dataclass(frozen=True, kw_only=True)
class Workload:
    name: str
    job: Job
    bare: str
    """The program for bare Python: to start, and to import what it takes."""


def _workload(
    name: str,
    source: str,
    function: str,
    returns: object,
    *,
    profile: Profile = Profile.BASE,
    cases: int = 1,
    bare: str = "pass",
) -> Workload:
    expected = Expectation.model_validate({"returns": returns, "check_returns": True})
    numbered = tuple(
        Case(
            name=f"case-{number}",
            group="all",
            action=Call(function=function),
            expected=expected,
        )
        for number in range(cases)
    )
    job = Job(
        id=f"bench {name}",
        profile=profile,
        limits=Limits(cpu_time_s=10, wall_time_s=20, total_wall_time_s=60),
        source=source,
        cases=numbered,
    )
    return Workload(name=name, job=job, bare=bare)


WORKLOADS = (
    _workload("hello", HELLO, "hello", "hello"),
    _workload("50 cases", HELLO, "hello", "hello", cases=50),
    _workload("pandas", PANDAS, "total", 4, profile=Profile.DATA, bare="import pandas"),
    _workload(
        "scikit-learn",
        SKLEARN,
        "slope",
        2.0,
        profile=Profile.ML,
        bare="import sklearn.linear_model",
    ),
)
