"""A reply as one reads it, without how a platform draws it."""

from bot.chat.plain import plain_text
from bot.chat.reply import Form, Reply


def said(reply: Reply | Form) -> str:
    assert isinstance(reply, Reply)
    return plain_text(reply.blocks)
