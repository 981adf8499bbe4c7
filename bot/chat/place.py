"""A Place as JSON, kept with a submission so that its verdict finds the way back."""

from collections.abc import Mapping

from pydantic import TypeAdapter

from bot.chat.command import Place

_PLACE: TypeAdapter[Place] = TypeAdapter(Place)


def place_json(place: Place) -> Mapping[str, object]:
    written: Mapping[str, object] = _PLACE.dump_python(place, mode="json")
    return written


def place_from(written: Mapping[str, object]) -> Place:
    return _PLACE.validate_python(written)
