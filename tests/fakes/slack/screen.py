"""What a person sees, in the order in which it came."""

from dataclasses import dataclass, field
from typing import Literal

from tests.fakes.slack.world import Message, View

Kind = Literal[
    "ephemeral",  # a message for this person only
    "message",  # a message in a place where the person is
    "changed",  # a message that was there is another now
    "deleted",
    "view",  # a modal that opened, was pushed or changed
    "home",
    "errors",  # a modal that stays open with sentences under its fields
    "closed",  # the modal is gone
    "failure",  # Slack's own sentence: the application did not answer
    "nothing",
]
Expected = Kind | Literal["anything"]


@dataclass(frozen=True, kw_only=True)
class Sight:
    kind: Kind
    text: str = ""
    message: Message | None = None
    view: View | None = None
    # By the block's id.
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(kw_only=True)
class Screen:
    sights: list[Sight] = field(default_factory=list)
    # Modals, the topmost last.
    stack: list[View] = field(default_factory=list)
    read: int = 0

    def next(self, expected: Expected) -> Sight | None:
        """The next sight of that kind; those before it count as read."""
        for index in range(self.read, len(self.sights)):
            if expected in ("anything", self.sights[index].kind):
                self.read = index + 1
                return self.sights[index]
        return None
