"""One runner elsewhere: a job goes out, and an answer is believed only when it is a
report of that very job.
"""

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

import httpx
from pydantic import ValidationError

from runner.errors import RunnerFault, SandboxFull
from runner.job import Job
from runner.judge import TRIES
from runner.report import Report
from runner.service.readiness import Readiness
from runner.verdict import Verdict, overall

CONNECT_WITHIN_S: Final = 3.0
WAITING_S: Final = 60.0
"""A full waiting room of the usual size is through in some ten seconds."""
STARTING_S: Final = 15.0
"""Beside the job's own time: a cold container starts, on an engine that is busy."""
PROBE_WITHIN_S: Final = 5.0
REPORT_MAX_BYTES: Final = 64 << 20
"""Twice five hundred cases with every text as long as reports let it be."""
RETRY_AFTER_S: Final = 1.0
RETRY_AFTER_MAX_S: Final = 60.0


class RemoteRunner:
    def __init__(
        self,
        client: httpx.AsyncClient,
        url: str,
        patience_s: Callable[[Job], float],
    ) -> None:
        self._client = client
        self._patience_s = patience_s
        self.url = url.rstrip("/")
        self.in_flight = 0
        self.is_well = True
        self.backend = ""
        """As it said when it was last asked whether it is ready."""

    async def judge(self, job: Job) -> Report:
        """Raises SandboxFull, and RunnerFault for anything else than a sound report."""
        self.in_flight += 1
        try:
            async with asyncio.timeout(self._patience_s(job)):
                answer, body = await self._posted(job)
        except TimeoutError:
            raise RunnerFault(self.url, "did not answer in time") from None
        except httpx.HTTPError as fault:
            raise RunnerFault(self.url, repr(fault)) from fault
        finally:
            self.in_flight -= 1
        if answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            raise SandboxFull(_retry_after_s(answer))
        if answer.status_code != HTTPStatus.OK:
            # What it says of itself, but no more than a log line bears.
            raise RunnerFault(self.url, f"{answer.status_code}: {body[:200]!r}")
        return self._sound(job, body)

    async def is_ready(self) -> bool:
        """It takes jobs, and from us."""
        try:
            answer = await self._client.get(f"{self.url}/ready", timeout=PROBE_WITHIN_S)
            told = Readiness.model_validate_json(answer.content)
        except (httpx.HTTPError, ValidationError):
            return False
        self.backend = told.backend
        return answer.status_code == HTTPStatus.OK

    async def _posted(self, job: Job) -> tuple[httpx.Response, bytes]:
        sent = await asyncio.to_thread(job.model_dump_json)
        async with self._client.stream(
            "POST",
            f"{self.url}/jobs",
            content=sent,
            headers={"Content-Type": "application/json"},
        ) as answer:
            body = bytearray()
            async for chunk in answer.aiter_bytes():
                body += chunk
                if len(body) > REPORT_MAX_BYTES:
                    raise RunnerFault(self.url, "its report has no end")
        return answer, bytes(body)

    def _sound(self, job: Job, body: bytes) -> Report:
        try:
            report = Report.model_validate_json(body)
        except ValidationError:
            raise RunnerFault(self.url, "its answer is no report") from None
        if report.job_id != job.id:
            raise RunnerFault(self.url, "its report is of another job")
        if report.verdict is not Verdict.COMPILE_ERROR and not _whole(report, job):
            raise RunnerFault(self.url, "its report is not of these cases")
        return report


def _whole(report: Report, job: Job) -> bool:
    """A case that is missing is no pass, whatever the verdict says."""
    told = [(one.name, one.group) for one in report.cases]
    return told == [(one.name, one.group) for one in job.cases] and (
        report.verdict is overall(one.verdict for one in report.cases)
    )


def patience_s(job: Job) -> float:
    """How long an answer may take: two tries, and the wait for them."""
    return WAITING_S + TRIES * (job.limits.total_wall_time_s + STARTING_S)


def _retry_after_s(answer: httpx.Response) -> float:
    told = answer.headers.get("retry-after", "")
    # A date is allowed as well; our runners tell seconds.
    wait_s = float(told) if told.isdecimal() else RETRY_AFTER_S
    return min(wait_s, RETRY_AFTER_MAX_S)
