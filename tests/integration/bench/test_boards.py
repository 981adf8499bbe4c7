"""That the bench measures what it says; what it measures, no test can say."""

from typing import get_args

from bot.bench.boards import BoardFigures, What, measure_boards
from bot.bench.screen import board_tables


async def test_every_reading_is_measured_for_every_size() -> None:
    figures = await measure_boards(2, (40, 120))
    assert BoardFigures.model_validate_json(figures.model_dump_json()) == figures
    assert [(row.what, row.members) for row in figures.timings] == [
        (what, size) for what in get_args(What) for size in (40, 120)
    ]
    assert all(row.of_smallest == 1 for row in figures.timings[::2])
    assert all(0 < row.p50_ms <= row.p99_ms for row in figures.timings)
    assert len(list(board_tables(figures))) == 2
