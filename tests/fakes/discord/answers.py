"""How an application answers an interaction: once, in time, and as it may."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.fakes.discord import compose, limits
from tests.fakes.discord.command_rules import choice_problems
from tests.fakes.discord.errors import Json, Problem, Refused, refuse
from tests.fakes.discord.interaction import Answered, Asked, Interaction
from tests.fakes.discord.limits import length, problem
from tests.fakes.discord.modal_rules import modal_problems
from tests.fakes.discord.request import Request, Row
from tests.fakes.discord.state import State
from tests.fakes.discord.wire import message_json
from tests.fakes.discord.world import EPHEMERAL, LOADING, File, Message

CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"

MESSAGES = {Answered.MESSAGE, Answered.DEFERRED_MESSAGE}
UPDATES = {Answered.DEFERRED_UPDATE, Answered.UPDATE}


def allowed(interaction: Interaction) -> set[Answered]:
    match interaction.type:
        case Asked.AUTOCOMPLETE:
            return {Answered.CHOICES}
        case Asked.COMMAND:
            return MESSAGES | {Answered.MODAL}
        case Asked.COMPONENT:
            return MESSAGES | UPDATES | {Answered.MODAL}
        case Asked.MODAL:
            return MESSAGES | UPDATES if interaction.source else MESSAGES
        case _:
            return {Answered.PONG}


def callback(state: State, request: Request) -> Any:
    interaction = state.interactions.get(request.params["interaction_id"])
    if (
        interaction is None
        or interaction.token != request.params["interaction_token"]
        or (interaction.late(state.clock()) and interaction.answer is None)
    ):
        raise Refused(10062)
    answer(state, interaction, request.body, request.files, where=request.where)
    if request.query.get("with_response", "") not in ("1", "true"):
        return None
    return _told(interaction)


def answer(
    state: State,
    interaction: Interaction,
    body: Json,
    files: Mapping[int, File],
    *,
    where: str,
) -> None:
    """The first answer, by callback or in the reply to Discord's own request.

    :raises Refused: a second one, or one that this interaction cannot have.
    """
    if interaction.answer is not None:
        state.violate("answered twice", where, interaction.data)
        raise Refused(40060)
    kind = body.get("type")
    if kind not in allowed(interaction):
        names = ", ".join(sorted(one.name.lower() for one in allowed(interaction)))
        told = f"type {kind} answers no {interaction.type.name.lower()}, only {names}"
        code = "INTERACTION_RESPONSE_TYPE_INVALID"
        raise Refused(50035, [Problem(path=("type",), code=code, message=told)])
    data = body.get("data") or {}
    ACTIONS[Answered(kind)](state, interaction, data, files, where)
    interaction.answer = Answered(kind)
    interaction.bell.ring()
    state.changed()


def _message(
    state: State, interaction: Interaction, data: Json, files: Any, where: str
) -> None:
    channel = interaction.channel
    message = compose.draft(
        state, data, files, channel=channel, where=where, path=("data",)
    )
    interaction.original = posted(state, interaction, message)


def posted(state: State, interaction: Interaction, message: Message) -> Message:
    message.interaction_id = interaction.id
    message.interaction_owner = interaction.person
    return compose.post(state, message, seen_by=interaction.person)


def _defer(
    state: State, interaction: Interaction, data: Json, files: Any, where: str
) -> None:
    flags = data.get("flags") or 0
    if flags & ~EPHEMERAL or data.keys() - {"flags"}:
        state.violate("a defer can only be ephemeral", where, data)
    message = Message(
        id=state.new_id(),
        channel=interaction.channel,
        author=state.application,
        created_at=state.clock(),
        flags=flags & EPHEMERAL | LOADING,
    )
    interaction.original = posted(state, interaction, message)
    interaction.loading = True


def _defer_update(
    state: State, interaction: Interaction, data: Json, files: Any, where: str
) -> None:
    if data:
        state.violate("a deferred update holds nothing", where, data)
    interaction.original = interaction.source


def _update(
    state: State, interaction: Interaction, data: Json, files: Any, where: str
) -> None:
    assert interaction.source is not None
    compose.change(state, interaction.source, data, files, where=where)
    compose.tell_change(state, interaction.source)
    interaction.original = interaction.source
    interaction.updated = True


def _choices(
    state: State, interaction: Interaction, data: Json, files: Any, where: str
) -> None:
    choices = data.get("choices") or []
    path = ("data", "choices")
    refuse([*length(choices, limits.CHOICES, path), *choice_problems(choices, path)])
    refuse(_typed(interaction, choices))
    interaction.choices = choices


def _typed(interaction: Interaction, choices: list[Json]) -> Iterator[Problem]:
    """A string option takes strings, an integer option integers."""
    kind = focused(interaction.data["options"])["type"]
    wanted = {3: str, 4: int}.get(kind, (int, float))
    for index, one in enumerate(choices):
        if not isinstance(one.get("value"), wanted):
            where = ("data", "choices", index, "value")
            yield problem(where, "BASE_TYPE_BAD_TYPE", f"an option of type {kind}")


def focused(options: list[Json]) -> Json:
    for option in options:
        if option.get("focused"):
            return option
        if option.get("options"):
            return focused(option["options"])
    raise LookupError("no option is focused")


def _modal(
    state: State, interaction: Interaction, data: Json, files: Any, where: str
) -> None:
    refuse(modal_problems(data))
    interaction.modal = data


def _pong(
    state: State, interaction: Interaction, data: Json, files: Any, where: str
) -> None:
    pass


Action = Callable[[State, Interaction, Json, Any, str], None]
ACTIONS: Mapping[Answered, Action] = {
    Answered.PONG: _pong,
    Answered.MESSAGE: _message,
    Answered.DEFERRED_MESSAGE: _defer,
    Answered.DEFERRED_UPDATE: _defer_update,
    Answered.UPDATE: _update,
    Answered.CHOICES: _choices,
    Answered.MODAL: _modal,
}


def _told(interaction: Interaction) -> Json:
    message = interaction.original
    body: Json = {"interaction": {"id": interaction.id, "type": int(interaction.type)}}
    if message is not None:
        body["interaction"] |= {
            "response_message_id": message.id,
            "response_message_loading": interaction.loading,
            "response_message_ephemeral": message.ephemeral,
        }
        answer = int(interaction.answer or 0)
        body["resource"] = {"type": answer, "message": message_json(message)}
    return body


ROUTES = (Row(method="POST", template=CALLBACK, handler=callback, by_token=True),)
