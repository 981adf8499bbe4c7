"""What an acknowledgement or a response URL says, and what follows for the person."""

from typing import Any

from tests.fakes.slack import plain, posting
from tests.fakes.slack.errors import Json, Problem, Refused
from tests.fakes.slack.kit.elements import option, option_group
from tests.fakes.slack.kit.rules import items
from tests.fakes.slack.modals import close, push_view, replace_view, shown
from tests.fakes.slack.outgoing import check_message, check_view
from tests.fakes.slack.screen import Sight
from tests.fakes.slack.state import State
from tests.fakes.slack.triggers import Response
from tests.fakes.slack.world import Account, Channel, View, Workspace


def after_command(
    state: State, account: Account, channel: Channel, body: Json | str | None
) -> None:
    """The acknowledgement of a command may itself be a message."""
    said: Json = {"text": body} if isinstance(body, str) else body or {}
    try:
        if said:
            _say(state, account, channel, said)
    except Refused as refused:
        state.violate(refused.error, "acknowledgement", refused)
        fail(state, account, refused.error)


def after_action(state: State, name: str, body: object) -> None:
    if body:
        state.violate("body_ignored", name, body)


def _say(
    state: State,
    account: Account,
    channel: Channel,
    said: Json,
    *,
    thread_ts: str | None = None,
) -> None:
    """:raises Refused: the message breaks a rule."""
    check_message(state, "response", said)
    posting.post(
        state,
        channel,
        channel.workspace.bot,
        text=said.get("text") or "",
        blocks=said.get("blocks"),
        thread_ts=said.get("thread_ts") or thread_ts,
        only_for=None if said.get("response_type") == "in_channel" else account,
    )


def respond(state: State, response: Response, said: Json) -> None:
    """:raises Refused: the message breaks a rule."""
    source = response.source
    own = source is not None and source.author is response.workspace.bot
    if said.get("delete_original"):
        if source is None or not own:
            raise Refused("cant_delete_message")
        posting.delete(state, source)
    elif said.get("replace_original") and source is not None and own:
        check_message(state, "response", said)
        text, blocks = said.get("text") or "", said.get("blocks")
        posting.change(state, source, text=text, blocks=blocks)
    else:
        channel = response.workspace.channels[response.channel_id]
        thread = source.thread_ts if source else None
        _say(state, response.account, channel, said, thread_ts=thread)


def after_submission(
    state: State, workspace: Workspace, view: View, body: object
) -> None:
    """Nothing said closes the view; the one below shows."""
    told: Json = body if isinstance(body, dict) else {"response_action": body}
    try:
        _obey(state, workspace, view, told)
    except Refused as refused:
        state.violate(refused.error, "view_submission", refused)
        fail(state, view.owner, refused.error)


def _obey(state: State, workspace: Workspace, view: View, told: Json) -> None:
    """:raises Refused: what is told breaks a rule."""
    match told.get("response_action"):
        case None:
            close(state, workspace, view)
            state.show(view.owner, Sight(kind="closed"))
        case "clear":
            for one in list(state.screen(view.owner).stack):
                close(state, workspace, one)
            state.show(view.owner, Sight(kind="closed"))
        case "errors":
            _errors(state, view, told.get("errors") or {})
        case "update":
            check_view(state, "response_action", told.get("view"))
            replace_view(state, view, told["view"])
            shown(state, workspace, view, "view")
        case "push":
            check_view(state, "response_action", told.get("view"))
            above = push_view(state, workspace, view.owner, told["view"])
            shown(state, workspace, above, "view")
        case unknown:
            raise Refused("invalid_response_action", [str(unknown)])


def _errors(state: State, view: View, errors: dict[str, str]) -> None:
    """Only input blocks can show one."""
    inputs = {one["block_id"] for one in view.blocks if one["type"] == "input"}
    if not errors or errors.keys() - inputs:
        unknown = ", ".join(sorted(errors.keys() - inputs)) or "none at all"
        raise Refused("invalid_errors", [f"no input block: {unknown}"])
    text = "\n".join(errors.values())
    state.show(view.owner, Sight(kind="errors", text=text, view=view, errors=errors))


def fail(state: State, account: Account, reason: str) -> None:
    text = f"This app did not respond ({reason})."
    state.show(account, Sight(kind="failure", text=text))


def suggested(state: State, body: Any) -> list[Json]:
    """The options that a menu asked for, the groups' labels left out."""
    told: Json = body if isinstance(body, dict) else {}
    options, groups = told.get("options"), told.get("option_groups")
    problems: list[Problem] = []
    if groups is not None:
        problems += items("select.option_groups", option_group)(
            "/option_groups", groups
        )
    else:
        problems += items("select.options", option(mrkdwn=False))("/options", options)
    if problems:
        told_problems = "; ".join(map(str, problems))
        state.violate("invalid_options", "block_suggestion", told_problems)
        return []
    nested = [group["options"] for group in groups or []]
    return [*(options or []), *(one for group in nested for one in group)]


def label(option: Json) -> str:
    return plain.unescaped(option["text"]["text"])
