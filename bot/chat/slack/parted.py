"""A private answer where others read along: what is told to all, and what is kept."""

from bot.chat.reply import Banner, Buttons, Reply, Select, Text
from bot.chat.texts import Texts


def parted(reply: Reply, texts: Texts) -> tuple[Reply, Reply | None]:
    """How it went is for all, what there is to learn from it for who asked alone."""
    told = tuple(one for one in reply.blocks if isinstance(one, Banner))
    kept = tuple(one for one in reply.blocks if not isinstance(one, Banner))
    if all(isinstance(one, Buttons | Select) for one in kept):
        return reply, None
    note = Text(texts.line("slack.only_for_you"))
    return Reply(blocks=(*told, note)), Reply(blocks=kept)
