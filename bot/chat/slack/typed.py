"""A message's text as its author typed it.

Slack escapes `&`, `<` and `>`, and writes what it recognised between `<` and `>`,
inside of code too.
"""

import re

from bot.chat.slack.accounts import with_members
from bot.chat.slack.escape import unescaped

_LINK = re.compile(r"<(?P<url>(?:https?|mailto|tel):[^<>|]*)(?:\|(?P<label>[^<>]*))?>")
_PLACE = re.compile(r"<#[A-Z0-9]+\|(?P<name>[^<>]*)>")
_CALL = re.compile(r"<!(?P<name>[a-z]+)(?:\^[^<>|]*)?(?:\|(?P<label>[^<>]*))?>")


def as_typed(text: str, team: str, own_id: str = "") -> str:
    """Without the mention of the bot itself, which is its address."""
    if own_id:
        text = re.sub(rf"<@{re.escape(own_id)}(?:\|[^<>]*)?>", "", text)
    text = with_members(text, team)
    text = _LINK.sub(lambda found: found["label"] or found["url"], text)
    text = _PLACE.sub(lambda found: f"#{found['name']}", text)
    text = _CALL.sub(lambda found: found["label"] or f"@{found['name']}", text)
    return unescaped(text).strip()
