"""PlainValue: a field of the contract that holds data alone, whatever its type.

In Python it takes a plain value as it is, in JSON the tagged form of `runner.codec`.
"""

from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema

from runner import codec


def plain(value: object) -> object:
    """The value itself; raises CodecError (a ValueError) when it is not plain data."""
    codec.to_tagged(value)
    return value


class _PlainSchema:
    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.json_or_python_schema(
            json_schema=core_schema.no_info_after_validator_function(
                codec.from_tagged, core_schema.any_schema()
            ),
            python_schema=core_schema.no_info_plain_validator_function(plain),
            serialization=core_schema.plain_serializer_function_ser_schema(
                codec.to_tagged, when_used="json"
            ),
        )


PlainValue = Annotated[object, _PlainSchema()]
