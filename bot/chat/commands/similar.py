"""`/admin similar`: which accepted submissions are alike, for organisers alone."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from uuid import UUID

from bot.chat.buttons import action
from bot.chat.command import Audience, CommandSpec, Option, OptionKind
from bot.chat.commands.challenge import CHALLENGE
from bot.chat.commands.focus import challenge_in_hand
from bot.chat.context import Context
from bot.chat.reply import (
    Banner,
    Block,
    Button,
    Buttons,
    Code,
    Details,
    Heading,
    Reply,
    Text,
    Tone,
)
from bot.domain.similarity import Compared
from bot.services.errors import SubmissionNotFound
from bot.services.ports.similarities import AlikeAnswer
from bot.services.similar import AlikePair, answer_similar, find_similar

# With their code, what one message holds; the next come when these are answered.
SHOWN = 3
# In base64 without padding: two ids fit into what a button can carry.
_ID_LENGTH = 22


async def handle_similar(context: Context, options: Mapping[str, str]) -> Reply:
    texts = context.texts
    if "pair" in options and "answer" in options:
        answer = AlikeAnswer(options["answer"])
        both = _pair(options["pair"])
        await answer_similar(context.world, context.member, both, answer)
        told = texts.line(f"alike.answered.{answer}")
        return Reply(blocks=(Banner(told, Tone.GOOD),))
    challenge_id = await challenge_in_hand(context, options)
    found = await find_similar(context.world, context.member, challenge_id)
    title = found.challenge.title.in_(context.language)
    blocks: list[Block] = [Heading(texts.line("alike.title", None, title=title))]
    if not found.pairs:
        blocks.append(Text(texts.line("alike.none", found.compared)))
        return Reply(blocks=tuple(blocks))
    blocks.append(Text(texts.line("alike.what_it_means")))
    for pair in found.pairs[:SHOWN]:
        blocks += _pair_blocks(context, pair)
    if len(found.pairs) > SHOWN:
        blocks.append(Text(texts.line("alike.more", len(found.pairs) - SHOWN)))
    return Reply(blocks=tuple(blocks))


def _pair_blocks(context: Context, pair: AlikePair) -> list[Block]:
    texts, alike = context.texts, pair.alike
    names = texts.line(
        "alike.pair",
        None,
        one=pair.one.name,
        other=pair.other.name,
        percent=round(100 * alike.share),
    )
    shared = Details(
        texts("alike.shared"),
        (
            Code(_shared(alike.one, alike.lines)),
            Code(_shared(alike.other, alike.other_lines)),
        ),
    )
    ids = _short(alike.one.id) + _short(alike.other.id)
    buttons = tuple(
        Button(
            texts(f"alike.answer.{one}"),
            action("admin", "similar", pair=ids, answer=one.value),
        )
        for one in AlikeAnswer
    )
    return [Text(names), shared, Buttons(buttons)]


def _shared(compared: Compared, stretches: tuple[tuple[int, int], ...]) -> str:
    lines = compared.source.splitlines()
    parts = ["\n".join(lines[first - 1 : last]) for first, last in stretches]
    return "\n…\n".join(parts)


def _short(submission_id: str) -> str:
    return urlsafe_b64encode(UUID(submission_id).bytes).decode().rstrip("=")


def _pair(typed: str) -> tuple[UUID, UUID]:
    def read(short: str) -> UUID:
        return UUID(bytes=urlsafe_b64decode(f"{short}=="))

    try:
        return read(typed[:_ID_LENGTH]), read(typed[_ID_LENGTH:])
    except ValueError:
        raise SubmissionNotFound from None


COMMANDS = (
    CommandSpec(
        path=("admin", "similar"),
        handler=handle_similar,
        options=(
            CHALLENGE,
            Option(name="pair", is_listed=False),
            Option(
                name="answer",
                kind=OptionKind.CHOICE,
                choices=tuple(map(str, AlikeAnswer)),
                is_listed=False,
            ),
        ),
        audience=Audience.ORGANISER,
    ),
)
