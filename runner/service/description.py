"""The OpenAPI description: the contract's own schemas, with nothing told twice."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from runner.job import Job
from runner.report import Report
from runner.service.readiness import Readiness
from runner.service.refusal import STATUS, JobRefusal

REFERENCES = "#/components/schemas/{model}"


def _content(model: type) -> dict[str, Any]:
    schema = {"$ref": REFERENCES.format(model=model.__name__)}
    return {"application/json": {"schema": schema}}


RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The report.", "content": _content(Report)},
    **{
        status.value: {
            "description": ", ".join(
                code.value for code, other in STATUS.items() if other is status
            ),
            "content": _content(JobRefusal),
        }
        for status in STATUS.values()
    },
}
# FastAPI would read the body itself, and not by the tagged form of plain values.
REQUEST = {
    "requestBody": {"required": True, "content": _content(Job)},
    "security": [{"secret": []}],
}


def describe(app: FastAPI) -> dict[str, Any]:
    found = get_openapi(title=app.title, version=app.version, routes=app.routes)
    _, schemas = models_json_schema(
        [
            (Job, "validation"),
            (Report, "validation"),
            (JobRefusal, "validation"),
            (Readiness, "validation"),
        ],
        ref_template=REFERENCES,
    )
    found["components"] = {
        "schemas": schemas["$defs"],
        "securitySchemes": {"secret": {"type": "http", "scheme": "bearer"}},
    }
    return found
