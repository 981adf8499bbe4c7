"""A pairing in words: who, for what, what it cost, and what can be done with it."""

from collections.abc import Sequence

from bot.chat.buttons import action
from bot.chat.markdown import inline
from bot.chat.reply import (
    Block,
    Bullets,
    Button,
    Buttons,
    ButtonStyle,
    Details,
    Line,
    Moment,
    Span,
    Words,
)
from bot.chat.texts import Texts
from bot.domain.member import Member
from bot.domain.pairing.cost import (
    AGAIN_COST,
    HOURS_COST,
    LANGUAGE_COST,
    LOAD_COST,
    PHASES_COST,
    TOPICS_COST,
    PairTerm,
)
from bot.domain.pairing.life import Pairing, PairingKind, PairingState
from bot.domain.pairing.session import Session, SessionEvent, SessionState
from bot.services.read_mentoring import OwnPairing
from challenges.roadmap import Roadmap

MOST = {
    PairTerm.TOPICS: TOPICS_COST,
    PairTerm.HOURS: HOURS_COST,
    PairTerm.PHASES: PHASES_COST,
    PairTerm.LANGUAGE: LANGUAGE_COST,
    PairTerm.AGAIN: AGAIN_COST,
    PairTerm.LOAD: LOAD_COST,
}


def side_of(pairing: Pairing, member: Member) -> str:
    """`mentor`, `mentee` or `peer`: which of the sentences is theirs."""
    if pairing.kind is PairingKind.PEERS:
        return "peer"
    return "mentor" if pairing.mentor_id == member.id else "mentee"


def topics_line(texts: Texts, roadmap: Roadmap, topics: Sequence[str]) -> Line:
    spans: list[Span] = []
    for number, topic in enumerate(topics):
        known = roadmap.topics_by_id.get(topic)
        name = topic if known is None else known.name.in_(texts.language)
        spans += [Words("; ")] if number else []
        spans += inline(name)
    return tuple(spans)


def pairing_line(texts: Texts, member: Member, own: OwnPairing) -> Line:
    pairing, name = own.pairing, own.other.name
    side = side_of(pairing, member)
    match pairing.state:
        case PairingState.ACTIVE | PairingState.STALLED:
            ends_at = pairing.ends_at or pairing.state_at
            key = f"mentor.own.{pairing.state}.{side}"
            return texts.line(key, None, name=name, at=Moment(ends_at))
        case PairingState.ACCEPTED:
            return texts.line("mentor.own.accepted", None, name=name)
        case _:
            answered = "own" if pairing.awaits(member.id) else "other"
            key = f"mentor.own.offered.{side}.{answered}"
            return texts.line(key, None, name=name, at=Moment(pairing.runs_out_at))


def pairing_buttons(texts: Texts, member: Member, own: OwnPairing) -> tuple[Block, ...]:
    pairing = own.pairing
    number = str(pairing.id)
    why = Button(texts("mentor.button.why"), action("mentor", "why", pairing=number))
    if pairing.awaits(member.id):
        return (Buttons((*answer_buttons(texts, pairing), why)),)
    if not pairing.is_standing:
        return ()
    buttons = [session_button(texts, pairing), why, end_button(texts, pairing)]
    return (Buttons(tuple(buttons)),)


def answer_buttons(texts: Texts, pairing: Pairing) -> tuple[Button, ...]:
    number = str(pairing.id)
    return (
        Button(
            texts("mentor.button.accept"),
            action("mentor", "accept", pairing=number),
            ButtonStyle.PRIMARY,
        ),
        Button(
            texts("mentor.button.decline"), action("mentor", "decline", pairing=number)
        ),
    )


def session_button(texts: Texts, pairing: Pairing) -> Button:
    meet = action("mentor", "session", pairing=str(pairing.id))
    return Button(texts("mentor.button.session"), meet)


def end_button(texts: Texts, pairing: Pairing) -> Button:
    end = action("mentor", "end", pairing=str(pairing.id))
    return Button(texts("mentor.button.end"), end)


def feedback_button(texts: Texts, pairing: Pairing) -> Button:
    return Button(
        texts("mentor.button.feedback"),
        action("mentor", "feedback", pairing=str(pairing.id)),
        ButtonStyle.PRIMARY,
    )


def session_line(texts: Texts, session: Session, name: str) -> Line:
    if session.state is SessionState.AGREED and session.starts_at is not None:
        at = Moment(session.starts_at)
        return texts.line("mentor.session.agreed", None, name=name, at=at)
    return texts.line("mentor.session.proposed", len(session.times), name=name)


def times_lines(session: Session) -> tuple[Line, ...]:
    return tuple((Moment(one),) for one in session.times)


def times_buttons(texts: Texts, session: Session) -> Buttons:
    """By number: a button's label cannot be in each reader's zone."""
    taken = [
        Button(
            texts("mentor.button.take", number=number),
            action("mentor", "session", session=str(session.id), take=str(number)),
            ButtonStyle.PRIMARY,
        )
        for number in range(1, len(session.times) + 1)
    ]
    return Buttons((*taken, told_button(texts, session, SessionEvent.CANCELLED)))


def told_button(texts: Texts, session: Session, event: SessionEvent) -> Button:
    told = action("mentor", "session", session=str(session.id), told=event)
    return Button(texts(f"mentor.button.{event}"), told)


def term_lines(texts: Texts, pairing: Pairing) -> tuple[Line, ...]:
    """What each term of the cost says of this pair, and what it costs of its most."""
    lines = []
    for term in PairTerm:
        if term not in pairing.terms:
            continue
        cost, most = pairing.terms[term], MOST[term]
        grade = "best" if cost == 0 else "partly" if 2 * cost < most else "least"
        said = texts(f"mentor.term.{term}.{grade}")
        lines.append(
            texts.line("mentor.term.line", None, said=said, cost=cost, most=most)
        )
    return tuple(lines)


def rules(texts: Texts) -> Details:
    """How pairs are made, as it is computed."""
    items = tuple(
        texts.line(f"mentor.rule.{term}", None, most=MOST[term]) for term in PairTerm
    )
    return Details(
        summary=texts("mentor.rule.title"),
        blocks=(
            Bullets((texts.line("mentor.rule.who"), *items)),
            Bullets(
                (
                    texts.line("mentor.rule.waiting"),
                    texts.line("mentor.rule.trio"),
                    texts.line("mentor.rule.peers"),
                )
            ),
        ),
    )
