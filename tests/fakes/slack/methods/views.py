"""`views.*`: modals, one upon another, and the App Home."""

from tests.fakes.slack import wire
from tests.fakes.slack.errors import Json, Refused
from tests.fakes.slack.methods.request import Handler, Request
from tests.fakes.slack.modals import new_view, push_view, replace_view, shown
from tests.fakes.slack.outgoing import check_view
from tests.fakes.slack.world import View


def open_(request: Request) -> Json:
    definition = _modal(request)
    trigger = request.state.triggers.exchange(request.text("trigger_id"))
    screen = request.state.screen(trigger.account)
    view = new_view(request.state, request.workspace, trigger.account, definition)
    screen.stack[:] = [view]
    return _opened(request, view)


def push(request: Request) -> Json:
    definition = _modal(request)
    trigger = request.state.triggers.exchange(request.text("trigger_id"))
    view = push_view(request.state, request.workspace, trigger.account, definition)
    return _opened(request, view)


def update(request: Request) -> Json:
    view = _known(request)
    if request.text("hash") not in ("", view.hash):
        raise Refused("hash_conflict")
    definition = _modal(request, instead_of=view)
    replace_view(request.state, view, definition)
    return _opened(request, view)


def publish(request: Request) -> Json:
    if not request.state.application.home:
        raise Refused("not_enabled")
    account, definition = request.account("user_id"), request.arguments["view"]
    check_view(request.state, request.method.name, definition)
    if definition["type"] != "home":
        raise Refused("invalid_arguments", ["must be one of home"])
    old = request.workspace.homes.get(account.id)
    if old and request.text("hash") not in ("", old.hash):
        raise Refused("hash_conflict")
    view = new_view(request.state, request.workspace, account, definition)
    request.workspace.homes[account.id] = view
    shown(request.state, request.workspace, view, "home")
    return {"view": wire.view(view, request.workspace)}


def _modal(request: Request, instead_of: View | None = None) -> Json:
    definition: Json = request.arguments["view"]
    check_view(request.state, request.method.name, definition)
    if definition["type"] != "modal":
        raise Refused("invalid_arguments", ["must be one of modal"])
    name = definition.get("external_id")
    for other in request.workspace.modals.values():
        if (
            name
            and other is not instead_of
            and name == other.definition.get("external_id")
        ):
            raise Refused("duplicate_external_id")
    return definition


def _known(request: Request) -> View:
    modals = request.workspace.modals
    if view := modals.get(request.text("view_id")):
        return view
    name = request.text("external_id")
    for view in modals.values():
        if name and view.definition.get("external_id") == name:
            return view
    raise Refused("not_found")


def _opened(request: Request, view: View) -> Json:
    shown(request.state, request.workspace, view, "view")
    return {"view": wire.view(view, request.workspace)}


METHODS: dict[str, Handler] = {
    "views.open": open_,
    "views.push": push,
    "views.update": update,
    "views.publish": publish,
}
