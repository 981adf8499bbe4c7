"""What Prometheus may ask of a runner."""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)

from runner.report import Report

# From the fastest hello to the longest job that limits allow, tried twice.
JOB_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120, 240)


class RunnerMetrics:
    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.jobs = Counter(
            "cordada_runner_jobs",
            "Jobs judged.",
            ["verdict"],
            registry=self.registry,
        )
        self.job_seconds = Histogram(
            "cordada_runner_job_seconds",
            "From a job's arrival to its report, waiting included.",
            buckets=JOB_BUCKETS_S,
            registry=self.registry,
        )
        self.held = Gauge(
            "cordada_runner_jobs_held",
            "Jobs taken and not yet answered, waiting or running.",
            registry=self.registry,
        )
        self.refusals = Counter(
            "cordada_runner_refusals",
            "Jobs not taken.",
            ["code"],
            registry=self.registry,
        )
        self.abandoned = Counter(
            "cordada_runner_jobs_abandoned",
            "Jobs whose client left before the report.",
            registry=self.registry,
        )
        self.containers = Gauge(
            "cordada_runner_containers",
            "Containers of this runner; NaN when the engine does not answer.",
            registry=self.registry,
        )

    def count(self, report: Report, took_s: float) -> None:
        self.jobs.labels(report.verdict).inc()
        self.job_seconds.observe(took_s)

    def text(self) -> bytes:
        return generate_latest(self.registry)
