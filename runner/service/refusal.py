"""How the service says no: a status, a code for programs, and the faults."""

from enum import StrEnum
from http import HTTPStatus

from runner.job import Contract


class RefusalCode(StrEnum):
    UNAUTHORISED = "unauthorised"
    NOT_JSON = "not_json"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    BAD_JOB = "bad_job"
    UNKNOWN_VERSION = "unknown_version"
    FULL = "full"
    DRAINING = "draining"


STATUS = {
    RefusalCode.UNAUTHORISED: HTTPStatus.UNAUTHORIZED,
    RefusalCode.NOT_JSON: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    RefusalCode.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    RefusalCode.TOO_SLOW: HTTPStatus.REQUEST_TIMEOUT,
    RefusalCode.BAD_JOB: HTTPStatus.UNPROCESSABLE_ENTITY,
    RefusalCode.UNKNOWN_VERSION: HTTPStatus.UNPROCESSABLE_ENTITY,
    RefusalCode.FULL: HTTPStatus.SERVICE_UNAVAILABLE,
    RefusalCode.DRAINING: HTTPStatus.SERVICE_UNAVAILABLE,
}


class JobRefusal(Contract):
    """The body of an answer that is no report."""

    code: RefusalCode
    faults: tuple[str, ...] = ()
    """Of a bad job, each with its place: `cases.0.action.function: Field required`."""


class JobRefused(Exception):
    def __init__(
        self,
        code: RefusalCode,
        *,
        faults: tuple[str, ...] = (),
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(code)
        self.refusal = JobRefusal(code=code, faults=faults)
        self.retry_after_s = retry_after_s
