"""Who may hand in a job, and what of it is read before that is known: nothing."""

import asyncio
import hmac
import ipaddress
from typing import Final

from fastapi import Request
from pydantic import ValidationError

from runner.job import Job
from runner.service.refusal import JobRefused, RefusalCode

BODY_MAX_BYTES: Final = 32 << 20
"""Twenty times the largest data that a challenge carries, in base64."""
BODY_WITHIN_S: Final = 30.0
"""A bot sends a job within milliseconds; who trickles one only holds a connection."""


def is_loopback(host: str) -> bool:
    name = host.strip("[]")
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def admit(request: Request, secret: str | None) -> None:
    """Raises JobRefused. Without a secret, only this machine is heard."""
    if secret is None:
        # A page in a browser on this machine may send us anything; but it must ask
        # before it sends JSON, and its Host is its own.
        if not is_loopback(request.url.hostname or ""):
            raise JobRefused(RefusalCode.UNAUTHORISED)
    else:
        check_secret(request, secret)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise JobRefused(RefusalCode.NOT_JSON)


def check_secret(request: Request, secret: str) -> None:
    """Raises JobRefused."""
    told = request.headers.get("authorization", "").encode()
    if not hmac.compare_digest(told, f"Bearer {secret}".encode()):
        raise JobRefused(RefusalCode.UNAUTHORISED)


async def read_job(request: Request) -> Job:
    """Raises JobRefused, and ClientDisconnect for who leaves while sending."""
    body = await _bounded_body(request)
    try:
        # In a thread: the largest take longer than others should wait.
        return await asyncio.to_thread(Job.model_validate_json, body)
    except ValidationError as faults:
        raise _refused(faults) from None


async def _bounded_body(request: Request) -> bytes:
    told = request.headers.get("content-length", "0")
    if not told.isdecimal() or int(told) > BODY_MAX_BYTES:
        raise JobRefused(RefusalCode.TOO_LARGE)
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_WITHIN_S):
            async for chunk in request.stream():
                body += chunk
                if len(body) > BODY_MAX_BYTES:
                    raise JobRefused(RefusalCode.TOO_LARGE)
    except TimeoutError:
        raise JobRefused(RefusalCode.TOO_SLOW) from None
    return bytes(body)


def _refused(faults: ValidationError) -> JobRefused:
    found = faults.errors(include_url=False, include_input=False)
    code = RefusalCode.BAD_JOB
    if any(fault["loc"] == ("version",) for fault in found):
        code = RefusalCode.UNKNOWN_VERSION
    lines = (
        f"{'.'.join(map(str, one['loc'])) or 'job'}: {one['msg']}" for one in found
    )
    return JobRefused(code, faults=tuple(lines))
