"""The runner over HTTP, on a real socket."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator

import httpx
import pytest

from runner.errors import SandboxFull
from runner.report import Report
from runner.service import gate
from tests.unit.runner.service.given import (
    HOST,
    SECRET,
    TIMEOUT_S,
    HeldJudge,
    QuickJudge,
    a_job,
    a_report,
    running,
)

TOO_LARGE = b"HTTP/1.1 413 Request Entity Too Large\r\n"


async def post(client: httpx.AsyncClient, number: int = 0) -> httpx.Response:
    return await client.post("/jobs", content=a_job(number).model_dump_json())


async def first_line(port: int, request: httpx.Request) -> bytes:
    """Of the answer to the request's head alone."""
    reader, writer = await asyncio.open_connection(HOST, port)
    head = [b"POST /jobs HTTP/1.1", *(b": ".join(one) for one in request.headers.raw)]
    writer.write(b"\r\n".join([*head, b"", b""]))
    async with asyncio.timeout(TIMEOUT_S):
        line = await reader.readline()
    writer.close()
    await writer.wait_closed()
    return line


async def test_a_job_comes_as_it_was_sent_and_its_report_goes_back() -> None:
    judge = QuickJudge()
    job = a_job(data={"table.bin": b"\xff\x00"})
    async with running(judge) as (_, client):
        answer = await client.post("/jobs", content=job.model_dump_json())
    assert judge.jobs == [job]
    assert Report.model_validate_json(answer.content) == a_report(job)


@pytest.mark.parametrize(
    "told", [None, "", SECRET, f"Bearer {SECRET}x", "Bearer", f"Basic {SECRET}"]
)
async def test_without_the_secret_nothing_is_judged(told: str | None) -> None:
    judge = QuickJudge()
    async with running(judge) as (runner, client):
        del client.headers["Authorization"]
        headers = {} if told is None else {"Authorization": told}
        answer = await client.post(
            "/jobs", content=a_job().model_dump_json(), headers=headers
        )
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthorised")
        assert runner.sample("cordada_runner_refusals_total", code="unauthorised") == 1
    assert judge.jobs == []


@pytest.mark.parametrize("host", ["evil.example", "10.0.0.1:80", "127.evil.example"])
async def test_without_a_secret_only_this_machine_is_heard(host: str) -> None:
    judge = QuickJudge()
    async with running(judge, secret=None) as (_, client):
        assert (await post(client)).status_code == 200
        rebound = await client.post(
            "/jobs", content=a_job().model_dump_json(), headers={"Host": host}
        )
        # What a page of another origin may send without asking first.
        simple = await client.post(
            "/jobs",
            content=a_job().model_dump_json(),
            headers={"Content-Type": "text/plain"},
        )
    assert (rebound.status_code, simple.status_code) == (401, 415)
    assert len(judge.jobs) == 1


