"""`/review give`: write down what one has read, in a form, and give it."""

from collections.abc import Mapping

from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.commands.review_named import uuid_in
from bot.chat.context import Context
from bot.chat.reply import Banner, Block, Buttons, Form, Reply, Text, Tone
from bot.chat.review_buttons import queue_button, take_button, write_button
from bot.chat.review_form import FIELDS, opinion_in, review_form
from bot.chat.review_view import criterion_name
from bot.domain.review import Decision
from bot.services.drafts import keep_draft, read_whole_draft
from bot.services.errors import Refused
from bot.services.give_review import GivenReview, give_review, read_claim
from bot.services.take_review import TakenReview, read_queue


async def handle_give(context: Context, options: Mapping[str, str]) -> Reply | Form:
    """With an opinion, give it; without, open the form to write it in."""
    taken = await _claimed(context, options)
    if opens_review_form(options):
        return review_form(context.texts, taken, await _written(context, options))
    try:
        opinion = opinion_in(taken, options)
        given = await give_review(
            context.world, context.member, taken.review.id, opinion
        )
    except Refused as refused:
        return await _refused(context, taken, options, refused)
    return Reply(blocks=_given(context, taken, given))


def opens_review_form(options: Mapping[str, str]) -> bool:
    return not any(one in options for one in FIELDS)


async def _claimed(context: Context, options: Mapping[str, str]) -> TakenReview:
    """The one that is named, else the one that they took first."""
    if "review" in options:
        review_id = uuid_in(options["review"])
        return await read_claim(context.world, context.member, review_id)
    view = await read_queue(context.world, context.member)
    if not view.open:
        raise Refused("review_nothing_taken")
    return view.open[0]


async def _written(context: Context, options: Mapping[str, str]) -> tuple[str, ...]:
    if "draft" not in options:
        return ()
    number = int(options["draft"])
    written = await read_whole_draft(context.world, context.member, number)
    return written if len(written) == len(FIELDS) else ()


async def _refused(
    context: Context, taken: TakenReview, options: Mapping[str, str], refused: Refused
) -> Reply:
    """What was written is kept: nobody writes a review twice."""
    texts = context.texts
    number = await keep_draft(
        context.world,
        context.member,
        taken.challenge.id,
        [options.get(one, "") for one in FIELDS],
    )
    facts = dict(refused.facts)
    if "criterion" in facts:
        facts["criterion"] = criterion_name(
            texts, taken.challenge, str(facts["criterion"])
        )
    line = texts.line(f"refusal.{refused.reason}", None, **facts)
    button = write_button(texts, taken.review.id, number)
    kept = Text(texts.line("review.kept"))
    return Reply(blocks=(Banner(line, Tone.WAITING), kept, Buttons((button,))))


def _given(
    context: Context, taken: TakenReview, given: GivenReview
) -> tuple[Block, ...]:
    texts = context.texts
    title = taken.challenge.title.in_(texts.language)
    told = texts.line("review.given", None, name=taken.author.name, title=title)
    blocks: list[Block] = [Banner(told, Tone.GOOD)]
    if given.worthless is None:
        blocks.append(Text(texts.line("review.earned", given.review.earned)))
    else:
        blocks.append(Text(texts.line(f"review.worthless.{given.worthless}")))
    blocks += [
        Text(
            texts.line(
                "report.badge",
                None,
                name=texts(f"badge.{badge}.name"),
                about=texts(f"badge.{badge}.about"),
            )
        )
        for badge in given.badges
    ]
    return (*blocks, Buttons((take_button(texts), queue_button(texts))))


COMMANDS = (
    CommandSpec(
        path=("review", "give"),
        handler=handle_give,
        options=(
            *(Option(name=one, is_listed=False) for one in ("review", *FIELDS[:-1])),
            Option(name="draft", kind=OptionKind.INTEGER, is_listed=False),
            Option(
                name="decision",
                kind=OptionKind.CHOICE,
                choices=tuple(map(str, Decision)),
                is_listed=False,
            ),
        ),
        opens_form=opens_review_form,
    ),
)
