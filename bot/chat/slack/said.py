"""From an event to what somebody said to the bot, if anybody did: pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.chat.command import Place, Platform
from bot.chat.slack.heard import SlackEvent, SlackMessage
from bot.chat.slack.typed import as_typed

# Subtypes of what a person says; all others are Slack's own words, or a bot's.
SAID = frozenset({None, "file_share", "me_message", "thread_broadcast"})
EDITED = "message_changed"
HEARD = frozenset({"app_mention", "message"})
DIRECT = "im"


@dataclass(frozen=True, kw_only=True)
class SaidToUs:
    team: str
    channel: str
    message: SlackMessage
    user: str
    own_id: str
    is_direct: bool
    is_edit: bool = False
    is_overheard: bool = False
    """Nobody addressed the bot: it stands in a thread of the bot's own."""

    @property
    def text(self) -> str:
        return as_typed(self.message.text, self.team, self.own_id)

    @property
    def key(self) -> str:
        """One message comes as two events where it is both heard and a mention."""
        return f"{self.team} {self.channel} {self.message.ts}"

    @property
    def thread(self) -> str | None:
        """Where an answer belongs: in channels under the message."""
        own = None if self.is_direct else self.message.ts
        return self.message.thread_ts or own

    def place(self, **detail: str) -> Place:
        where = {"asked": self.key, "channel": self.channel, "user": self.user}
        if self.thread is not None:
            where["thread"] = self.thread
        if self.is_direct:
            where["direct"] = "true"
        return Place(
            platform=Platform.SLACK, community=self.team, detail={**where, **detail}
        )


def said_in(heard: SlackEvent) -> SaidToUs | None:
    event = heard.event
    if heard.kind not in HEARD:
        return None
    is_direct = event.get("channel_type") == DIRECT
    if event.get("subtype") == EDITED:
        return _edited(heard, is_direct=is_direct)
    if event.get("subtype") not in SAID:
        return None
    if heard.kind == "message" and not is_direct:
        # What mentions the bot comes as a mention, too.
        if _is_mention(heard, event) or not _is_in_own_thread(heard, event):
            return None
        return _said(heard, event, is_direct=False, is_overheard=True)
    return _said(heard, event, is_direct=is_direct)


def _edited(heard: SlackEvent, *, is_direct: bool) -> SaidToUs | None:
    """Slack tells of a change too when a link was looked up or a thread grew."""
    now, before = heard.event.get("message") or {}, heard.event.get("previous_message")
    is_ours = is_direct or _is_mention(heard, now) or _is_in_own_thread(heard, now)
    if not is_ours or now.get("text") == (before or {}).get("text"):
        return None
    return _said(heard, now, is_direct=is_direct, is_edit=True)


def _is_mention(heard: SlackEvent, told: Mapping[str, Any]) -> bool:
    return f"<@{heard.own_id}>" in told.get("text", "")


def _is_in_own_thread(heard: SlackEvent, told: Mapping[str, Any]) -> bool:
    """Under a message of the bot's, as a daily is."""
    return bool(heard.own_id) and told.get("parent_user_id") == heard.own_id


def _said(
    heard: SlackEvent,
    told: Any,
    *,
    is_direct: bool,
    is_edit: bool = False,
    is_overheard: bool = False,
) -> SaidToUs | None:
    message = SlackMessage.model_validate(told)
    user = message.user
    if message.bot_id or user is None or user == heard.own_id:
        return None
    return SaidToUs(
        team=heard.team_id,
        channel=str(heard.event["channel"]),
        message=message,
        user=user,
        own_id=heard.own_id,
        is_direct=is_direct,
        is_edit=is_edit,
        is_overheard=is_overheard,
    )
