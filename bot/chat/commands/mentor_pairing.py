"""`/mentor` accept, decline, list, why, feedback, end, block, report."""

from collections.abc import Mapping

from bot.chat.buttons import action
from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.commands.mentor import offer_blocks, request_blocks
from bot.chat.commands.which import MEMBER, PAIRING, which_of
from bot.chat.context import Context
from bot.chat.pairing_view import (
    end_button,
    feedback_button,
    pairing_buttons,
    pairing_line,
    rules,
    session_button,
    session_line,
    term_lines,
    times_buttons,
    times_lines,
    topics_line,
)
from bot.chat.reply import (
    Banner,
    Block,
    Bullets,
    Button,
    Buttons,
    ButtonStyle,
    FieldKind,
    Form,
    FormField,
    Heading,
    Reply,
    Text,
    Tone,
    Words,
)
from bot.chat.waiting_words import waiting_line
from bot.domain.pairing.hearing import (
    HIGHEST_RATING,
    LOWEST_RATING,
    SIGNS_OF_LIFE,
    CheckInAnswer,
)
from bot.domain.pairing.life import EndReason, PairingKind, PairingState
from bot.domain.pairing.session import SessionState
from bot.services.answer_offer import accept_offer, decline_offer
from bot.services.end_pairing import block_member, end_pairing, report_pairing
from bot.services.offer_mentoring import OfferView, stop_offering
from bot.services.pairing_words import answer_check_in, give_feedback
from bot.services.read_mentoring import MentoringView, read_mentoring, read_why
from bot.services.request_mentor import RequestView, withdraw_request

MENTORS_SHOWN = 10
NOTE_LENGTH = 500
REPORT_LENGTH = 1500
WHAT = ("pairing", "request", "offer")


async def handle_accept(context: Context, options: Mapping[str, str]) -> Reply:
    texts = context.texts
    pairing = await accept_offer(context.world, context.member, which_of(options))
    if pairing.state is PairingState.ACCEPTED:
        return Reply(blocks=(Banner(texts.line("mentor.accept.both"), Tone.GOOD),))
    return Reply(blocks=(Banner(texts.line("mentor.accept.one"), Tone.WAITING),))


async def handle_decline(context: Context, options: Mapping[str, str]) -> Reply:
    pairing = await decline_offer(context.world, context.member, which_of(options))
    is_mentor = pairing.mentor_id == context.member.id
    key = "mentor.decline.mentor" if is_mentor else "mentor.decline.mentee"
    if pairing.kind is PairingKind.PEERS:
        key = "mentor.decline.mentee"
    return Reply(blocks=(Banner(context.texts.line(key)),))


async def handle_list(context: Context, _: Mapping[str, str]) -> Reply:
    texts, member = context.texts, context.member
    view = await read_mentoring(context.world, member)
    blocks: list[Block] = [Heading(texts.line("mentor.list.title"), level=1)]
    for own in view.pairings:
        blocks.append(Text(pairing_line(texts, member, own)))
        for session in own.sessions:
            blocks.append(Text(session_line(texts, session, own.other.name)))
            if session.state is SessionState.PROPOSED:
                blocks.append(Bullets(times_lines(session), numbered=True))
                if session.proposed_by != member.id:
                    blocks.append(times_buttons(texts, session))
        blocks += pairing_buttons(texts, member, own)
    blocks += _own_side(context, view)
    return Reply(blocks=(*blocks, *_everybody(context, view)))


def _own_side(context: Context, view: MentoringView) -> list[Block]:
    blocks: list[Block] = []
    if view.request is not None:
        asked = RequestView(
            request=view.request, waiting=view.waiting, ahead=view.ahead
        )
        line = context.texts.line("mentor.request.waiting", view.ahead)
        blocks += [Banner(line, Tone.WAITING), *request_blocks(context, asked)]
    if view.offer is not None:
        offered = OfferView(offer=view.offer, mentees=view.mentees)
        blocks += offer_blocks(context, offered)
    if not blocks and not view.pairings:
        texts = context.texts
        ask = Button(
            texts("mentor.button.request"),
            action("mentor", "request"),
            ButtonStyle.PRIMARY,
        )
        offer = Button(texts("mentor.button.offer"), action("mentor", "offer"))
        blocks += [Text(texts.line("mentor.list.nothing")), Buttons((ask, offer))]
    return blocks


