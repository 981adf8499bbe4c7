"""Routes by an interaction's token: after the answer, for fifteen minutes."""

from collections.abc import Iterator
from typing import Any

from tests.fakes.discord import compose
from tests.fakes.discord.answers import posted
from tests.fakes.discord.errors import Json, Refused
from tests.fakes.discord.interaction import Interaction
from tests.fakes.discord.request import Request, Row
from tests.fakes.discord.state import State
from tests.fakes.discord.wire import message_json
from tests.fakes.discord.world import EPHEMERAL, Message

TOKEN = "/webhooks/{webhook_id}/{webhook_token}"
ORIGINAL = f"{TOKEN}/messages/@original"
FOLLOWUP = f"{TOKEN}/messages/{{message_id}}"


def _by_token(state: State, request: Request) -> Interaction:
    """:raises Refused: no such token, none answered yet, or over after 15 minutes."""
    token = request.params["webhook_token"]
    for interaction in _with_token(state, token):
        if interaction.answer is None:
            state.violate("followed up before the answer", request.where)
            break
        if interaction.expired(state.clock()):
            raise Refused(50027)
        return interaction
    raise Refused(10015)


def _with_token(state: State, token: str) -> Iterator[Interaction]:
    # A token begins with its interaction's number.
    interaction = state.interactions.get(token.partition(".")[0])
    if interaction is not None and interaction.token == token:
        yield interaction


def follow_up(state: State, request: Request) -> Any:
    interaction = _by_token(state, request)
    body = request.body or {}
    if interaction.loading and interaction.original is not None:
        # The first one takes the place of "is thinking", and with it who sees it.
        return _first(state, request, interaction, interaction.original, body)
    message = compose.draft(
        state,
        body,
        request.files,
        channel=interaction.channel,
        where=request.where,
    )
    interaction.followups.append(posted(state, interaction, message))
    interaction.bell.ring()
    return message_json(message)


def _first(
    state: State,
    request: Request,
    interaction: Interaction,
    original: Message,
    body: Json,
) -> Any:
    if (body.get("flags") or 0) & EPHEMERAL != original.flags & EPHEMERAL:
        state.violate("ephemeral changed after the defer", request.where)
        body = {**body, "flags": (body.get("flags") or 0) & ~EPHEMERAL}
    return _edited(state, request, interaction, original, body)


def _original(state: State, request: Request) -> tuple[Interaction, Message]:
    interaction = _by_token(state, request)
    if interaction.original is None or interaction.original.deleted:
        raise Refused(10008)
    return interaction, interaction.original


def read_original(state: State, request: Request) -> Any:
    return message_json(_original(state, request)[1])


def edit_original(state: State, request: Request) -> Any:
    interaction, message = _original(state, request)
    return _edited(state, request, interaction, message, request.body or {})


def _edited(
    state: State,
    request: Request,
    interaction: Interaction,
    message: Message,
    body: Json,
) -> Any:
    compose.change(state, message, body, request.files, where=request.where)
    if message is interaction.original:
        interaction.loading = False
        interaction.updated = True
    compose.tell_change(state, message)
    interaction.bell.ring()
    return message_json(message)


def delete_original(state: State, request: Request) -> None:
    interaction, message = _original(state, request)
    interaction.loading = False
    compose.remove(state, message)
    interaction.bell.ring()


def _followup(state: State, request: Request) -> tuple[Interaction, Message]:
    interaction = _by_token(state, request)
    for message in (interaction.original, *interaction.followups):
        if message and message.id == request.params["message_id"]:
            if message.deleted:
                break
            return interaction, message
    raise Refused(10008)


def read_followup(state: State, request: Request) -> Any:
    return message_json(_followup(state, request)[1])


def edit_followup(state: State, request: Request) -> Any:
    interaction, message = _followup(state, request)
    return _edited(state, request, interaction, message, request.body or {})


def delete_followup(state: State, request: Request) -> None:
    compose.remove(state, _followup(state, request)[1])


ROUTES = tuple(
    Row(method=method, template=template, handler=handler, by_token=True)
    for method, template, handler in (
        ("POST", TOKEN, follow_up),
        ("GET", ORIGINAL, read_original),
        ("PATCH", ORIGINAL, edit_original),
        ("DELETE", ORIGINAL, delete_original),
        ("GET", FOLLOWUP, read_followup),
        ("PATCH", FOLLOWUP, edit_followup),
        ("DELETE", FOLLOWUP, delete_followup),
    )
)
