"""`/profile`, `/streak`, `/roadmap`: where a member stands."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.chat.buttons import action, browse_button, leaderboard_button, today_button
from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.commands.phases import PHASE, phase_choices
from bot.chat.context import Context
from bot.chat.markdown import inline
from bot.chat.reply import (
    Block,
    Bullets,
    Buttons,
    Details,
    Fields,
    Heading,
    Line,
    Reply,
    Select,
    Table,
    Text,
    Words,
)
from bot.chat.texts import Texts, plain
from bot.domain.progression import PhaseStanding, SkillStanding
from bot.domain.streak import MOST_FREEZES, Day, Streak
from bot.services.profile import MemberProfile, read_profile
from bot.services.roadmap import read_progress
from bot.services.streaks import read_streak

# Two weeks explain a streak on one screen.
DAYS_SHOWN = 14
# Ten would wrap on a phone.
BAR_CELLS = 5


async def handle_profile(context: Context, _: Mapping[str, str]) -> Reply:
    profile = await read_profile(context.world, context.member)
    texts = context.texts
    return Reply(
        blocks=(
            Heading(plain(profile.member.name), level=1),
            Fields(_profile_facts(texts, profile)),
            _phase_table(context, profile),
            Buttons((today_button(texts), leaderboard_button(texts))),
        )
    )


def _profile_facts(
    texts: Texts, profile: MemberProfile
) -> tuple[tuple[str, Line], ...]:
    rank = "–" if profile.rank is None else str(profile.rank)
    return (
        (texts("profile.phase"), plain(str(profile.member.phase))),
        (texts("profile.points"), plain(str(profile.points))),
        (texts("profile.rank"), plain(rank)),
        (texts("profile.solved"), plain(str(profile.solved))),
        (texts("profile.streak"), texts.line("streak.days", n=profile.streak.current)),
        (texts("profile.longest"), texts.line("streak.days", n=profile.streak.longest)),
    )


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


def bar(done: int, total: int) -> str:
    filled = 0 if total == 0 else done * BAR_CELLS // total
    return "█" * filled + "░" * (BAR_CELLS - filled)


async def handle_streak(context: Context, options: Mapping[str, str]) -> Reply:
    streak = await read_streak(context.world, context.member)
    texts = context.texts
    blocks: list[Block] = [
        Heading(texts.line("streak.title", n=streak.current)),
        Text(_streak_advice(texts, streak, context.world.today_of(context.member))),
        Fields(
            (
                (
                    texts("streak.longest"),
                    texts.line("streak.days", n=streak.longest),
                ),
                (texts("streak.freezes"), plain(str(streak.freezes))),
                *_next_freeze(texts, streak),
            )
        ),
    ]
    days = tuple(_day_line(texts, day) for day in streak.days[-DAYS_SHOWN:])
    if days and options.get("view") == "why":
        blocks += [Bullets(days), Text(texts.line("streak.rules"))]
    elif days:
        blocks.append(Details(texts("streak.day_by_day"), (Bullets(days),)))
    blocks.append(Buttons((today_button(texts),)))
    return Reply(blocks=tuple(blocks))


def _next_freeze(texts: Texts, streak: Streak) -> tuple[tuple[str, Line], ...]:
    if streak.freezes == MOST_FREEZES:
        return ()
    days = texts.line("streak.days", n=streak.days_to_freeze)
    return ((texts("streak.next_freeze"), days),)


def _streak_advice(texts: Texts, streak: Streak, today: date) -> Line:
    if not streak.days:
        return texts.line("streak.none")
    solved_today = any(
        day.on == today and day.state == "solved" for day in streak.days[-1:]
    )
    if solved_today:
        return texts.line("streak.safe")
    return texts.line("streak.open" if streak.current else "streak.again")


def _day_line(texts: Texts, day: Day) -> Line:
    key = "streak.day.solved_freeze" if day.freeze_earned else f"streak.day.{day.state}"
    return texts.line(key, on=day.on.isoformat(), current=day.current)


async def handle_roadmap(context: Context, options: Mapping[str, str]) -> Reply:
    chosen = int(options.get("phase", context.member.phase))
    standings = await read_progress(context.world, context.member)
    return Reply(
        blocks=(
            Heading(context.texts.line("roadmap.title"), level=1),
            _roadmap_table(context, standings, chosen),
            *_phase_blocks(context, standings[chosen - 1]),
            _other_phase(context, chosen),
            Buttons((browse_button(context.texts, chosen),)),
        )
    )


def _roadmap_table(
    context: Context, standings: Sequence[PhaseStanding], chosen: int
) -> Table:
    texts = context.texts
    roadmap = context.world.catalogue.roadmap
    return Table(
        header=(
            texts("roadmap.column.phase"),
            texts("roadmap.column.progress"),
            texts("roadmap.column.skills"),
        ),
        rows=tuple(
            (
                f"{one.phase}. {roadmap.phase(one.phase).name.in_(context.language)}",
                bar(one.share.mastered, one.share.total),
                f"{one.share.mastered}/{one.share.total}",
            )
            for one in standings
        ),
        numeric=(2,),
        highlighted=chosen - 1,
    )


def _phase_blocks(context: Context, phase: PhaseStanding) -> list[Block]:
    """The phase's topics, each with its skills and how they stand."""
    roadmap = context.world.catalogue.roadmap
    blocks: list[Block] = []
    for topic in phase.topics:
        name = roadmap.topic(topic.id).name.in_(context.language)
        blocks.append(Heading(plain(name), level=3))
        blocks.append(Bullets(tuple(_skill_line(context, one) for one in topic.skills)))
    return blocks


def _skill_line(context: Context, skill: SkillStanding) -> Line:
    name = context.world.catalogue.roadmap.skill(skill.id).name.in_(context.language)
    if skill.mastered:
        key = "roadmap.skill.mastered"
    elif skill.challenges:
        key = "roadmap.skill.open"
    else:
        key = "roadmap.skill.none_yet"
    return (*context.texts.line(key), Words(" "), *inline(name))


def _other_phase(context: Context, chosen: int) -> Select:
    return Select(
        label=context.texts("roadmap.choose_phase"),
        action=action("roadmap"),
        option="phase",
        choices=phase_choices(context),
        chosen=str(chosen),
    )


COMMANDS = (
    CommandSpec(path=("profile",), handler=handle_profile),
    CommandSpec(
        path=("streak",),
        handler=handle_streak,
        options=(Option(name="view", kind=OptionKind.CHOICE, choices=("why",)),),
    ),
    CommandSpec(path=("roadmap",), handler=handle_roadmap, options=(PHASE,)),
)
