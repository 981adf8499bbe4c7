"""What the two of a pairing are told in private, each with the buttons to answer.

A notice holds numbers alone; names and times are read when it is told, so that it says
what is so then, and nothing when the pairing is gone.
"""

from bot.chat.buttons import action
from bot.chat.pairing_view import (
    answer_buttons,
    end_button,
    feedback_button,
    session_button,
    side_of,
    term_lines,
    times_buttons,
    times_lines,
    told_button,
    topics_line,
)
from bot.chat.reply import (
    Block,
    Bullets,
    Button,
    Buttons,
    ButtonStyle,
    Fields,
    Line,
    Moment,
    Reply,
    Text,
)
from bot.chat.session_file import session_file
from bot.chat.texts import Texts, plain
from bot.domain.member import Member
from bot.domain.notice import Notice, NoticeKind
from bot.domain.pairing.hearing import CheckInAnswer
from bot.domain.pairing.life import Pairing
from bot.domain.pairing.session import Session, SessionEvent
from bot.services.read_mentoring import OwnPairing, read_notice, read_words
from bot.services.world import World

SIDED = frozenset({NoticeKind.PAIRING_OFFERED, NoticeKind.PAIRING_DECLINED})
"""What mentor, mentee and peers are told in other words."""


async def pairing_notice(
    world: World, texts: Texts, member: Member, notice: Notice
) -> Reply | None:
    """None where the pairing is gone: there is nothing to tell any more."""
    pairing_id = int(notice.facts["pairing"])
    session_id = notice.facts.get("session")
    found = await read_notice(
        world, member, pairing_id, None if session_id is None else int(session_id)
    )
    if found is None:
        return None
    own, session = found
    blocks: list[Block] = [Text(_line(texts, member, notice, own, session))]
    match notice.kind:
        case NoticeKind.PAIRING_OFFERED:
            blocks += _offered(world, texts, member, own)
        case NoticeKind.CHECK_IN | NoticeKind.PAIRING_STALLED:
            blocks.append(_check_in(texts, own.pairing))
        case NoticeKind.PAIRING_ENDED if own.pairing.active_at is not None:
            blocks.append(Buttons((feedback_button(texts, own.pairing),)))
        case NoticeKind.PAIRING_WORDS:
            blocks.append(Text(plain(await read_words(world, own))))
        case NoticeKind.PAIRING_OPENED:
            blocks.append(Buttons((session_button(texts, own.pairing),)))
    if session is not None:
        blocks += _session(world, texts, own, session, notice.kind)
    return Reply(blocks=tuple(blocks))


def _line(
    texts: Texts,
    member: Member,
    notice: Notice,
    own: OwnPairing,
    session: Session | None,
) -> Line:
    key = f"notice.{notice.kind}"
    if notice.kind in SIDED:
        key += f".{side_of(own.pairing, member)}"
    if notice.kind is NoticeKind.PAIRING_ENDED:
        key += ".again" if notice.facts.get("again") else f".{own.pairing.ended_why}"
    at = own.pairing.runs_out_at
    if session is not None and session.starts_at is not None:
        at = session.starts_at
    return texts.line(
        key,
        None,
        name=own.other.name,
        at=Moment(at),
        reputation=notice.facts.get("reputation", 0),
    )


def _offered(
    world: World, texts: Texts, member: Member, own: OwnPairing
) -> tuple[Block, ...]:
    pairing, roadmap = own.pairing, world.catalogue.roadmap
    why = action("mentor", "why", pairing=str(pairing.id))
    facts = [
        (
            texts("mentor.fact.topics"),
            topics_line(texts, roadmap, own.request.topics),
        )
    ]
    if pairing.mentee_id != member.id:
        # Their words are for whoever may help them.
        facts.append((texts("mentor.fact.goal"), plain(own.request.goal)))
    facts.append(
        (texts("mentor.fact.weeks"), texts.line("mentor.weeks", pairing.weeks))
    )
    terms = term_lines(texts, pairing)
    return (
        Fields(tuple(facts)),
        *((Bullets(terms[:2]),) if terms else ()),
        Buttons(
            (
                *(answer_buttons(texts, pairing) if pairing.awaits(member.id) else ()),
                Button(texts("mentor.button.why"), why),
            )
        ),
    )


def _check_in(texts: Texts, pairing: Pairing) -> Buttons:
    number = str(pairing.id)
    answers = tuple(
        Button(
            texts(f"mentor.button.{one}"),
            action("mentor", "checkin", pairing=number, answer=one),
            ButtonStyle.PRIMARY if one is CheckInAnswer.WELL else ButtonStyle.SECONDARY,
        )
        for one in CheckInAnswer
    )
    return Buttons(
        (*answers, session_button(texts, pairing), end_button(texts, pairing))
    )


def _session(
    world: World,
    texts: Texts,
    own: OwnPairing,
    session: Session,
    kind: NoticeKind,
) -> tuple[Block, ...]:
    match kind:
        case NoticeKind.SESSION_PROPOSED:
            times = Bullets(times_lines(session), numbered=True)
            return (times, times_buttons(texts, session))
        case NoticeKind.SESSION_AGREED if session.starts_at is not None:
            number = str(session.id)
            remind = action("mentor", "session", session=number, remind="true")
            name, now = own.other.name, world.now()
            return (
                session_file(texts, session, session.starts_at, name, now),
                Buttons((Button(texts("mentor.button.remind"), remind),)),
            )
        case NoticeKind.SESSION_OVER:
            told = (SessionEvent.HELD, SessionEvent.MISSED)
            return (Buttons(tuple(told_button(texts, session, one) for one in told)),)
        case _:
            return ()