def _everybody(context: Context, view: MentoringView) -> tuple[Block, ...]:
    texts, roadmap = context.texts, context.world.catalogue.roadmap
    lines = tuple(
        (
            Words(one.member.name),
            Words(": "),
            *topics_line(texts, roadmap, one.offer.topics[:3]),
        )
        for one in view.mentors[:MENTORS_SHOWN]
    )
    queue = Text(texts.line("mentor.list.queue", view.queue))
    mentors = Heading(texts.line("mentor.list.mentors", len(view.mentors)))
    return (
        mentors,
        *((Bullets(lines),) if lines else ()),
        queue,
        Text(waiting_line(texts, view.waiting)),
    )


async def handle_why(context: Context, options: Mapping[str, str]) -> Reply:
    texts = context.texts
    why = await read_why(context.world, context.member, which_of(options))
    blocks: list[Block] = []
    for own in why.pairings:
        blocks.append(Heading(texts.line("mentor.why.title", name=own.other.name)))
        if own.pairing.kind is PairingKind.PEERS:
            blocks.append(Text(texts.line("mentor.why.peers")))
            continue
        cost = sum(own.pairing.terms.values())
        blocks.append(Bullets(term_lines(texts, own.pairing)))
        blocks.append(Text(texts.line("mentor.why.cost", None, cost=cost)))
    if why.in_the_way is not None:
        lines = tuple(
            texts.line(f"mentor.obstacle.{reason}", count)
            for reason, count in sorted(why.in_the_way.items())
        )
        line = texts.line("mentor.why.waiting", why.mentors)
        blocks += [Text(line), *((Bullets(lines),) if lines else ())]
    if not blocks:
        blocks.append(Text(texts.line("mentor.why.nothing")))
    return Reply(blocks=(*blocks, rules(texts)))


async def handle_check_in(context: Context, options: Mapping[str, str]) -> Reply:
    texts, answer = context.texts, CheckInAnswer(options["answer"])
    pairing = await answer_check_in(
        context.world, context.member, which_of(options), answer
    )
    told = texts.line(f"mentor.heard.{answer}")
    tone = Tone.GOOD if answer in SIGNS_OF_LIFE else Tone.NEUTRAL
    buttons = (session_button(texts, pairing), end_button(texts, pairing))
    return Reply(blocks=(Banner(told, tone), Buttons(buttons)))


async def handle_feedback(context: Context, options: Mapping[str, str]) -> Reply | Form:
    texts = context.texts
    if "rating" not in options:
        return Form(
            title=texts("mentor.feedback.title"),
            action=action("mentor", "feedback", **_meant(options)),
            submit=texts("mentor.feedback.send"),
            fields=(
                FormField(
                    name="rating",
                    label=texts("mentor.feedback.rating"),
                    kind=FieldKind.CHOICE,
                    value=str(HIGHEST_RATING),
                    choices=tuple(
                        (str(n), texts(f"mentor.feedback.{n}"))
                        for n in range(HIGHEST_RATING, LOWEST_RATING - 1, -1)
                    ),
                ),
                FormField(
                    name="note",
                    label=texts("mentor.feedback.note"),
                    kind=FieldKind.PARAGRAPH,
                    required=False,
                    max_length=NOTE_LENGTH,
                ),
            ),
        )
    await give_feedback(
        context.world,
        context.member,
        which_of(options),
        int(options["rating"]),
        options.get("note", "")[:NOTE_LENGTH],
    )
    return Reply(blocks=(Banner(texts.line("mentor.feedback.thanks"), Tone.GOOD),))


