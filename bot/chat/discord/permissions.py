"""What the bot may do where, and what it needs: one table for asking and for telling.

Discord only says that something was missing. What it was is worked out as Discord does:
roles of the server, then what the channel says of everyone, of roles, of the member.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from bot.chat.lacks import Need

ADMINISTRATOR = 1 << 3
MANAGE_SERVER = 1 << 5

NEEDED: Mapping[str, int] = {
    "view_channel": 1 << 10,
    "send_messages": 1 << 11,
    "attach_files": 1 << 15,
    "read_message_history": 1 << 16,
    "manage_roles": 1 << 28,
    "create_public_threads": 1 << 35,
    "create_private_threads": 1 << 36,
    "send_messages_in_threads": 1 << 38,
    "pin_messages": 1 << 51,
}
"""By the keys under which the texts name them (`permission.…`)."""

GIVE_ROLES = ("manage_roles",)
CALL_ROLES = ("mention_everyone",)
"""Not asked for by the invitation: a role can let everybody mention it instead."""

_BITS: Mapping[str, int] = {**NEEDED, "mention_everyone": 1 << 17}
_NEEDED_FOR: Mapping[Need, tuple[str, ...]] = {
    Need.PAIRS: ("create_private_threads",),
    Need.PINNING: ("pin_messages",),
}

_EVERYTHING = (1 << 64) - 1


def invite_link(application_id: str) -> str:
    query = {
        "client_id": application_id,
        "scope": "bot applications.commands",
        "permissions": str(sum(NEEDED.values())),
    }
    return f"https://discord.com/oauth2/authorize?{urlencode(query)}"


def organises(permissions: int) -> bool:
    return bool(permissions & (ADMINISTRATOR | MANAGE_SERVER))


def granted(
    guild: Mapping[str, Any], member: Mapping[str, Any], channel: Mapping[str, Any]
) -> int:
    """As bits. `channel` may be empty: what the server's roles say."""
    bits = {role["id"]: int(role["permissions"]) for role in guild["roles"]}
    # The role of everyone has the server's own id.
    mine = {guild["id"], *member["roles"]}
    allowed = 0
    for role in mine:
        allowed |= bits.get(role, 0)
    if allowed & ADMINISTRATOR:
        return _EVERYTHING
    written = {one["id"]: one for one in channel.get("permission_overwrites", ())}
    allowed = _overwritten(allowed, [written.get(guild["id"])])
    allowed = _overwritten(allowed, [written.get(role) for role in member["roles"]])
    return _overwritten(allowed, [written.get(member["user"]["id"])])


def needed(need: Need) -> tuple[str, ...]:
    """In a channel; what is not for something else is for the dailies."""
    elsewhere = {name for names in _NEEDED_FOR.values() for name in names}
    rest = tuple(name for name in NEEDED if name not in {*elsewhere, *GIVE_ROLES})
    return _NEEDED_FOR.get(need, rest)


def lacking(allowed: int, names: Iterable[str] = NEEDED) -> tuple[str, ...]:
    return tuple(name for name in names if not allowed & _BITS[name])


def _overwritten(allowed: int, overwrites: Iterable[Mapping[str, Any] | None]) -> int:
    denied = granted_here = 0
    for one in overwrites:
        if one is not None:
            denied |= int(one["deny"])
            granted_here |= int(one["allow"])
    return allowed & ~denied | granted_here
