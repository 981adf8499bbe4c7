"""The JSON that an interaction arrives as."""

from tests.fakes.slack import wire
from tests.fakes.slack.errors import Json
from tests.fakes.slack.forms import Found
from tests.fakes.slack.state import State
from tests.fakes.slack.world import Account, Channel, Message, View, Workspace


def new_response_url(
    state: State, account: Account, channel: Channel, source: Message | None = None
) -> str:
    path = state.triggers.new_response(account, channel.workspace, channel.id, source)
    return f"{state.origin}/commands/{path}"


def command(
    state: State, account: Account, channel: Channel, name: str, text: str
) -> Json:
    workspace, application = channel.workspace, state.application
    return {
        "token": application.verification_token,
        "team_id": workspace.id,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": channel.name or "directmessage",
        "user_id": account.id,
        "user_name": account.name,
        "command": name,
        "text": text,
        "api_app_id": application.id,
        "is_enterprise_install": "false",
        "response_url": new_response_url(state, account, channel),
        "trigger_id": state.triggers.new(account, workspace),
    }


def interaction(
    state: State, account: Account, workspace: Workspace, kind: str
) -> Json:
    """What each of them has."""
    return {
        "type": kind,
        "user": {
            "id": account.id,
            "username": account.name,
            "name": account.name,
            "team_id": workspace.id,
        },
        "api_app_id": state.application.id,
        "token": state.application.verification_token,
        "trigger_id": state.triggers.new(account, workspace),
        "team": {"id": workspace.id, "domain": workspace.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def shortcut(
    state: State, account: Account, workspace: Workspace, callback_id: str
) -> Json:
    payload = interaction(state, account, workspace, "shortcut")
    return payload | {"callback_id": callback_id, "action_ts": state.new_ts()}


def message_shortcut(
    state: State, account: Account, callback_id: str, message: Message
) -> Json:
    channel = message.channel
    return interaction(state, account, channel.workspace, "message_action") | {
        "callback_id": callback_id,
        "action_ts": state.new_ts(),
        "message_ts": message.ts,
        "message": wire.message(message, state.origin),
        "channel": {"id": channel.id, "name": channel.name or "directmessage"},
        "response_url": new_response_url(state, account, channel, message),
    }


def action(
    state: State, account: Account, workspace: Workspace, found: Found, told: Json
) -> Json:
    payload = interaction(state, account, workspace, "block_actions")
    payload |= _where(state, workspace, found.where)
    if isinstance(found.where, Message):
        channel = found.where.channel
        payload["response_url"] = new_response_url(state, account, channel, found.where)
        payload["state"] = {"values": found.where.values}
    return payload | {"actions": [told | {"action_ts": state.new_ts()}]}


def suggestion(
    state: State, account: Account, workspace: Workspace, found: Found, typed: str
) -> Json:
    payload = interaction(state, account, workspace, "block_suggestion")
    # It gives no ticket for a view.
    del payload["trigger_id"]
    payload |= _where(state, workspace, found.where)
    return payload | {
        "action_id": found.element["action_id"],
        "block_id": found.block["block_id"],
        "value": typed,
    }


def _where(state: State, workspace: Workspace, where: View | Message) -> Json:
    """An ephemeral message does not come along, only where it was."""
    if isinstance(where, View):
        container: Json = {"type": "view", "view_id": where.id}
        return {"container": container, "view": wire.view(where, workspace)}
    ephemeral = where.only_for is not None
    channel = where.channel
    container = {
        "type": "message",
        "message_ts": where.ts,
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    if where.thread_ts:
        container["thread_ts"] = where.thread_ts
    told: Json = {
        "container": container,
        "channel": {"id": channel.id, "name": channel.name or "directmessage"},
    }
    if not ephemeral:
        told["message"] = wire.message(where, state.origin)
    return told


def submission(
    state: State, account: Account, workspace: Workspace, view: View
) -> Json:
    payload = interaction(state, account, workspace, "view_submission")
    return payload | {"view": wire.view(view, workspace), "response_urls": []}


def closing(
    state: State, account: Account, workspace: Workspace, view: View, *, cleared: bool
) -> Json:
    payload = interaction(state, account, workspace, "view_closed")
    del payload["trigger_id"]
    return payload | {"view": wire.view(view, workspace), "is_cleared": cleared}
