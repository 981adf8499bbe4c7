"""Which of several blocks of code is meant: asked, in place of refusing them all.

The code waits in the database, so that a press finds it after a restart, and only its
author's press: anybody may see the buttons.
"""

from collections.abc import Sequence

from bot.chat.buttons import action
from bot.chat.context import Context
from bot.chat.reply import Banner, Block, Button, Buttons, Code, Reply, Text, Tone
from bot.services.drafts import keep_draft

# The tightest platform's row of buttons.
MOST_PIECES = 5
# Enough to tell one from another.
LINES_SHOWN = 6


async def ask_which(
    context: Context, challenge_id: str, sources: Sequence[str]
) -> Reply:
    texts = context.texts
    offered = sources[:MOST_PIECES]
    number = await keep_draft(context.world, context.member, challenge_id, offered)
    line = texts.line("code_choice.which", n=len(sources))
    blocks: list[Block] = [Banner(line, Tone.WAITING)]
    for piece, source in enumerate(offered, start=1):
        blocks.append(Text(texts.line("code_choice.piece", piece=piece)))
        blocks.append(Code(_beginning(source)))
    buttons = tuple(
        Button(
            texts("code_choice.judge", piece=piece),
            action("challenge", "choose", draft=str(number), piece=str(piece)),
        )
        for piece in range(1, len(offered) + 1)
    )
    return Reply(blocks=(*blocks, Buttons(buttons)))


def _beginning(source: str) -> str:
    lines = source.strip("\n").split("\n")
    shown = lines[:LINES_SHOWN]
    return "\n".join([*shown, "…"] if len(lines) > LINES_SHOWN else shown)
