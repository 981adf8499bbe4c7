"""One interaction: what a person did, and how far the application has answered."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum

from tests.fakes.discord.bell import Bell
from tests.fakes.discord.errors import Json
from tests.fakes.discord.world import Account, Channel, Message

# https://discord.com/developers/docs/interactions/receiving-and-responding
RESPOND_WITHIN = timedelta(seconds=3)
TOKEN_LIVES = timedelta(minutes=15)


class Asked(IntEnum):
    PING = 1
    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Answered(IntEnum):
    PONG = 1
    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(kw_only=True, eq=False)
class Interaction:
    id: str
    token: str
    type: Asked
    person: Account
    channel: Channel
    data: Json
    locale: str
    created_at: datetime
    # The message whose component was used, also when a modal came between.
    source: Message | None = None
    answer: Answered | None = None
    original: Message | None = None
    loading: bool = False
    modal: Json | None = None
    choices: list[Json] = field(default_factory=list)
    followups: list[Message] = field(default_factory=list)
    updated: bool = False
    bell: Bell = field(default_factory=Bell)

    def late(self, now: datetime) -> bool:
        return now - self.created_at > RESPOND_WITHIN

    def expired(self, now: datetime) -> bool:
        return now - self.created_at > TOKEN_LIVES

    @property
    def finished(self) -> bool:
        """The person sees something, and no "is thinking"."""
        match self.answer:
            case None:
                return False
            case Answered.DEFERRED_UPDATE:
                return self.updated or bool(self.followups)
            case _:
                return not self.loading
