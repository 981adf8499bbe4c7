"""Routes of the application itself and of its commands."""

from copy import deepcopy
from typing import Any

from tests.fakes.discord.command_rules import command_problems, list_problems
from tests.fakes.discord.errors import Json, Refused, refuse
from tests.fakes.discord.request import Request, Row
from tests.fakes.discord.state import State
from tests.fakes.discord.wire import account_json

GLOBAL = "/applications/{application_id}/commands"
LOCAL = "/applications/{application_id}/guilds/{guild_id}/commands"


def me(state: State, request: Request) -> Any:
    own = {"mfa_enabled": True, "locale": "en-US", "verified": True, "email": None}
    return account_json(state.application) | own


def application(state: State, request: Request) -> Any:
    name = state.application.name
    return {
        "id": state.application.id,
        "name": name,
        "icon": None,
        "description": "",
        "summary": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": state.verify_key,
        "flags": 0,
        "owner": account_json(state.application),
        "bot": account_json(state.application),
        "team": None,
        "rpc_origins": [],
        "hook": True,
    }


def _list(state: State, request: Request) -> dict[str, Json]:
    """Of the server named, or the global one."""
    if request.params["application_id"] != state.application.id:
        raise Refused(50001)
    server_id = request.params.get("guild_id", "")
    if server_id:
        state.server(server_id)
    return state.commands.setdefault(server_id, {})


def read(state: State, request: Request) -> Any:
    listed = list(_list(state, request).values())
    if request.query.get("with_localizations", "").lower() == "true":
        return listed
    return [_localised(one) for one in listed]


def _localised(command: Json) -> Json:
    body = deepcopy(command)
    body.pop("name_localizations", None)
    body.pop("description_localizations", None)
    return body


def replace(state: State, request: Request) -> Any:
    refuse(list_problems(request.body))
    listed = _list(state, request)
    known = {(one["type"], one["name"]): one["id"] for one in listed.values()}
    listed.clear()
    for body in request.body:
        number = known.get((body.get("type", 1), body["name"]))
        _store(state, request, listed, body, number)
    state.syncs += 1
    state.changed()
    return list(listed.values())


def create(state: State, request: Request) -> Any:
    listed = _list(state, request)
    body = request.body
    same = [
        one
        for one in listed.values()
        if (one["type"], one["name"]) == (body.get("type", 1), body.get("name"))
    ]
    refuse(list_problems([*(one for one in listed.values() if one not in same), body]))
    made = _store(state, request, listed, body, same[0]["id"] if same else None)
    state.syncs += 1
    state.changed()
    return made


def change(state: State, request: Request) -> Any:
    listed = _list(state, request)
    before = listed.get(request.params["command_id"])
    if before is None:
        raise Refused(10063)
    after = before | request.body
    refuse(command_problems(after))
    listed[before["id"]] = after | {"version": state.new_id()}
    state.syncs += 1
    state.changed()
    return listed[before["id"]]


def delete(state: State, request: Request) -> None:
    if _list(state, request).pop(request.params["command_id"], None) is None:
        raise Refused(10063)
    state.syncs += 1
    state.changed()


def read_one(state: State, request: Request) -> Any:
    command = _list(state, request).get(request.params["command_id"])
    if command is None:
        raise Refused(10063)
    return command


def _store(
    state: State,
    request: Request,
    listed: dict[str, Json],
    body: Json,
    number: str | None,
) -> Json:
    made = {
        "id": number or state.new_id(),
        "application_id": state.application.id,
        "version": state.new_id(),
        "type": 1,
        "description": "",
        "name_localizations": None,
        "description_localizations": None,
        "default_member_permissions": None,
        "dm_permission": True,
        "nsfw": False,
        "integration_types": [0],
        "contexts": None,
        **deepcopy(body),
    }
    needed = made["default_member_permissions"]
    made["default_member_permissions"] = None if needed is None else str(needed)
    if "guild_id" in request.params:
        made["guild_id"] = request.params["guild_id"]
    listed[made["id"]] = made
    return made


ROUTES = (
    Row(method="GET", template="/users/@me", handler=me),
    Row(method="GET", template="/applications/@me", handler=application),
    Row(method="GET", template="/oauth2/applications/@me", handler=application),
    *(
        row
        for place in (GLOBAL, LOCAL)
        for row in (
            Row(method="GET", template=place, handler=read),
            Row(method="PUT", template=place, handler=replace),
            Row(method="POST", template=place, handler=create),
            Row(method="GET", template=f"{place}/{{command_id}}", handler=read_one),
            Row(method="PATCH", template=f"{place}/{{command_id}}", handler=change),
            Row(method="DELETE", template=f"{place}/{{command_id}}", handler=delete),
        )
    ),
)
