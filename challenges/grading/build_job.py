"""A submission made into a job for the runner."""

from challenges.challenge import Challenge
from challenges.generated import generated_cases
from runner.job import Case, Job


def build_job(
    challenge: Challenge, source: str, *, job_id: str, seed: int, fair_key: str = ""
) -> Job:
    """The fixed cases in the author's order, then those of the member's seed.

    Raises InvalidGenerator when the challenge's `cases.py` fails: our fault.
    """
    generated: tuple[Case, ...] = ()
    if challenge.generator is not None:
        generated = generated_cases(
            challenge.generator,
            kind=challenge.kind,
            groups=challenge.groups,
            seed=seed,
        )
    return Job(
        id=job_id,
        profile=challenge.profile,
        limits=challenge.limits,
        source=source,
        file=challenge.file,
        scenario=challenge.scenario,
        checker=challenge.checker,
        data=challenge.data,
        seed=seed,
        fair_key=fair_key,
        cases=(*challenge.cases, *generated),
    )
