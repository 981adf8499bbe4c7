"""What components a message or a modal may be made of, and how many."""

from collections.abc import Iterator, Sequence
from enum import IntEnum

from tests.fakes.discord import limits
from tests.fakes.discord.errors import Json, Path, Problem
from tests.fakes.discord.limits import length, number, problem, required


class Kind(IntEnum):
    ROW = 1
    BUTTON = 2
    SELECT = 3
    INPUT = 4
    USERS = 5
    ROLES = 6
    MENTIONABLES = 7
    CHANNELS = 8
    SECTION = 9
    TEXT = 10
    THUMBNAIL = 11
    GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18
    UPLOAD = 19
    RADIOS = 21
    CHECKBOXES = 22
    CHECKBOX = 23


SELECTS = {Kind.SELECT, Kind.USERS, Kind.ROLES, Kind.MENTIONABLES, Kind.CHANNELS}
TOP_LEVEL_V2 = {
    Kind.ROW,
    Kind.SECTION,
    Kind.TEXT,
    Kind.GALLERY,
    Kind.FILE,
    Kind.SEPARATOR,
    Kind.CONTAINER,
}
IN_LABEL = {
    *SELECTS,
    Kind.INPUT,
    Kind.UPLOAD,
    Kind.RADIOS,
    Kind.CHECKBOXES,
    Kind.CHECKBOX,
}
LINK, PREMIUM = 5, 6


def walk(components: Sequence[Json], path: Path) -> Iterator[tuple[Json, Path]]:
    """Each component with its path, those within others too."""
    for index, component in enumerate(components):
        yield from _within(component, (*path, index))


def _within(component: Json, path: Path) -> Iterator[tuple[Json, Path]]:
    yield component, path
    yield from walk(component.get("components") or (), (*path, "components"))
    for single in ("accessory", "component"):
        if component.get(single):
            yield from _within(component[single], (*path, single))


def message_components(
    components: Sequence[Json], *, v2: bool, path: Path = ("components",)
) -> Iterator[Problem]:
    everything = list(walk(components, path))
    allowed = TOP_LEVEL_V2 if v2 else {Kind.ROW}
    for index, component in enumerate(components):
        yield from _one_of(component, allowed, (*path, index))
    if v2:
        yield from _v2_sums(everything, path)
    else:
        yield from length(components, limits.ROWS, path)
    for component, where in everything:
        yield from _component(component, where)
    yield from unique_ids(everything)


