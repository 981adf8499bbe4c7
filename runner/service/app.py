"""The runner over HTTP: a job in, its report out.

POST /jobs          a job, as JSON → its report
GET  /health        200 while the process lives
GET  /ready         503 once it is leaving: balancers look elsewhere
GET  /metrics       Prometheus
GET  /openapi.json  all of this, for programs
"""

import asyncio
import math
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, Response
from pydantic import BaseModel
from starlette.requests import ClientDisconnect

from runner.job import Job
from runner.report import Report
from runner.service.description import REQUEST, RESPONSES, describe
from runner.service.desk import Desk
from runner.service.gate import admit, check_secret, read_job
from runner.service.metrics import RunnerMetrics
from runner.service.readiness import Readiness
from runner.service.refusal import STATUS, JobRefused, RefusalCode

# Prometheus' text format, version 0.0.4.
METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# To a client that left: nobody reads it, the access log of a balancer may show it.
GONE = 499
# What is still being sent would be read to its end, which may never come.
HANGS_UP = frozenset(RefusalCode) - {
    RefusalCode.BAD_JOB,
    RefusalCode.UNKNOWN_VERSION,
    RefusalCode.FULL,
}

CountContainers = Callable[[], Awaitable[float]]


def build_app(
    desk: Desk,
    metrics: RunnerMetrics,
    *,
    secret: str | None,
    backend: str,
    count_containers: CountContainers,
) -> FastAPI:
    # No pages: FastAPI's fetch their scripts from elsewhere.
    app = FastAPI(title="Cordada runner", version="1", docs_url=None, redoc_url=None)
    # FastAPI's own way to take over the description, which mypy takes for a method's.
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]

    @app.post("/jobs", responses=RESPONSES, openapi_extra=REQUEST)
    async def jobs(request: Request) -> Response:
        admit(request, secret)
        desk.check_room()
        try:
            job = await read_job(request)
        except ClientDisconnect:
            return Response(status_code=GONE)
        report = await _unless_gone(request, desk, job)
        if report is None:
            metrics.abandoned.inc()
            return Response(status_code=GONE)
        return _json(report)

    @app.get("/health")
    async def health() -> PlainTextResponse:
        return PlainTextResponse("ok")

    @app.get("/ready", response_model=Readiness)
    async def ready(request: Request) -> Response:
        # Who has a secret hears whether it is ours; a balancer need not have one.
        if secret is not None and "authorization" in request.headers:
            check_secret(request, secret)
        status = HTTPStatus.SERVICE_UNAVAILABLE if desk.is_draining else HTTPStatus.OK
        told = Readiness(is_ready=not desk.is_draining, backend=backend)
        return _json(told, status)

    @app.get("/metrics")
    async def metrics_page() -> Response:
        metrics.containers.set(await count_containers())
        return Response(metrics.text(), media_type=METRICS_TYPE)

    @app.exception_handler(JobRefused)
    async def refuse(_: Request, refused: JobRefused) -> Response:
        metrics.refusals.labels(refused.refusal.code).inc()
        answer = _json(refused.refusal, STATUS[refused.refusal.code])
        if refused.refusal.code in HANGS_UP:
            answer.headers["Connection"] = "close"
        if refused.retry_after_s is not None:
            answer.headers["Retry-After"] = str(
                max(1, math.ceil(refused.retry_after_s))
            )
        return answer

    return app


async def _unless_gone(request: Request, desk: Desk, job: Job) -> Report | None:
    """None when the client left; then nobody runs its job any more."""
    judging = asyncio.create_task(desk.judge(job))
    leaving = asyncio.create_task(_disconnected(request))
    try:
        await asyncio.wait({judging, leaving}, return_when=asyncio.FIRST_COMPLETED)
        return await judging if judging.done() else None
    finally:
        for task in (judging, leaving):
            task.cancel()
        await asyncio.gather(judging, leaving, return_exceptions=True)


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _json(body: BaseModel, status: int = 200) -> Response:
    return Response(
        body.model_dump_json(), status_code=status, media_type="application/json"
    )
