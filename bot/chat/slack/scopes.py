"""What the bot asks a workspace for, and no more: one table for asking and for telling.

Why each is asked for is in the texts, as `scope.<name>` with the marks as underscores.
"""

from collections.abc import Collection

SCOPES: tuple[str, ...] = (
    "app_mentions:read",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "im:history",
    "im:write",
    "mpim:write",
    "pins:write",
    "users:read",
)
# Only where an organiser wants the bot to hear what is said in channels: with these it
# hears everything there, for Slack has nothing between that and mentions.
IN_CHANNELS: tuple[str, ...] = ("channels:history", "groups:history")
# Whoever installs the bot may leave these out, and user groups are for those who pay
# for Slack: where it has none, the bot gives no roles.
OPTIONAL: tuple[str, ...] = ("usergroups:read", "usergroups:write")


def asked_for(*, hears_channels: bool) -> tuple[str, ...]:
    return (*SCOPES, *OPTIONAL, *(IN_CHANNELS if hears_channels else ()))


def reason_key(scope: str) -> str:
    return f"scope.{scope.replace(':', '_').replace('.', '_')}"


def lacking(granted: Collection[str]) -> tuple[str, ...]:
    return tuple(scope for scope in SCOPES if scope not in granted)
