"""What a modal may be made of."""

from collections.abc import Iterator

from tests.fakes.discord import component_rules, limits
from tests.fakes.discord.component_rules import IN_LABEL, Kind, unique_ids, walk
from tests.fakes.discord.errors import Json, Path, Problem
from tests.fakes.discord.limits import length, number, problem, required


def modal_problems(modal: Json, path: Path = ("data",)) -> Iterator[Problem]:
    yield from required(modal, "custom_id", path)
    custom_id = modal.get("custom_id")
    yield from length(custom_id, limits.CUSTOM_ID, (*path, "custom_id"))
    title = modal.get("title") or ""
    yield from length(title, limits.MODAL_TITLE, (*path, "title"), least=1)
    components = modal.get("components") or []
    inner = (*path, "components")
    yield from length(components, limits.MODAL_COMPONENTS, inner, least=1)
    for index, component in enumerate(components):
        yield from _top_level(component, (*inner, index))
    yield from unique_ids(list(walk(components, inner)))


def _top_level(component: Json, path: Path) -> Iterator[Problem]:
    match component.get("type"):
        case Kind.LABEL:
            yield from _label(component, path)
        case Kind.TEXT:
            pass
        case Kind.ROW:
            for index, one in enumerate(component.get("components") or ()):
                where = (*path, "components", index)
                yield from length(one.get("label"), limits.LABEL, (*where, "label"))
                yield from _input(one, where)
        case other:
            yield problem((*path, "type"), "UNION_TYPE_CHOICES", f"type {other}")


def _label(label: Json, path: Path) -> Iterator[Problem]:
    text, about = label.get("label") or "", label.get("description")
    yield from length(text, limits.LABEL, (*path, "label"), least=1)
    yield from length(about, limits.LABEL_DESCRIPTION, (*path, "description"), least=1)
    component, path = label.get("component") or {}, (*path, "component")
    kind = component.get("type")
    if kind not in IN_LABEL:
        yield problem((*path, "type"), "UNION_TYPE_CHOICES", f"type {kind} in a label")
        return
    yield from required(component, "custom_id", path)
    custom_id = component.get("custom_id")
    yield from length(custom_id, limits.CUSTOM_ID, (*path, "custom_id"))
    match kind:
        case Kind.INPUT:
            yield from _input(component, path)
        case Kind.RADIOS:
            yield from component_rules.options(component, path, least=2, most=10)
        case Kind.CHECKBOXES:
            yield from component_rules.options(component, path, least=1, most=10)
        case Kind.UPLOAD:
            yield from _upload(component, path)
        case Kind.CHECKBOX:
            pass
        case _:
            yield from component_rules.select(component, path)


def _input(field: Json, path: Path) -> Iterator[Problem]:
    if field.get("type") != Kind.INPUT:
        told = f"type {field.get('type')} where a text input must be"
        yield problem((*path, "type"), "UNION_TYPE_CHOICES", told)
    least = number(field, "min_length", 0)
    most = number(field, "max_length", limits.INPUT)
    if not 0 <= least <= most <= limits.INPUT:
        told = f"{least} to {most} characters, at most {limits.INPUT}"
        yield problem((*path, "max_length"), "NUMBER_TYPE_MAX", told)
    yield from length(field.get("value"), most, (*path, "value"))
    hint = field.get("placeholder")
    yield from length(hint, limits.INPUT_PLACEHOLDER, (*path, "placeholder"))


def _upload(field: Json, path: Path) -> Iterator[Problem]:
    least, most = number(field, "min_values", 1), number(field, "max_values", 1)
    if not 0 <= least <= most <= limits.FILES:
        told = f"{least} to {most} files"
        yield problem((*path, "max_values"), "NUMBER_TYPE_MAX", told)
