"""An action as a `custom_id`: see `bot.chat.action_code`."""

from bot.chat.action_code import coded
from bot.chat.reply import Action

MAX_LENGTH = 100
"""Discord's bound."""


def custom_id(action: Action, *, option: str | None = None, copy: int = 1) -> str:
    """Raises ActionTooLong."""
    return coded(action, most=MAX_LENGTH, option=option, copy=copy)
