"""`/profile`: what a member has done."""

from collections.abc import Mapping

from bot.chat.buttons import action, leaderboard_button, today_button
from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.commands.bar import bar
from bot.chat.context import Context
from bot.chat.pictures.drawings import draw_profile
from bot.chat.pictures.pictured import VIEW, pictured
from bot.chat.reply import Button, Buttons, Fields, Heading, Line, Reply, Table
from bot.chat.texts import Texts, plain
from bot.services.profile import MemberProfile, read_profile


async def handle_profile(context: Context, _: Mapping[str, str]) -> Reply:
    profile = await read_profile(context.world, context.member)
    texts = context.texts
    return Reply(
        blocks=(
            Heading(plain(profile.member.name), level=1),
            Fields(_profile_facts(texts, profile)),
            *_badges(texts, profile),
            _phase_table(context, profile),
            Buttons(
                (
                    today_button(texts),
                    leaderboard_button(texts),
                    Button(texts("button.badges"), action("badges")),
                )
            ),
        )
    )


def _profile_facts(
    texts: Texts, profile: MemberProfile
) -> tuple[tuple[str, Line], ...]:
    rank = "–" if profile.rank is None else str(profile.rank)
    led = profile.leadership.total
    # Of who does not lead yet it would be a reproach.
    leads = ((texts("profile.leadership"), plain(str(led))),) if led else ()
    return (
        (texts("profile.phase"), plain(str(profile.member.phase))),
        (texts("profile.points"), plain(str(profile.points))),
        (texts("profile.rank"), plain(rank)),
        (texts("profile.solved"), plain(str(profile.solved))),
        (texts("profile.streak"), texts.line("streak.days", n=profile.streak.current)),
        (texts("profile.longest"), texts.line("streak.days", n=profile.streak.longest)),
        *leads,
    )


def _badges(texts: Texts, profile: MemberProfile) -> tuple[Fields, ...]:
    """By name; what each is for is a press away."""
    if not profile.badges:
        return ()
    names = ", ".join(texts(f"badge.{one}.name") for one in profile.badges)
    return (Fields(((texts("profile.badges"), plain(names)),)),)


def _phase_table(context: Context, profile: MemberProfile) -> Table:
    phases = context.world.catalogue.roadmap.phases
    rows = zip(
        phases, profile.solved_by_phase, profile.challenges_by_phase, strict=True
    )
    return Table(
        header=(
            context.texts("profile.column.phase"),
            context.texts("profile.column.progress"),
            context.texts("profile.column.solved"),
        ),
        rows=tuple(
            (
                f"{phase.number}. {phase.name.in_(context.language)}",
                bar(solved, total),
                f"{solved}/{total}",
            )
            for phase, solved, total in rows
        ),
        numeric=(2,),
        highlighted=profile.member.phase - 1,
    )


COMMANDS = (
    CommandSpec(
        path=("profile",),
        handler=pictured(("profile",), handle_profile, draw_profile),
        options=(Option(name="view", kind=OptionKind.CHOICE, choices=(VIEW,)),),
    ),
)
