"""The OpenAPI description tells every field of the contract."""

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from runner.job import Job
from runner.report import Report
from runner.service.readiness import Readiness
from runner.service.refusal import STATUS, JobRefusal
from tests.unit.runner.service.given import QuickJudge, running


async def described() -> dict[str, Any]:
    async with running(QuickJudge()) as (_, client):
        found: dict[str, Any] = (await client.get("/openapi.json")).json()
    return found


def within(kind: object) -> Iterator[type[BaseModel]]:
    """The models that a type is made of."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
        for field in kind.model_fields.values():
            yield from within(field.annotation)
    for part in get_args(kind):
        yield from within(part)


@pytest.mark.parametrize("root", [Job, Report, JobRefusal, Readiness])
async def test_every_field_is_in_the_description(root: type[BaseModel]) -> None:
    schemas = (await described())["components"]["schemas"]
    models = set(within(root))
    assert root in models
    for model in models:
        assert set(schemas[model.__name__]["properties"]) == set(model.model_fields)


async def test_every_answer_to_a_job_is_in_the_description() -> None:
    operation = (await described())["paths"]["/jobs"]["post"]
    statuses = {200, *(status.value for status in STATUS.values())}
    assert {int(status) for status in operation["responses"]} == statuses
    body = operation["requestBody"]["content"]["application/json"]["schema"]
    assert body == {"$ref": "#/components/schemas/Job"}


async def test_every_reference_leads_somewhere() -> None:
    found = await described()

    def references(part: object) -> Iterator[str]:
        if isinstance(part, dict):
            yield from (each for key, each in part.items() if key == "$ref")
            part = list(part.values())
        if isinstance(part, list):
            for each in part:
                yield from references(each)

    for reference in references(found):
        name = reference.removeprefix("#/components/schemas/")
        assert name in found["components"]["schemas"]
