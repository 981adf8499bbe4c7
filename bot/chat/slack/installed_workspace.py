"""One workspace's installation: what Slack gave, as it is sealed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Self

from pydantic import TypeAdapter

# Tokens live twelve hours. Two before their end leaves room for Slack to be away.
RENEW_BEFORE = timedelta(hours=2)


@dataclass(frozen=True, kw_only=True)
class InstalledWorkspace:
    team: str
    team_name: str
    bot_user: str
    scopes: tuple[str, ...]
    installer: str
    """The user who installed it."""
    bot_token: str = field(repr=False)
    refresh_token: str | None = field(default=None, repr=False)
    """None where tokens do not rotate."""
    expires_at: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        return self.expires_at is not None and self.expires_at - now <= RENEW_BEFORE

    def is_over(self, now: datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= now

    def renewed(self, answer: Mapping[str, Any], now: datetime) -> Self:
        """With the tokens of `oauth.v2.access`."""
        return replace(
            self,
            bot_token=answer["access_token"],
            refresh_token=answer["refresh_token"],
            expires_at=now + timedelta(seconds=answer["expires_in"]),
        )


AS_JSON: TypeAdapter[InstalledWorkspace] = TypeAdapter(InstalledWorkspace)