def _v2_sums(everything: Sequence[tuple[Json, Path]], path: Path) -> Iterator[Problem]:
    if len(everything) > limits.V2_COMPONENTS:
        told = f"{len(everything)} components, at most {limits.V2_COMPONENTS}"
        yield problem(path, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", told)
    text = sum(len(one.get("content") or "") for one, _ in everything)
    if text > limits.V2_TEXT:
        told = f"{text} characters of text, at most {limits.V2_TEXT}"
        yield problem(path, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", told)


def unique_ids(everything: Sequence[tuple[Json, Path]]) -> Iterator[Problem]:
    for name in ("custom_id", "id"):
        seen: set[object] = set()
        for component, where in everything:
            # An `id` of 0 asks for a number.
            given = component.get(name)
            if given in seen:
                code = f"COMPONENT_{name.upper()}_DUPLICATED"
                yield problem((*where, name), code, f"{given!r} is there already")
            seen |= {given} if given else set()


def _one_of(component: Json, allowed: set[Kind], path: Path) -> Iterator[Problem]:
    if component.get("type") not in allowed:
        names = ", ".join(sorted(kind.name.lower() for kind in allowed))
        told = f"type {component.get('type')} where only {names} may be"
        yield problem((*path, "type"), "UNION_TYPE_CHOICES", told)


def _component(component: Json, path: Path) -> Iterator[Problem]:
    match component.get("type"):
        case Kind.ROW:
            yield from _row(component, path)
        case Kind.BUTTON:
            yield from _button(component, path)
        case kind if kind in SELECTS:
            yield from select(component, path)
        case Kind.SECTION:
            yield from _section(component, path)
        case Kind.TEXT:
            content = component.get("content")
            yield from length(content, limits.V2_TEXT, (*path, "content"), least=1)
        case Kind.THUMBNAIL:
            yield from _alt_text(component, path)
        case Kind.GALLERY:
            yield from _gallery(component, path)
        case Kind.CONTAINER:
            inner = (*path, "components")
            yield from length(component.get("components", ()), 40, inner, least=1)
            for index, one in enumerate(component.get("components", ())):
                yield from _one_of(
                    one, TOP_LEVEL_V2 - {Kind.CONTAINER}, (*inner, index)
                )


def _row(row: Json, path: Path) -> Iterator[Problem]:
    inner = row.get("components") or []
    path = (*path, "components")
    yield from length(inner, limits.BUTTONS_IN_ROW, path, least=1)
    for index, one in enumerate(inner):
        yield from _one_of(one, {Kind.BUTTON, *SELECTS}, (*path, index))
    if len(inner) > 1 and any(one.get("type") in SELECTS for one in inner):
        told = "a select has its row for itself"
        yield problem(path, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", told)


def _button(button: Json, path: Path) -> Iterator[Problem]:
    yield from length(button.get("label"), limits.BUTTON_LABEL, (*path, "label"))
    yield from _custom_id(button, path)
    yield from length(button.get("url"), limits.URL, (*path, "url"))
    style = button.get("style")
    if style == LINK:
        yield from required(button, "url", path)
        if button.get("custom_id"):
            yield problem(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_EXCLUSIVE", "both")
    elif style != PREMIUM:
        yield from required(button, "custom_id", path)
        if button.get("url"):
            yield problem(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_EXCLUSIVE", "both")
    if style != PREMIUM and not button.get("label") and not button.get("emoji"):
        yield problem(path, "BUTTON_COMPONENT_EMPTY", "neither a label nor an emoji")


def _custom_id(component: Json, path: Path) -> Iterator[Problem]:
    where = (*path, "custom_id")
    yield from length(component.get("custom_id"), limits.CUSTOM_ID, where, least=1)


def select(menu: Json, path: Path) -> Iterator[Problem]:
    yield from required(menu, "custom_id", path)
    yield from _custom_id(menu, path)
    placeholder = (*path, "placeholder")
    yield from length(menu.get("placeholder"), limits.PLACEHOLDER, placeholder)
    if menu.get("type") == Kind.SELECT:
        yield from options(menu, path, least=1, most=limits.OPTIONS)
    least, most = number(menu, "min_values", 1), number(menu, "max_values", 1)
    count = len(menu.get("options") or ()) or limits.OPTIONS
    if not 0 <= least <= most <= count:
        told = f"{least} to {most} values of {count}"
        yield problem((*path, "max_values"), "SELECT_COMPONENT_VALUES_COUNT", told)


def options(component: Json, path: Path, *, least: int, most: int) -> Iterator[Problem]:
    listed = component.get("options") or []
    path = (*path, "options")
    yield from length(listed, most, path, least=least)
    for index, one in enumerate(listed):
        label, value = one.get("label"), one.get("value")
        where = (*path, index)
        yield from length(label, limits.OPTION_LABEL, (*where, "label"), least=1)
        yield from length(value, limits.OPTION_VALUE, (*where, "value"), least=1)
        about = one.get("description")
        yield from length(about, limits.OPTION_DESCRIPTION, (*where, "description"))
    values = [one.get("value") for one in listed]
    if len(set(values)) < len(values):
        told = "The specified option value is already used"
        yield problem(path, "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", told)


def _section(section: Json, path: Path) -> Iterator[Problem]:
    texts = section.get("components") or []
    inner = (*path, "components")
    yield from length(texts, limits.SECTION_TEXTS, inner, least=1)
    for index, one in enumerate(texts):
        yield from _one_of(one, {Kind.TEXT}, (*inner, index))
    yield from required(section, "accessory", path)
    if section.get("accessory"):
        allowed = {Kind.BUTTON, Kind.THUMBNAIL}
        yield from _one_of(section["accessory"], allowed, (*path, "accessory"))


def _gallery(gallery: Json, path: Path) -> Iterator[Problem]:
    items = gallery.get("items") or []
    yield from length(items, limits.GALLERY_ITEMS, (*path, "items"), least=1)
    for index, item in enumerate(items):
        yield from _alt_text(item, (*path, "items", index))


def _alt_text(media: Json, path: Path) -> Iterator[Problem]:
    told = media.get("description")
    yield from length(told, limits.ALT_TEXT, (*path, "description"))
