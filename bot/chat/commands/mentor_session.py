"""`/mentor session`: an hour that one proposes and the other takes."""

from collections.abc import Mapping

from bot.chat.buttons import action
from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.commands.which import MEMBER, PAIRING, which_of
from bot.chat.context import Context
from bot.chat.mentor_words import read_time
from bot.chat.pairing_view import times_lines, told_button
from bot.chat.reply import (
    Banner,
    Block,
    Bullets,
    Button,
    Buttons,
    Moment,
    Reply,
    Tone,
)
from bot.chat.session_file import session_file
from bot.domain.pairing.session import TIMES_PROPOSED, SessionEvent
from bot.services.errors import Refused
from bot.services.mentor_sessions import (
    SessionView,
    WhichSession,
    propose_session,
    remind_of_session,
    take_session,
    tell_session,
)

TOLD = (SessionEvent.HELD, SessionEvent.MISSED, SessionEvent.CANCELLED)


async def handle_session(context: Context, options: Mapping[str, str]) -> Reply:
    """Proposes one; or takes a time of one, tells of it, or reminds of it."""
    session = options.get("session")
    which = WhichSession(
        id=None if session is None else int(session), of=which_of(options)
    )
    if "take" in options:
        number = int(options["take"])
        view = await take_session(context.world, context.member, which, number)
        return Reply(blocks=agreed_blocks(context, view))
    if "told" in options:
        event = SessionEvent(options["told"])
        await tell_session(context.world, context.member, which, event)
        told = context.texts.line(f"mentor.session.told.{event}")
        return Reply(blocks=(Banner(told, Tone.GOOD),))
    if options.get("remind") != "true":
        return await _propose(context, options)
    view = await remind_of_session(context.world, context.member, which)
    at = Moment(view.session.starts_at or view.session.times[0])
    told = context.texts.line("mentor.session.reminded", None, at=at)
    return Reply(blocks=(Banner(told, Tone.GOOD),))


async def _propose(context: Context, options: Mapping[str, str]) -> Reply:
    texts, world = context.texts, context.world
    at = None
    if "time" in options:
        at = read_time(options["time"], context.member.zone, world.now())
    view = await propose_session(world, context.member, which_of(options), at)
    line = texts.line(
        "mentor.session.sent", len(view.session.times), name=view.other.name
    )
    cancel = told_button(texts, view.session, SessionEvent.CANCELLED)
    times = Bullets(times_lines(view.session), numbered=True)
    return Reply(blocks=(Banner(line, Tone.WAITING), times, Buttons((cancel,))))


def agreed_blocks(context: Context, view: SessionView) -> tuple[Block, ...]:
    texts, session = context.texts, view.session
    starts_at = session.starts_at
    if starts_at is None:
        raise Refused("session_over")
    line = texts.line(
        "mentor.session.agreed", None, name=view.other.name, at=Moment(starts_at)
    )
    number = str(session.id)
    remind = action("mentor", "session", session=number, remind="true")
    return (
        Banner(line, Tone.GOOD),
        session_file(texts, session, starts_at, view.other.name, context.world.now()),
        Buttons(
            (
                Button(texts("mentor.button.remind"), remind),
                told_button(texts, session, SessionEvent.CANCELLED),
            )
        ),
    )


COMMANDS = (
    CommandSpec(
        path=("mentor", "session"),
        handler=handle_session,
        options=(
            Option(name="time"),
            MEMBER,
            PAIRING,
            Option(
                name="take",
                kind=OptionKind.INTEGER,
                minimum=1,
                maximum=TIMES_PROPOSED,
            ),
            Option(name="told", kind=OptionKind.CHOICE, choices=TOLD),
            Option(name="remind", kind=OptionKind.BOOLEAN),
            Option(name="session", kind=OptionKind.INTEGER, minimum=1, is_listed=False),
        ),
    ),
)
