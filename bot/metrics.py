"""What Prometheus may ask of a process."""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from bot.domain.submission import Submission

# From a warm database read to Discord's and Slack's limit of three seconds.
COMMAND_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3)
# From the fastest hello to the longest job that limits allow.
JUDGING_BUCKETS_S = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120)


class Metrics:
    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.commands = Counter(
            "cordada_commands",
            "Commands answered.",
            ["command", "outcome"],
            registry=self.registry,
        )
        self.command_seconds = Histogram(
            "cordada_command_seconds",
            "From a command's arrival to its reply.",
            ["command"],
            buckets=COMMAND_BUCKETS_S,
            registry=self.registry,
        )
        self.submissions = Counter(
            "cordada_submissions",
            "Submissions judged.",
            ["verdict"],
            registry=self.registry,
        )
        self.judging_seconds = Histogram(
            "cordada_judging_seconds",
            "From a submission's arrival to its verdict, waiting included.",
            buckets=JUDGING_BUCKETS_S,
            registry=self.registry,
        )

        self.dailies = Counter(
            "cordada_dailies",
            "Dailies by what came of posting them.",
            ["outcome"],
            registry=self.registry,
        )
        self.days_excused = Counter(
            "cordada_days_excused",
            "Days of members that were excused.",
            registry=self.registry,
        )

    def count(self, judged: Submission) -> None:
        if judged.verdict is None or judged.judged_at is None:
            return
        self.submissions.labels(judged.verdict).inc()
        waited = judged.judged_at - judged.submitted_at
        self.judging_seconds.observe(waited.total_seconds())

    def text(self) -> str:
        return generate_latest(self.registry).decode()
