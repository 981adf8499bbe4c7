"""Views in a person's hands: made, changed, closed, and what is written in them."""

from tests.fakes.slack.errors import Json, Refused
from tests.fakes.slack.kit.blocks import elements
from tests.fakes.slack.kit.limits import STACK
from tests.fakes.slack.posting import with_ids
from tests.fakes.slack.screen import Kind, Sight
from tests.fakes.slack.state import State
from tests.fakes.slack.world import Account, View, Workspace


def new_view(
    state: State,
    workspace: Workspace,
    account: Account,
    definition: Json,
    previous: View | None = None,
) -> View:
    view = View(
        id=state.new_id("V"),
        owner=account,
        definition=definition | {"blocks": with_ids(state, definition["blocks"])},
        hash=state.new_id("h"),
        previous=previous,
    )
    if definition["type"] == "modal":
        workspace.modals[view.id] = view
    view.values = initial_values(view.blocks)
    return view


def push_view(
    state: State, workspace: Workspace, account: Account, definition: Json
) -> View:
    """:raises Refused: nothing is open, or too much."""
    stack = state.screen(account).stack
    if not stack:
        raise Refused("not_found")
    if len(stack) == STACK:
        raise Refused("push_limit_reached")
    view = new_view(state, workspace, account, definition, previous=stack[-1])
    stack.append(view)
    return view


def replace_view(state: State, view: View, definition: Json) -> None:
    """What was written stays where both ids do."""
    blocks = with_ids(state, definition["blocks"])
    view.definition = definition | {"blocks": blocks}
    view.hash = state.new_id("h")
    kept, view.values = view.values, initial_values(blocks)
    for block_id, actions in view.values.items():
        for action_id in actions:
            if old := kept.get(block_id, {}).get(action_id):
                actions[action_id] = old


def close(state: State, workspace: Workspace, view: View) -> None:
    stack = state.screen(view.owner).stack
    if view in stack:
        stack.remove(view)
    workspace.modals.pop(view.id, None)


def shown(state: State, workspace: Workspace, view: View, kind: Kind) -> None:
    text = state.plain_view(view, workspace)
    state.show(view.owner, Sight(kind=kind, text=text, view=view))


INITIAL = {
    "initial_value": "value",
    "initial_option": "selected_option",
    "initial_options": "selected_options",
    "initial_date": "selected_date",
    "initial_time": "selected_time",
    "initial_user": "selected_user",
    "initial_conversation": "selected_conversation",
    "initial_channel": "selected_channel",
}


def initial_values(blocks: list[Json]) -> dict[str, Json]:
    """What Slack reports before anything is written: every field, most empty."""
    values: dict[str, Json] = {}
    for _, block, element in elements(blocks):
        if element["type"] in ("button", "overflow", "image"):
            continue
        answer: Json = {"type": element["type"]}
        answer[holder(element["type"])] = [] if holds_many(element["type"]) else None
        for name, held in INITIAL.items():
            if name in element:
                answer[held] = element[name]
        values.setdefault(block["block_id"], {})[element["action_id"]] = answer
    return values


def holds_many(kind: str) -> bool:
    return kind.startswith("multi_") or kind in ("checkboxes", "file_input")


def holder(kind: str) -> str:
    """The key under which an element of that type reports its value."""
    if kind == "file_input":
        return "files"
    if kind.endswith("_input"):
        return "value" if kind != "rich_text_input" else "rich_text_value"
    if kind in ("checkboxes", "radio_buttons"):
        return "selected_options" if kind == "checkboxes" else "selected_option"
    if kind.endswith("picker"):
        return "selected_" + {"datetimepicker": "date_time"}.get(kind, kind[:4])
    source = kind.removeprefix("multi_").removesuffix("_select")
    source = {"static": "option", "external": "option"}.get(source, source.rstrip("s"))
    return f"selected_{source}" + ("s" if kind.startswith("multi_") else "")
