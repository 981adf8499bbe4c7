"""One person on Discord and on Slack: what they solve on one counts on the other."""

import re
from datetime import timedelta

from bot.chat.announce import ChatAdapter
from bot.chat.command import Platform
from tests.acceptance.platforms.game import open_game
from tests.acceptance.platforms.on_discord import DiscordStage, on_discord
from tests.acceptance.platforms.on_slack import SlackStage, on_slack
from tests.acceptance.platforms.stage import Player
from tests.fakes.catalogue import RIGHT

CODE = re.compile(r"vincular usar codigo:(\S+?)[.`]")
DAY = timedelta(days=1)


async def judge(discord: DiscordStage, slack: SlackStage) -> None:
    """One worker, which speaks on both."""
    adapters: dict[Platform, ChatAdapter] = {
        Platform.DISCORD: discord.connection.chat,
        Platform.SLACK: slack.connection.chat,
    }
    await discord.game.judge_for(adapters)


async def streak(player: Player) -> str:
    await player.asks("streak")
    lines = (await player.reads()).splitlines()
    return [one for one in lines if "Racha" in one or "Streak" in one][-1]


async def test_who_solves_on_one_platform_sees_the_streak_on_the_other(
    database_url: str,
) -> None:
    async with (
        open_game(database_url) as game,
        on_discord(game) as discord,
        on_slack(game) as slack,
    ):
        here = await discord.enters("ana", "es")
        there = await slack.enters("anita", "en")
        await here.asks("link", "code")
        found = CODE.search(await here.reads())
        assert found is not None
        await there.asks("link", "enter", code=found[1])
        asked = there.person.screen.sights[-1].message
        await there.person.press("link enter", on=asked, expecting="ephemeral")
        assert "one person from now on" in await there.reads()

        await here.hands_in("add-up", RIGHT)
        await judge(discord, slack)
        assert "aceptado" in await here.reads()
        assert "Streak: 1 day" in await streak(there)

        game.clock.advance(DAY)
        slack.slack.advance(DAY.total_seconds())
        await there.hands_in("add-more", RIGHT)
        await judge(discord, slack)
        assert "accepted" in await there.reads()
        assert "Racha: 2 días" in await streak(here)
        # Solved on the other platform, it is solved here.
        await here.asks("challenge", "history")
        assert "Suma de varias cajas" in await here.reads()
