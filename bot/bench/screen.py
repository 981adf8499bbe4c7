"""The figures as tables."""

from collections.abc import Iterator

from rich.table import Table

from bot.bench.boards import BoardFigures
from bot.bench.figures import Figures


def tables(figures: Figures) -> Iterator[Table | str]:
    yield _latency(figures)
    yield _throughput(figures)
    yield _retiring(figures)
    sizes = ", ".join(f"{size:.0f}" for size in figures.idle_memory_mib)
    yield f"Memory of each container that waits: {sizes or '?'} MiB"
    machine = figures.machine
    yield (
        f"{machine.cpus} processors, Linux {machine.kernel}, Python {machine.python},"
        f" containers {figures.mode}, {figures.rounds} rounds. Only the ratios mean"
        " something on another machine."
    )
    for skipped in figures.skipped:
        yield f"Skipped: {skipped.what}: {skipped.why}"


def _latency(figures: Figures) -> Table:
    table = Table("one at a time", "by", "p50 ms", "p95 ms", "of bare Python")
    for row in figures.latency:
        ratio = "" if row.of_bare is None else f"{row.of_bare:.2f} ×"
        table.add_row(
            row.workload, row.contender, f"{row.p50_ms:.1f}", f"{row.p95_ms:.1f}", ratio
        )
    return table


def _throughput(figures: Figures) -> Table:
    in_flight = sorted({row.in_flight for row in figures.throughput})
    table = Table("a second, in flight:", *map(str, in_flight))
    found = {
        (row.contender, row.in_flight): f"{row.per_second:.0f}"
        for row in figures.throughput
    }
    for contender in dict.fromkeys(row.contender for row in figures.throughput):
        cells = (found.get((contender, number), "") for number in in_flight)
        table.add_row(contender, *cells)
    return table


def _retiring(figures: Figures) -> Table:
    table = Table("submissions a container", "a second", "ms each")
    for row in figures.retiring:
        table.add_row(
            str(row.submissions_per_container),
            f"{row.per_second:.0f}",
            f"{1000 / row.per_second:.1f}",
        )
    return table


def board_tables(figures: BoardFigures) -> Iterator[Table | str]:
    table = Table("", "members", "p50 ms", "p95 ms", "p99 ms", "of the smallest")
    before = ""
    for row in figures.timings:
        table.add_row(
            row.what if row.what != before else "",
            f"{row.members:,}",
            f"{row.p50_ms:.1f}",
            f"{row.p95_ms:.1f}",
            f"{row.p99_ms:.1f}",
            f"{row.of_smallest:.2f} ×",
        )
        before = row.what
    yield table
    machine = figures.machine
    yield (
        f"{machine.cpus} processors, Linux {machine.kernel}, Python {machine.python},"
        f" {figures.rounds} rounds, the database filled in {figures.load_s:.0f} s. Only"
        " the ratios mean something on another machine."
    )
