"""Every command of Cordada: the one place that platforms, help and documents read."""

from bot.chat.command import CommandSpec
from bot.chat.commands import (
    admin,
    admin_boards,
    again,
    audit,
    challenge,
    dashboard,
    friends,
    guide,
    leaderboard,
    phase,
    placement,
    profile,
    roadmap,
    settings,
    streak,
    submission,
    web,
)

COMMANDS: tuple[CommandSpec, ...] = (
    *dashboard.COMMANDS,
    *challenge.COMMANDS,
    *again.COMMANDS,
    *submission.COMMANDS,
    *leaderboard.COMMANDS,
    *friends.COMMANDS,
    *profile.COMMANDS,
    *streak.COMMANDS,
    *roadmap.COMMANDS,
    *phase.COMMANDS,
    *placement.COMMANDS,
    *settings.COMMANDS,
    *admin.COMMANDS,
    *audit.COMMANDS,
    *admin_boards.COMMANDS,
    *web.COMMANDS,
    *guide.COMMANDS,
)
