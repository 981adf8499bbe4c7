from io import StringIO

from rich.console import Console

from bot.bench.figures import (
    Figures,
    Latency,
    Machine,
    Retiring,
    Skipped,
    Throughput,
    p50,
    p95,
)
from bot.bench.screen import tables

FIGURES = Figures(
    machine=Machine(cpus=2, kernel="6.1", python="3.13.5"),
    mode="pooled",
    rounds=20,
    latency=(
        Latency(
            workload="hello", contender="pooled", p50_ms=5, p95_ms=7, of_bare=0.456
        ),
        Latency(
            workload="hello",
            contender="docker run",
            p50_ms=260,
            p95_ms=300,
            of_bare=None,
        ),
    ),
    throughput=(
        Throughput(contender="pooled", in_flight=1, per_second=160.4),
        Throughput(contender="pooled", in_flight=4, per_second=212.6),
    ),
    retiring=(Retiring(submissions_per_container=10, per_second=50),),
    idle_memory_mib=(9.2, 9.4),
    skipped=(Skipped(what="pandas", why="no image [data]"),),
)


def test_every_figure_is_on_the_screen() -> None:
    console = Console(width=120, file=StringIO(), record=True)
    for table in tables(FIGURES):
        console.print(table, markup=False)
    shown = console.export_text()
    for figure in ("0.46 ×", "260.0", "160", "213", "20.0", "9, 9", "20 rounds"):
        assert figure in shown
    assert "pandas: no image [data]" in shown


def test_percentiles_of_few_times_stay_within_them() -> None:
    assert p50([1.0, 3.0]) == 2.0
    assert 1.0 <= p95([1.0, 3.0]) <= 3.0
