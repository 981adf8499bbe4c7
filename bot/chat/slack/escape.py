"""Text for Slack: what no message may hold, and mrkdwn that marks nothing."""

import re

# Slack knows no other way to write these three.
_ENTITIES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def clean(text: str) -> str:
    """Without control characters, and with nothing that UTF-8 cannot write."""
    return _CONTROLS.sub("", text).encode(errors="replace").decode()


def escaped(text: str) -> str:
    """As mrkdwn: no mention, no channel, no link, no broadcast can be left in it."""
    text = clean(text)
    for character, entity in _ENTITIES:
        text = text.replace(character, entity)
    return text


def unescaped(text: str) -> str:
    for character, entity in reversed(_ENTITIES):
        text = text.replace(entity, character)
    return text
