"""A command that can be asked for as a picture: `view:picture`, or by a button.

The picture comes before the blocks, which say the same in words: who cannot see it, or
has pictures off, misses nothing.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from bot.chat.buttons import action
from bot.chat.command import Handler, Path
from bot.chat.context import Context
from bot.chat.reply import Block, Button, Buttons, Form, Picture, Reply

VIEW = "picture"
# The tightest platform's row.
MOST_BUTTONS = 5


@dataclass(frozen=True, kw_only=True)
class Drawing:
    svg: str
    alt: str


Draw = Callable[[Context, Mapping[str, str]], Awaitable[Drawing]]


def pictured(path: Path, handler: Handler, draw: Draw) -> Handler:
    """`path` names the file, and is what the button asks for again."""

    async def handle(context: Context, options: Mapping[str, str]) -> Reply | Form:
        painter = context.painter
        if options.get("view") != VIEW:
            reply = await handler(context, options)
            if painter is None or isinstance(reply, Form):
                return reply
            again = action(*path, **{**options, "view": VIEW})
            button = Button(context.texts("picture.button"), again)
            return replace(reply, blocks=_with(reply.blocks, button))
        others = {name: value for name, value in options.items() if name != "view"}
        reply = await handler(context, others)
        if painter is None or isinstance(reply, Form):
            return reply
        drawing = await draw(context, others)
        picture = Picture(
            png=await painter.png(drawing.svg),
            alt=drawing.alt,
            filename=f"cordada-{'-'.join(path)}.png",
        )
        return replace(reply, blocks=(picture, *reply.blocks))

    return handle


def _with(blocks: tuple[Block, ...], button: Button) -> tuple[Block, ...]:
    """In the last row of buttons, if there is room."""
    *before, last = blocks
    if isinstance(last, Buttons) and len(last.buttons) < MOST_BUTTONS:
        return (*before, Buttons((*last.buttons, button)))
    return (*blocks, Buttons((button,)))
