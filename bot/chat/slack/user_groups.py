"""Roles as user groups, which only workspaces that pay for Slack have."""

import structlog

from bot.chat.slack.api import SlackApi
from bot.chat.slack.errors import RefusedBySlack

log = structlog.get_logger(__name__)

# What a workspace says that has none of them, or does not let us at them.
WITHOUT = frozenset(
    {
        "missing_scope",
        "paid_teams_only",
        "permission_denied",
        "plan_upgrade_required",
    }
)


class UserGroups:
    """A group's members can only be written all at once, and never nobody."""

    def __init__(self, api: SlackApi) -> None:
        self._api = api
        self._without: set[str] = set()

    async def turn(self, team: str, user: str, group: str, *, wanted: bool) -> None:
        """Where there are no groups it is said once, and nothing is done."""
        if team in self._without:
            return
        try:
            await self._turn(team, user, group, wanted=wanted)
        except RefusedBySlack as error:
            if error.error not in WITHOUT:
                raise
            self._without.add(team)
            log.warning("no_user_groups", team=team, error=error.error)

    async def _turn(self, team: str, user: str, group: str, *, wanted: bool) -> None:
        before = await self._api.group_users(team, group)
        after = [one for one in before or () if one != user] + [user] * wanted
        if set(after) == set(before or ()):
            return
        if not after:
            await self._api.switch_group(team, group, enabled=False)
            return
        if before is None:
            await self._api.switch_group(team, group, enabled=True)
        await self._api.write_group(team, group, after)
