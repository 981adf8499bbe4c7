"""What a person enters into a modal or chooses in a menu, as the client sends it."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.fakes.discord.component_rules import SELECTS, Kind
from tests.fakes.discord.errors import Json
from tests.fakes.discord.invocation import CannotDo, Resolved
from tests.fakes.discord.limits import number
from tests.fakes.discord.seen import Modal


def modal_data(modal: Modal, given: Mapping[str, Any], resolved: Resolved) -> Json:
    """`given` by a field's label or `custom_id`; the rest keep what they hold.

    :raises CannotDo: what the client would not send.
    """
    left = dict(given)
    components = [_top_level(one, left, resolved) for one in modal.body["components"]]
    if left:
        raise CannotDo(f"no fields {sorted(left)} in {modal.text!r}")
    data = {"custom_id": modal.custom_id, "components": components}
    return data | ({"resolved": resolved.body} if resolved.body else {})


def _top_level(one: Json, left: dict[str, Any], resolved: Resolved) -> Json:
    body = {"type": one["type"], "id": one["id"]}
    match one["type"]:
        case Kind.LABEL:
            field = _field(one["component"], one["label"], left, resolved)
            return body | {"component": field}
        case Kind.ROW:
            inner = [_field(f, f["label"], left, resolved) for f in one["components"]]
            return body | {"components": inner}
        case _:
            return body


def _field(field: Json, label: str, left: dict[str, Any], resolved: Resolved) -> Json:
    key = label if label in left else field["custom_id"]
    body = {name: field[name] for name in ("type", "id", "custom_id")}
    match field["type"]:
        case Kind.INPUT:
            value = left.pop(key, field.get("value") or "")
            return body | {"value": _text(field, label, value)}
        case Kind.CHECKBOX:
            return body | {"value": left.pop(key, bool(field.get("default")))}
        case Kind.RADIOS:
            chosen = left.pop(key, next(iter(_defaults(field)), None))
            values = [] if chosen is None else [chosen]
            _count(field, label, values, most=1)
            return body | {"value": chosen}
        case Kind.UPLOAD:
            files = left.pop(key, [])
            _count(field, label, files, most=number(field, "max_values", 1))
            return body | {"values": [resolved.file(one) for one in files]}
        case _:
            chosen = left.pop(key, _defaults(field))
            return body | {"values": chosen_values(field, chosen, resolved)}


def _text(field: Json, label: str, value: str) -> str:
    least = field.get("min_length") or (1 if field.get("required", True) else 0)
    most = field.get("max_length") or 4000
    empty = not value and not field.get("required", True)
    if not empty and not least <= len(value) <= most:
        raise CannotDo(f"{label!r} takes {least} to {most} characters")
    return value


def _defaults(field: Json) -> list[str]:
    chosen = [one["id"] for one in field.get("default_values") or ()]
    listed = field.get("options") or ()
    return chosen + [one["value"] for one in listed if one.get("default")]


def _count(field: Json, label: str, values: Sequence[Any], *, most: int) -> None:
    least = number(field, "min_values", 1) if field.get("required", True) else 0
    if not least <= len(values) <= most:
        raise CannotDo(f"{label!r} takes {least} to {most}, not {len(values)}")
    known = [one["value"] for one in field.get("options") or ()]
    if known and not set(values) <= set(known):
        raise CannotDo(f"{label!r} has {known}, not {values}")


def chosen_values(
    menu: Json, values: Sequence[Any], resolved: Resolved
) -> Sequence[str]:
    """Of a select, by value or label; of one of people, the accounts."""
    labels = {one["label"]: one["value"] for one in menu.get("options") or ()}
    wanted = [labels.get(one, one) if isinstance(one, str) else one for one in values]
    most = number(menu, "max_values", 1 if menu["type"] in SELECTS else len(labels))
    _count(menu, menu["custom_id"], wanted, most=most)
    return [resolved.value(one) for one in wanted]
