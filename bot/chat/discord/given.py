"""From an interaction to the command that it is: pure, but for the files it names.

slash      names in English, options by theirs     registration.py
component  everything in the custom_id             custom_id.py
modal      the action, and a field for each option modal.py
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.chat.action_code import recalled
from bot.chat.command import Actor, CommandSpec, Path, Place, Platform
from bot.chat.discord.heard import (
    Attachment,
    Interaction,
    InteractionKind,
    display_name,
)
from bot.chat.discord.modal import FILE_SUFFIX
from bot.chat.discord.permissions import organises
from bot.chat.discord.registration import option_called, path_called
from bot.chat.names import spec_of

# All direct messages and user installs together, for want of a server.
DIRECT_COMMUNITY = "direct"

ATTACHMENT_OPTION = 11
DIRECT_CHANNEL = 1
THREADS = frozenset({10, 11, 12})


@dataclass(frozen=True, kw_only=True)
class Given:
    path: Path
    options: Mapping[str, str]
    files: Mapping[str, Attachment] = field(default_factory=dict)
    """Options whose value is still to be downloaded."""


def given(interaction: Interaction, table: Sequence[CommandSpec]) -> Given:
    match interaction.type:
        case InteractionKind.COMPONENT:
            found = recalled(interaction.data.custom_id)
            options = dict(found.options)
            if found.option is not None and interaction.data.values:
                options[found.option] = interaction.data.values[0]
            return Given(path=found.path, options=options)
        case InteractionKind.MODAL:
            return _filled_in(interaction)
        case _:
            return _typed(interaction, table)


def half_typed(
    interaction: Interaction, table: Sequence[CommandSpec]
) -> tuple[Given, str, str] | None:
    """What is given so far, the option being typed, and its beginning."""
    names, options = interaction.called
    spec = spec_of(table, path_called(names, table))
    focused = next((one for one in options if one.focused), None)
    if spec is None or focused is None:
        return None
    option = option_called(focused.name, spec)
    if option is None:
        return None
    typed = "" if focused.value is None else str(focused.value)
    return _typed(interaction, table), option.name, typed


def actor_of(interaction: Interaction) -> Actor:
    user, member = interaction.author, interaction.member
    return Actor(
        external_id=user.id,
        name=display_name(user, member),
        locale=interaction.locale,
        is_organiser=member is not None and organises(member.permissions),
    )


def place_of(interaction: Interaction, at: str = "") -> Place:
    """`at`: when it was heard, for what is answered later."""
    detail = {
        "application": interaction.application_id,
        "token": interaction.token,
        "at": at,
        "user": interaction.author.id,
    }
    if interaction.channel_id is not None:
        detail["channel"] = interaction.channel_id
    kind = interaction.channel.type if interaction.channel else None
    if kind in THREADS:
        detail["thread"] = "true"
    return Place(
        platform=Platform.DISCORD,
        community=interaction.guild_id or DIRECT_COMMUNITY,
        locale=interaction.locale,
        detail=detail,
    )


def _typed(interaction: Interaction, table: Sequence[CommandSpec]) -> Given:
    names, given_options = interaction.called
    path = path_called(names, table)
    spec = spec_of(table, path)
    options: dict[str, str] = {}
    files: dict[str, Attachment] = {}
    for one in given_options:
        option = option_called(one.name, spec) if spec else None
        name = option.name if option else one.name
        value = _text(one.value)
        attached = interaction.data.resolved.attachments.get(value)
        if one.type == ATTACHMENT_OPTION and attached is not None:
            files[name] = attached
        else:
            options[name] = value
    return Given(path=path, options=options, files=files)


def _filled_in(interaction: Interaction) -> Given:
    found = recalled(interaction.data.custom_id)
    options = dict(found.options)
    files: dict[str, Attachment] = {}
    for one in interaction.inputs:
        values = (one.value or "",) if one.values is None else one.values
        if one.custom_id.endswith(FILE_SUFFIX):
            if values:
                name = one.custom_id.removesuffix(FILE_SUFFIX)
                files[name] = interaction.data.resolved.attachments[values[0]]
        elif values:
            options[one.custom_id] = values[0]
    # A file stands in for what was typed beside it.
    typed = {name: one for name, one in options.items() if name not in files}
    return Given(path=found.path, options=typed, files=files)


def _text(value: str | float | bool | None) -> str:  # noqa: FBT001 - as Discord sends it
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
