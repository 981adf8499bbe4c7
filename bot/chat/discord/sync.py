"""Bring Discord's commands to the table's, only when they differ.

Discord takes few changes of commands a day, and fills what it stores with fields of its
own: only those that we send are compared.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import structlog

from bot.chat.command import CommandSpec
from bot.chat.discord.api import Api
from bot.chat.discord.registration import commands

log = structlog.get_logger(__name__)


async def sync(api: Api, application_id: str, table: Sequence[CommandSpec]) -> bool:
    """True when something had to be changed."""
    wanted = commands(table)
    registered = await api.commands(application_id)
    if is_same(wanted, registered):
        return False
    await api.put_commands(application_id, wanted)
    log.info("commands_registered", count=len(wanted))
    return True


def is_same(
    wanted: Sequence[Mapping[str, Any]], registered: Sequence[Mapping[str, Any]]
) -> bool:
    def by_name(payloads: Sequence[Mapping[str, Any]]) -> dict[object, Any]:
        return {(one["type"], one["name"]): one for one in payloads}

    ours, theirs = by_name(wanted), by_name(registered)
    return ours.keys() == theirs.keys() and all(
        _holds(theirs[name], payload) for name, payload in ours.items()
    )


def _holds(registered: Any, wanted: Any) -> bool:
    """What Discord leaves out of an answer is what is empty or false."""
    if isinstance(wanted, Mapping):
        known = registered if isinstance(registered, Mapping) else {}
        return all(_holds(known.get(name), value) for name, value in wanted.items())
    if isinstance(wanted, list | tuple):
        listed = registered or []
        return len(listed) == len(wanted) and all(map(_holds, listed, wanted))
    if registered == wanted or (not registered and not wanted):
        return True
    # Permissions are sent as a number and answered as a text.
    return isinstance(registered, str) and registered == str(wanted)
