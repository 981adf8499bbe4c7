"""From an event to what somebody said to the bot, if anybody did: pure functions."""

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
    # What mentions the bot comes as a mention; of the rest only direct ones are for it.
    if heard.kind == "message" and not is_direct:
        return None
    if event.get("subtype") not in SAID:
        return None
    return _said(heard, event, is_direct=is_direct)


def _edited(heard: SlackEvent, *, is_direct: bool) -> SaidToUs | None:
    """Slack tells of a change too when a link was looked up or a thread grew."""
    now, before = heard.event.get("message") or {}, heard.event.get("previous_message")
    is_mention = f"<@{heard.own_id}>" in now.get("text", "")
    is_same = now.get("text") == (before or {}).get("text")
    if is_same or not (is_direct or is_mention):
        return None
    return _said(heard, now, is_direct=is_direct, is_edit=True)


def _said(
    heard: SlackEvent, told: Any, *, is_direct: bool, is_edit: bool = False
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
    )
