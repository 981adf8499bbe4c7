"""From what was heard to who asks, where, and for what: pure functions.

command   a line, as it was typed           button   everything in its value
menu      everything in its action_id
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.chat.action_code import recalled
from bot.chat.command import Path, Place, Platform
from bot.chat.slack.accounts import with_members
from bot.chat.slack.heard import SlackInteraction, SlackPress, SlashCommand
from bot.chat.slack.slash import typed_line


@dataclass(frozen=True, kw_only=True)
class Asked:
    path: Path
    options: Mapping[str, str]


def line_of(command: SlashCommand) -> str:
    text = with_members(command.text, command.team_id)
    return typed_line(command.command, text)


def asked_by(pressed: SlackPress) -> Asked:
    chosen = pressed.selected_option
    found = recalled(pressed.action_id if chosen else pressed.value or "")
    options = dict(found.options)
    if chosen is not None and found.option is not None:
        options[found.option] = chosen.value
    return Asked(path=found.path, options=options)


def place_of_command(command: SlashCommand, at: str) -> Place:
    """`at`: when it was heard, for what is answered later."""
    return _place(
        command.team_id,
        asked=command.trigger_id,
        at=at,
        user=command.user_id,
        channel=command.channel_id,
        url=command.response_url,
        url_at=at,
    )


def place_of_interaction(interaction: SlackInteraction, at: str) -> Place:
    """Of a button, a menu or a shortcut; in a view there is no channel."""
    channel, view = interaction.channel, interaction.view
    is_page = view is not None and view.type == "modal"
    return _place(
        interaction.team.id,
        asked=interaction.trigger_id,
        at=at,
        user=interaction.user.id,
        channel=channel.id if channel else "",
        thread=interaction.container.thread_ts or "",
        url=interaction.response_url,
        url_at=at,
        view=view.id if view is not None and is_page else "",
    )


def place_of_form(interaction: SlackInteraction, asked_in: Place, at: str) -> Place:
    """Sent from where the form was asked for, by this press."""
    now = {"asked": interaction.trigger_id, "at": at}
    return replace(asked_in, detail={**asked_in.detail, **now})


def _place(team: str, **detail: str) -> Place:
    return Place(
        platform=Platform.SLACK,
        community=team,
        detail={name: value for name, value in detail.items() if value},
    )
