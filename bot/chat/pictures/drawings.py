"""What each command that can be a picture draws."""

from collections.abc import Mapping

from bot.chat.board_title import board_title
from bot.chat.context import Context
from bot.chat.pictures.board_card import board_alt, board_svg
from bot.chat.pictures.pictured import Drawing
from bot.chat.pictures.profile_card import profile_alt, profile_svg
from bot.chat.pictures.progress_wheel import wheel_alt, wheel_svg
from bot.chat.pictures.streak_calendar import streak_alt, streak_svg
from bot.domain.leaderboard import Period
from bot.services.leaderboard import Scope, read_board
from bot.services.profile import read_profile
from bot.services.roadmap import read_progress
from bot.services.streaks import read_streak


async def draw_profile(context: Context, _: Mapping[str, str]) -> Drawing:
    profile = await read_profile(context.world, context.member)
    roadmap = context.world.catalogue.roadmap
    return Drawing(
        svg=profile_svg(context.texts, roadmap, profile),
        alt=profile_alt(context.texts, profile),
    )


async def draw_streak(context: Context, _: Mapping[str, str]) -> Drawing:
    streak = await read_streak(context.world, context.member)
    today = context.world.today_of(context.member)
    return Drawing(
        svg=streak_svg(context.texts, streak, today),
        alt=streak_alt(context.texts, streak, today),
    )


async def draw_roadmap(context: Context, _: Mapping[str, str]) -> Drawing:
    standings = await read_progress(context.world, context.member)
    roadmap, phase = context.world.catalogue.roadmap, context.member.phase
    return Drawing(
        svg=wheel_svg(context.texts, roadmap, standings, phase=phase),
        alt=wheel_alt(context.texts, standings),
    )


async def draw_board(context: Context, options: Mapping[str, str]) -> Drawing:
    texts, phase = context.texts, options.get("phase")
    view = await read_board(
        context.world,
        context.member,
        period=Period(options.get("period", Period.WEEK)),
        phase=int(phase) if phase else None,
        scope=Scope(options.get("scope", Scope.COMMUNITY)),
    )
    title = board_title(texts, view)
    community = context.member.community.name
    return Drawing(
        svg=board_svg(texts, title, community, view.top, own=view.own),
        alt=board_alt(texts, title, view.top),
    )
