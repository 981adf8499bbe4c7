"""What keeps the bot from doing on a platform what an organiser asks of it.

Asked before a setting is kept, so that who sets it hears at once and exactly what to
mend, and not a log the next morning.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.chat.reply import Line
from bot.chat.texts import Texts


class Need(StrEnum):
    """What the bot is to do in a channel."""

    DAILIES = "dailies"
    """Post with files, and open threads."""
    PAIRS = "pairs"
    """Open private threads."""
    PINNING = "pinning"
    """Pin a message of its own."""


class LackKind(StrEnum):
    PERMISSION = "permission"
    SCOPE = "scope"
    ENTRY = "entry"
    """It is not in the channel, or cannot see it."""
    GONE = "gone"
    """There is no such channel in that community."""
    ROLE_GONE = "role_gone"
    ROLE_ABOVE = "role_above"
    """Only roles below its own can be given."""
    ROLE_MANAGED = "role_managed"
    """The platform or another application alone gives it."""
    NO_ROLES = "no_roles"
    """The community has none that a bot could give."""


@dataclass(frozen=True, kw_only=True)
class Lack:
    kind: LackKind
    name: str = ""
    """Of the permission, as in `permission.…`; of the scope, as the platform says."""
    need: Need = Need.DAILIES


def lack_line(texts: Texts, lack: Lack) -> Line:
    """What lacks, by the platform's name for it, and what to do."""
    match lack.kind:
        case LackKind.PERMISSION:
            permission = texts(f"permission.{lack.name}")
            return texts.line("lack.permission", permission=permission)
        case LackKind.SCOPE:
            return texts.line("lack.scope", scope=lack.name)
        case kind:
            return texts.line(f"lack.{kind}")
