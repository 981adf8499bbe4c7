"""The things inside blocks that a person presses, chooses from or writes into."""

from typing import Any

from tests.fakes.slack.errors import Json, Problem, Problems
from tests.fakes.slack.kit.rules import (
    Rule,
    anything,
    fields,
    items,
    number,
    one_of,
    plain,
    shape,
    string,
    text,
)

SELECTS = frozenset(
    f"{many}{source}_select"
    for many in ("", "multi_")
    for source in ("static", "external", "users", "conversations", "channels")
)
CHOICES = frozenset({"checkboxes", "radio_buttons"})
PICKERS = frozenset({"datepicker", "timepicker", "datetimepicker"})
WRITTEN = frozenset(
    {
        "plain_text_input",
        "number_input",
        "email_text_input",
        "url_text_input",
        "rich_text_input",
    }
)

IN_SECTION = (
    SELECTS
    | CHOICES
    | PICKERS - {"datetimepicker"}
    | {
        "button",
        "overflow",
        "image",
    }
)
IN_ACTIONS = SELECTS | CHOICES | PICKERS | {"button", "overflow"}
IN_INPUT = SELECTS | CHOICES | PICKERS | WRITTEN | {"file_input"}

SOURCES: dict[str, str] = {
    "static": "options option_groups",
    "external": "min_query_length",
    "users": "",
    "conversations": "default_to_current_conversation response_url_enabled filter",
    "channels": "response_url_enabled",
}
_WRITTEN = "initial_value placeholder dispatch_action_config"
OPTIONAL: dict[str, str] = {
    "button": "value url style confirm accessibility_label",
    "overflow": "confirm",
    "image": "image_url slack_file",
    "checkboxes": "initial_options confirm",
    "radio_buttons": "initial_option confirm",
    "datepicker": "initial_date confirm placeholder",
    "timepicker": "initial_time confirm placeholder timezone",
    "datetimepicker": "initial_date_time confirm",
    "plain_text_input": f"{_WRITTEN} multiline min_length max_length",
    "number_input": f"{_WRITTEN} min_value max_value",
    "email_text_input": _WRITTEN,
    "url_text_input": _WRITTEN,
    "rich_text_input": _WRITTEN,
    "file_input": "filetypes max_files",
}
REQUIRED: dict[str, tuple[str, ...]] = {
    "button": ("text",),
    "overflow": ("options",),
    "checkboxes": ("options",),
    "radio_buttons": ("options",),
    "image": ("alt_text",),
    "number_input": ("is_decimal_allowed",),
}


def confirmation(pointer: str, value: Any) -> Problems:
    yield from shape(
        pointer,
        value,
        required=("title", "text", "confirm", "deny"),
        optional=["style"],
    )
    if isinstance(value, dict):
        rules = {
            part: plain(f"confirmation.{part}") for part in value if part != "text"
        }
        rules |= {"text": text("confirmation.text")}
        rules |= {"style": one_of("primary", "danger")}
        yield from fields(pointer, value, rules)


def option(*, mrkdwn: bool) -> Rule:
    """Checkboxes and radio buttons show mrkdwn; menus do not."""

    def rule(pointer: str, value: Any) -> Problems:
        yield from shape(
            pointer,
            value,
            required=("text", "value"),
            optional=("description", "url"),
        )
        if isinstance(value, dict):
            rules: dict[str, Rule] = {
                "text": text("option.text", plain=not mrkdwn),
                "value": string("option.value"),
                "description": text("option.description", plain=not mrkdwn),
                "url": string("option.url"),
            }
            yield from fields(pointer, value, rules)

    return rule


def option_group(pointer: str, value: Any) -> Problems:
    yield from shape(pointer, value, required=("label", "options"))
    if isinstance(value, dict):
        rules = {
            "label": plain("option_group.label"),
            "options": items("option_group.options", option(mrkdwn=False)),
        }
        yield from fields(pointer, value, rules)


def element(pointer: str, value: Any, allowed: frozenset[str]) -> Problems:
    kind = value.get("type") if isinstance(value, dict) else None
    if kind not in allowed:
        yield Problem(pointer=pointer, text=f"unsupported type: {kind}")
        return
    yield from shape(
        pointer, value, required=REQUIRED.get(kind, ()), optional=_optional(kind)
    )
    yield from fields(pointer, value, _rules(kind))
    if kind in CHOICES | {"static_select", "multi_static_select"}:
        yield from _choice(pointer, value)


def _optional(kind: str) -> list[str]:
    if kind == "image":
        return OPTIONAL[kind].split()
    shared = ["action_id", "focus_on_load"]
    if kind not in SELECTS:
        return [*shared, *OPTIONAL.get(kind, "").split()]
    source = kind.removeprefix("multi_").removesuffix("_select")
    own = [*SOURCES[source].split(), "placeholder", "confirm"]
    chosen = {"static": "option", "external": "option"}.get(source, source.rstrip("s"))
    if kind.startswith("multi_"):
        return [*shared, *own, "max_selected_items", f"initial_{chosen}s"]
    return [*shared, *own, f"initial_{chosen}"]


def _rules(kind: str) -> dict[str, Rule]:
    group = kind if kind in CHOICES | {"overflow"} else "select"
    return {
        "action_id": string("action_id"),
        "confirm": confirmation,
        "placeholder": plain("select.placeholder"),
        "options": items(f"{group}.options", option(mrkdwn=kind in CHOICES)),
        "option_groups": items("select.option_groups", option_group),
        "style": one_of("primary", "danger"),
        "max_length": number("plain_text_input.max_length"),
        "max_files": number("file_input.max_files"),
        "alt_text": string("image.alt_text"),
        "image_url": string("image.image_url"),
    } | (_button() if kind == "button" else {"text": anything})


def _button() -> dict[str, Rule]:
    return {
        "text": plain("button.text"),
        "value": string("button.value"),
        "url": string("button.url"),
        "accessibility_label": string("button.accessibility_label"),
    }


def offered(value: Json) -> list[Json]:
    """The options of a menu, whether in groups or not."""
    groups = [group.get("options", []) for group in value.get("option_groups") or []]
    found = [*(value.get("options") or []), *(one for group in groups for one in group)]
    return [one for one in found if isinstance(one, dict)]


def _choice(pointer: str, value: Json) -> Problems:
    options = offered(value)
    if not options:
        yield Problem(pointer=pointer, text="missing required field: options")
    values = [one.get("value") for one in options]
    if len(values) != len(set(values)):
        yield Problem(pointer=f"{pointer}/options", text="duplicate option values")
    single = value.get("initial_option")
    for initial in [single] if single else value.get("initial_options") or []:
        if initial not in options:
            text = "initial option is not among the options"
            yield Problem(pointer=pointer, text=text)