@pytest.mark.parametrize(
    ("changes", "code", "told"),
    [
        ({"version": 2}, "unknown_version", "version: "),
        ({"sauce": ""}, "bad_job", "sauce: "),
        ({"cases": []}, "bad_job", "cases: "),
    ],
)
async def test_what_is_no_job_is_told_with_its_places(
    changes: dict[str, object], code: str, told: str
) -> None:
    sent = {**json.loads(a_job().model_dump_json()), **changes}
    async with running(QuickJudge()) as (_, client):
        answer = await client.post("/jobs", content=json.dumps(sent))
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert any(fault.startswith(told) for fault in answer.json()["faults"])
    assert "SUBMITTED" not in answer.text


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[]", b"[" * 100_000])
async def test_garbage_is_told_as_such(content: bytes) -> None:
    async with running(QuickJudge()) as (_, client):
        answer = await client.post("/jobs", content=content)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_job")


async def test_a_body_is_bounded_whether_it_tells_its_length_or_not() -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 1 << 20
            yield b" " * (1 << 20)

    async with running(QuickJudge()) as (runner, client):
        too_long = client.build_request("POST", "/jobs", content=b"")
        too_long.headers["Content-Length"] = str(1 << 40)
        assert await first_line(runner.server.port, too_long) == TOO_LARGE
        # Who goes on sending finds the connection closed, or reads the answer first.
        try:
            status = (await client.post("/jobs", content=endless())).status_code
        except httpx.TransportError:
            status = 413
        assert status == 413
    assert sent < 4 * gate.BODY_MAX_BYTES


async def test_a_full_runner_says_when_to_come_back() -> None:
    judge = HeldJudge()
    async with running(judge, most=2) as (runner, client):
        waiting = [asyncio.create_task(post(client, number)) for number in range(2)]
        await judge.wait_for(2)
        assert runner.sample("cordada_runner_jobs_held") == 2
        refused = await post(client, 3)
        assert (refused.status_code, refused.json()["code"]) == (503, "full")
        assert int(refused.headers["Retry-After"]) >= 1
        judge.go.set()
        answers = await asyncio.gather(*waiting)
        assert [answer.json()["job_id"] for answer in answers] == ["job-0", "job-1"]
        assert (await post(client, 3)).status_code == 200


async def test_so_many_run_at_once_and_the_rest_wait() -> None:
    judge = HeldJudge()
    async with running(judge, most=5, at_once=2) as (_, client):
        waiting = [asyncio.create_task(post(client, number)) for number in range(5)]
        await judge.wait_for(2)
        assert judge.began.locked()
        judge.go.set()
        answers = await asyncio.gather(*waiting)
    assert {answer.status_code for answer in answers} == {200}


async def test_a_full_sandbox_is_a_full_runner() -> None:
    async with running(QuickJudge(SandboxFull(2.4))) as (_, client):
        refused = await post(client)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "3")


async def test_a_client_that_leaves_takes_its_job_along() -> None:
    judge = HeldJudge()
    async with running(judge) as (runner, client):
        leaving = asyncio.create_task(post(client))
        await judge.wait_for(1)
        leaving.cancel()
        async with asyncio.timeout(TIMEOUT_S):
            await judge.cancelled.wait()
            await runner.desk.drain(TIMEOUT_S)
        assert runner.sample("cordada_runner_jobs_held") == 0


async def test_a_draining_runner_answers_what_it_has_and_takes_no_more() -> None:
    judge = HeldJudge()
    async with running(judge) as (runner, client):
        assert (await client.get("/ready")).status_code == 200
        waiting = [asyncio.create_task(post(client, number)) for number in range(3)]
        await judge.wait_for(3)
        stopping = asyncio.create_task(runner.server.stop())
        await asyncio.sleep(0)
        refused = await post(client, 4)
        assert (refused.status_code, refused.json()["code"]) == (503, "draining")
        assert "Retry-After" in refused.headers
        assert (await client.get("/ready")).status_code == 503
        assert (await client.get("/health")).status_code == 200
        judge.go.set()
        answers = await asyncio.gather(*waiting)
        await stopping
        assert [answer.status_code for answer in answers] == [200] * 3
        with pytest.raises(httpx.ConnectError):
            await client.get("/health")


async def test_what_the_drain_does_not_wait_for_is_refused_not_lost() -> None:
    judge = HeldJudge()
    async with running(judge, drain_s=0) as (runner, client):
        waiting = [asyncio.create_task(post(client, number)) for number in range(3)]
        await judge.wait_for(3)
        await runner.server.stop()
        answers = await asyncio.gather(*waiting)
    assert [answer.json()["code"] for answer in answers] == ["draining"] * 3


async def test_metrics_tell_jobs_by_verdict() -> None:
    async with running(QuickJudge()) as (_, client):
        await post(client)
        page = (await client.get("/metrics")).text
    assert 'cordada_runner_jobs_total{verdict="accepted"} 1.0' in page
    assert "cordada_runner_job_seconds_count 1.0" in page
    assert "cordada_runner_containers 2.0" in page


async def test_nothing_of_a_submission_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    sent = json.loads(a_job().model_dump_json())
    async with running(QuickJudge()) as (_, client):
        await post(client)
        await client.post("/jobs", content=json.dumps({**sent, "version": 2}))
        await client.post("/jobs", content=json.dumps(sent)[:-5])
    async with running(QuickJudge(RuntimeError("ours"))) as (_, client):
        assert (await post(client)).status_code == 500
    assert "SUBMITTED" not in caplog.text
