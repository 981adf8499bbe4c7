"""`/home`: the day at a glance. Where a platform has a page of its own for us, this."""

from collections.abc import Mapping

from bot.chat.buttons import (
    action,
    leaderboard_button,
    show_button,
    submit_button,
    today_button,
)
from bot.chat.challenge_view import stars
from bot.chat.command import CommandSpec
from bot.chat.commands.bar import bar
from bot.chat.commands.streak import streak_advice
from bot.chat.context import Context
from bot.chat.pairing_view import answer_buttons, pairing_line
from bot.chat.reply import (
    Banner,
    Block,
    Button,
    Buttons,
    Fields,
    Heading,
    Line,
    Reply,
    Text,
    Tone,
)
from bot.chat.texts import Texts, plain
from bot.domain.member import Member
from bot.services.dashboard import Dashboard, Todays, read_dashboard
from bot.services.read_mentoring import MentoringGlance, glance_at_mentoring

HOME = ("home",)
# One has a mentor, and seldom more than three mentees.
PAIRINGS_SHOWN = 4


async def handle_home(context: Context, _: Mapping[str, str]) -> Reply:
    dashboard = await read_dashboard(context.world, context.member)
    mentoring = await glance_at_mentoring(context.world, context.member)
    texts = context.texts
    streak = dashboard.profile.streak
    advice = streak_advice(texts, streak, context.world.today_of(context.member))
    return Reply(
        blocks=(
            Heading(texts.line("home.title", name=context.member.name), level=1),
            *_today(texts, dashboard.todays),
            Heading(texts.line("streak.title", n=streak.current)),
            Text(advice),
            Heading(texts.line("home.progress")),
            Fields(_progress(context, dashboard)),
            Buttons(_ways(texts)),
            Heading(texts.line("mentor.list.title")),
            *_mentoring(texts, context.member, mentoring),
            Heading(texts.line("settings.title")),
            Fields(_settings(texts, context.member)),
            Buttons((Button(texts("button.edit"), action("settings", view="edit")),)),
        )
    )


def _today(texts: Texts, todays: Todays | None) -> tuple[Block, ...]:
    if todays is None:
        return (Text(texts.line("home.no_challenge")),)
    challenge = todays.challenge
    title = challenge.title.in_(texts.language)
    if todays.is_solved:
        return (
            Banner(texts.line("home.today_solved", title=title), Tone.GOOD),
            Buttons((show_button(texts, challenge.id),)),
        )
    told = texts.line(
        "home.today_open",
        n=todays.points,
        title=title,
        difficulty=stars(challenge.difficulty),
    )
    return (
        Banner(told, Tone.WAITING),
        Buttons((submit_button(texts, challenge), today_button(texts))),
    )


def _progress(context: Context, dashboard: Dashboard) -> tuple[tuple[str, Line], ...]:
    texts, profile = context.texts, dashboard.profile
    number = context.member.phase
    phase = context.world.catalogue.roadmap.phase(number).name.in_(context.language)
    share = dashboard.phase.share
    skills = f"{bar(share.mastered, share.total)} {share.mastered}/{share.total}"
    rank = "–" if profile.rank is None else str(profile.rank)
    return (
        (texts("profile.phase"), plain(f"{number}. {phase}")),
        (texts("roadmap.column.skills"), plain(skills)),
        (texts("profile.points"), plain(str(profile.points))),
        (texts("profile.rank"), plain(rank)),
    )


def _mentoring(
    texts: Texts, member: Member, mentoring: MentoringGlance
) -> tuple[Block, ...]:
    """With whom they climb, and the next thing to do about it."""
    blocks: list[Block] = []
    for own in mentoring.pairings[:PAIRINGS_SHOWN]:
        blocks.append(Text(pairing_line(texts, member, own)))
        if own.pairing.awaits(member.id):
            blocks.append(Buttons(answer_buttons(texts, own.pairing)))
    if mentoring.is_waiting:
        blocks.append(Text(texts.line("home.mentor_waits")))
    if blocks:
        every = Button(texts("home.mentoring"), action("mentor", "list"))
        return (*blocks, Buttons((every,)))
    ask = Button(texts("mentor.button.request"), action("mentor", "request"))
    offer = Button(texts("mentor.button.offer"), action("mentor", "offer"))
    return (Text(texts.line("mentor.list.nothing")), Buttons((ask, offer)))


def _ways(texts: Texts) -> tuple[Button, ...]:
    return (
        Button(texts("button.roadmap"), action("roadmap")),
        leaderboard_button(texts),
        Button(texts("button.history"), action("challenge", "history")),
        Button(texts("button.help"), action("help")),
    )


def _settings(texts: Texts, member: Member) -> tuple[tuple[str, Line], ...]:
    visibility = "hidden" if member.hidden else "shown"
    return (
        (
            texts("settings.language"),
            texts.line(f"settings.language.{texts.language}"),
        ),
        (texts("settings.time_zone"), plain(member.zone)),
        (
            texts("settings.visibility"),
            texts.line(f"settings.visibility.{visibility}"),
        ),
    )


COMMANDS = (CommandSpec(path=HOME, handler=handle_home),)
