"""`/review answers`: what a reviewer keeps to say again, by a name of their own."""

from collections.abc import Mapping, Sequence

from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.context import Context
from bot.chat.reply import (
    Banner,
    Block,
    Bullets,
    Details,
    Reply,
    SpanStyle,
    Text,
    Tone,
    Words,
)
from bot.chat.texts import Texts
from bot.services.ports.reviews import SavedAnswer
from bot.services.saved_answers import read_answers, remove_answer, save_answer


async def handle_answers(context: Context, options: Mapping[str, str]) -> Reply:
    """With a name and a text, save it; with a name to forget, forget it; else list."""
    texts, name = context.texts, options.get("name")
    blocks: list[Block] = []
    if name is not None and "text" in options:
        saved = await save_answer(context.world, context.member, name, options["text"])
        told = texts.line("review.answers.saved", None, name=saved.name)
        blocks.append(Banner(told, Tone.GOOD))
    elif name is not None and options.get("forget") == "true":
        await remove_answer(context.world, context.member, name)
        blocks.append(Banner(texts.line("review.answers.removed", None, name=name)))
    answers = await read_answers(context.world, context.member)
    blocks.append(
        saved_block(texts, answers)
        if answers
        else Text(texts.line("review.answers.nothing"))
    )
    return Reply(blocks=tuple(blocks))


def saved_block(texts: Texts, answers: Sequence[SavedAnswer]) -> Details:
    """How each is used, and what it says."""
    items = tuple(
        (Words(f"={one.name}", SpanStyle.CODE), Words(f" {one.text}"))
        for one in answers
    )
    how = Text(texts.line("review.answers.how", None, name=answers[0].name))
    return Details(texts("review.answers.title", len(answers)), (how, Bullets(items)))


COMMANDS = (
    CommandSpec(
        path=("review", "answers"),
        handler=handle_answers,
        options=(
            Option(name="name"),
            Option(name="text"),
            Option(name="forget", kind=OptionKind.BOOLEAN),
        ),
    ),
)
