"""That the bench measures what it says; what it measures, no test can say."""

import pytest

from bot.bench.figures import Figures
from bot.bench.runner import IN_FLIGHT, Effort, measure
from bot.bench.workloads import WORKLOADS
from tests.integration.engine import opened_docker

pytestmark = pytest.mark.docker
CONTENDERS = {"pooled", "single use", "bare python", "docker run"}


async def test_every_contender_is_measured_or_said_to_be_skipped() -> None:
    await opened_docker().close()
    workloads = (WORKLOADS[0], WORKLOADS[2])
    effort = Effort(rounds=2, load=2, retired_after=(1, 2), workloads=workloads)
    figures = await measure(effort)
    assert Figures.model_validate_json(figures.model_dump_json()) == figures
    seen = {(row.workload, row.contender) for row in figures.latency}
    skipped = {one.what for one in figures.skipped}
    for workload in workloads:
        for contender in CONTENDERS:
            is_told = {workload.name, f"{workload.name}, {contender}"} & skipped
            assert ((workload.name, contender) in seen) != bool(is_told)
    assert "hello" not in skipped
    assert len(figures.throughput) == len(CONTENDERS) * len(IN_FLIGHT)
    assert [row.submissions_per_container for row in figures.retiring] == [1, 2]
    assert len(figures.idle_memory_mib) == 4
    assert min(figures.idle_memory_mib) > 1
