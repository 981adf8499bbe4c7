"""`/admin grant`, `revoke`, `rejudge`: organisers put right what went wrong."""

from collections.abc import Mapping
from uuid import UUID

from bot.chat.buttons import action
from bot.chat.command import Audience, CommandSpec, Option, OptionKind
from bot.chat.commands.challenge import CHALLENGE
from bot.chat.context import Context
from bot.chat.reply import (
    Banner,
    Block,
    Button,
    Buttons,
    ButtonStyle,
    Heading,
    Reply,
    Text,
    Tone,
)
from bot.domain.rejudge import RejudgeState
from bot.services.correct_points import (
    MOST_AT_ONCE,
    Corrected,
    grant_points,
    revoke_points,
)
from bot.services.errors import Refused, SubmissionNotFound
from bot.services.rejudge import RejudgeView, confirm_rejudge, propose_rejudge

# What a notice and a line of the log can show.
REASON_LENGTH = 300


async def handle_grant(context: Context, options: Mapping[str, str]) -> Reply:
    corrected = await grant_points(
        context.world,
        context.member,
        options["member"],
        int(options["points"]),
        options["reason"][:REASON_LENGTH],
    )
    return _corrected(context, "corrections.granted", options, corrected)


async def handle_revoke(context: Context, options: Mapping[str, str]) -> Reply:
    corrected = await revoke_points(
        context.world,
        context.member,
        options["member"],
        int(options["points"]),
        options["reason"][:REASON_LENGTH],
    )
    return _corrected(context, "corrections.revoked", options, corrected)


def _corrected(
    context: Context, key: str, options: Mapping[str, str], corrected: Corrected
) -> Reply:
    line = context.texts.line(
        key,
        int(options["points"]),
        name=corrected.member.name,
        total=corrected.points,
    )
    return Reply(blocks=(Banner(line, Tone.GOOD),))


async def handle_rejudge(context: Context, options: Mapping[str, str]) -> Reply:
    """First it counts; the button starts it, and shows then how far it has come."""
    if "run" in options:
        view = await confirm_rejudge(
            context.world, context.member, _uuid(options["run"])
        )
        return _running(context, view)
    if "challenge" not in options:
        raise Refused("rejudge_what")
    if "reason" not in options:
        raise Refused("rejudge_why")
    submission = options.get("submission")
    view = await propose_rejudge(
        context.world,
        context.member,
        options["challenge"],
        submission_id=None if submission is None else _uuid(submission),
        reason=options["reason"][:REASON_LENGTH],
    )
    texts, count = context.texts, view.count
    go = Button(
        texts("rejudging.go"),
        action("admin", "rejudge", run=str(view.rejudge.id)),
        ButtonStyle.PRIMARY,
    )
    return Reply(
        blocks=(
            _heading(context, view),
            Text(
                texts.line(
                    "rejudging.count",
                    count.submissions,
                    accepted=count.accepted,
                    members=count.members,
                )
            ),
            Text(texts.line("rejudging.what_it_means")),
            Buttons((go,)),
        )
    )


def _running(context: Context, view: RejudgeView) -> Reply:
    texts, count = context.texts, view.count
    match view.rejudge.state:
        case RejudgeState.PROPOSED:
            told = Banner(texts.line("rejudging.started"), Tone.GOOD)
        case RejudgeState.RUNNING:
            line = texts.line(
                "rejudging.running", None, settled=count.settled, members=count.members
            )
            told = Banner(line, Tone.WAITING)
        case RejudgeState.DONE:
            line = texts.line("rejudging.done", None, members=count.settled)
            told = Banner(line, Tone.GOOD)
    blocks: list[Block] = [_heading(context, view), told]
    if view.rejudge.state is not RejudgeState.DONE:
        look = action("admin", "rejudge", run=str(view.rejudge.id))
        blocks.append(Buttons((Button(texts("rejudging.how_far"), look),)))
    return Reply(blocks=tuple(blocks))


def _heading(context: Context, view: RejudgeView) -> Heading:
    title = view.challenge.title.in_(context.language)
    return Heading(context.texts.line("rejudging.title", None, title=title))


def _uuid(typed: str) -> UUID:
    try:
        return UUID(typed.strip())
    except ValueError:
        raise SubmissionNotFound from None


_MEMBER = Option(name="member", kind=OptionKind.MEMBER, required=True)
_POINTS = Option(
    name="points",
    kind=OptionKind.INTEGER,
    required=True,
    minimum=1,
    maximum=MOST_AT_ONCE,
)
_REASON = Option(name="reason", required=True)

COMMANDS = (
    CommandSpec(
        path=("admin", "grant"),
        handler=handle_grant,
        options=(_MEMBER, _POINTS, _REASON),
        audience=Audience.ORGANISER,
    ),
    CommandSpec(
        path=("admin", "revoke"),
        handler=handle_revoke,
        options=(_MEMBER, _POINTS, _REASON),
        audience=Audience.ORGANISER,
    ),
    CommandSpec(
        path=("admin", "rejudge"),
        handler=handle_rejudge,
        options=(
            CHALLENGE,
            Option(name="reason"),
            Option(name="submission"),
            Option(name="run", is_listed=False),
        ),
        audience=Audience.ORGANISER,
    ),
)