async def handle_end(context: Context, options: Mapping[str, str]) -> Reply:
    """A pairing ends after one more word: whether its goal is reached."""
    texts = context.texts
    match options.get("what", "pairing"):
        case "request":
            await withdraw_request(context.world, context.member)
            told = texts.line("mentor.end.request")
            return Reply(blocks=(Banner(told, Tone.GOOD),))
        case "offer":
            await stop_offering(context.world, context.member)
            told = texts.line("mentor.end.offer")
            return Reply(blocks=(Banner(told, Tone.GOOD),))
    if "done" not in options:
        return Reply(
            blocks=(Text(texts.line("mentor.end.sure")), _end_how(options, context))
        )
    pairing = await end_pairing(
        context.world,
        context.member,
        which_of(options),
        is_done=options["done"] == "true",
    )
    well = pairing.ended_why is EndReason.DONE
    waits = (
        pairing.ended_why is EndReason.SILENT
        and pairing.mentee_id == context.member.id
        and pairing.kind is not PairingKind.PEERS
    )
    key = "done" if well else "again" if waits else "ended"
    blocks: list[Block] = [Banner(texts.line(f"mentor.end.{key}"), Tone.GOOD)]
    if pairing.active_at is not None:
        blocks.append(Buttons((feedback_button(texts, pairing),)))
    return Reply(blocks=tuple(blocks))


def _end_how(options: Mapping[str, str], context: Context) -> Buttons:
    texts, meant = context.texts, _meant(options)
    done = action("mentor", "end", done="true", **meant)
    stop = action("mentor", "end", done="false", **meant)
    return Buttons(
        (
            Button(texts("mentor.button.done"), done, ButtonStyle.PRIMARY),
            Button(texts("mentor.button.stop"), stop, ButtonStyle.DANGER),
        )
    )


async def handle_block(context: Context, options: Mapping[str, str]) -> Reply:
    blocked = await block_member(context.world, context.member, options["member"])
    line = context.texts.line("mentor.blocked", None, name=blocked.member.name)
    return Reply(blocks=(Banner(line, Tone.GOOD),))


async def handle_report(context: Context, options: Mapping[str, str]) -> Reply | Form:
    texts = context.texts
    if "text" not in options:
        return Form(
            title=texts("mentor.report.title"),
            action=action("mentor", "report", **_meant(options)),
            submit=texts("mentor.report.send"),
            fields=(
                FormField(
                    name="text",
                    label=texts("mentor.report.what"),
                    kind=FieldKind.PARAGRAPH,
                    max_length=REPORT_LENGTH,
                ),
            ),
        )
    what = options["text"][:REPORT_LENGTH]
    await report_pairing(context.world, context.member, which_of(options), what)
    return Reply(blocks=(Banner(texts.line("mentor.report.sent"), Tone.GOOD),))


def _meant(options: Mapping[str, str]) -> dict[str, str]:
    """Which pairing: to be named again by what follows."""
    return {name: options[name] for name in ("pairing", "member") if name in options}


_RATING = Option(
    name="rating",
    kind=OptionKind.INTEGER,
    minimum=LOWEST_RATING,
    maximum=HIGHEST_RATING,
)

COMMANDS = (
    CommandSpec(
        path=("mentor", "accept"), handler=handle_accept, options=(MEMBER, PAIRING)
    ),
    CommandSpec(
        path=("mentor", "decline"), handler=handle_decline, options=(MEMBER, PAIRING)
    ),
    CommandSpec(path=("mentor", "list"), handler=handle_list),
    CommandSpec(path=("mentor", "why"), handler=handle_why, options=(PAIRING,)),
    CommandSpec(
        path=("mentor", "feedback"),
        handler=handle_feedback,
        options=(_RATING, Option(name="note"), MEMBER, PAIRING),
        opens_form=lambda options: "rating" not in options,
    ),
    CommandSpec(
        path=("mentor", "end"),
        handler=handle_end,
        options=(
            Option(name="what", kind=OptionKind.CHOICE, choices=WHAT),
            Option(name="done", kind=OptionKind.BOOLEAN),
            MEMBER,
            PAIRING,
        ),
    ),
    CommandSpec(
        path=("mentor", "block"),
        handler=handle_block,
        options=(Option(name="member", kind=OptionKind.MEMBER, required=True),),
    ),
    CommandSpec(
        path=("mentor", "report"),
        handler=handle_report,
        options=(Option(name="text"), MEMBER, PAIRING),
        opens_form=lambda options: "text" not in options,
    ),
    CommandSpec(
        path=("mentor", "checkin"),
        handler=handle_check_in,
        options=(
            Option(
                name="answer",
                kind=OptionKind.CHOICE,
                choices=tuple(CheckInAnswer),
                required=True,
            ),
            MEMBER,
            PAIRING,
        ),
    ),
)
