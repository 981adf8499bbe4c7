"""A community's day on Slack, on the real parts: database, queue, sandbox, texts."""

import pytest
from pydantic import SecretStr

from bot.bootstrap import assemble
from bot.errors import UnsafeSandbox
from bot.platforms import joined_slack
from bot.settings import Settings
from challenges.challenge import Challenge
from runner.verdict import Verdict
from tests.acceptance.discord.installation import code_challenge
from tests.acceptance.slack.installation import SlackSite
from tests.fakes.slack import FakeSlack, Person, Sight, Upload

SUBMIT = "challenge submit"
WORDS = {
    "es-ES": ("/reto", "ver", "/clasificacion", "es"),
    "en-GB": ("/challenge", "show", "/leaderboard", "en"),
}
UNDER_WAY = ("Recibido", "Received", "Leyendo", "Reading your")


def wrong(challenge: Challenge) -> str:
    return next(
        one.source for one in challenge.samples if one.verdict is not Verdict.ACCEPTED
    )


def block(source: str) -> str:
    return f"```\n{source.rstrip()}\n```"


async def judged(person: Person) -> Sight:
    """The next that says how it went."""
    while True:
        seen = await person.sees()
        under_way = any(one in seen.text for one in UNDER_WAY)
        if seen.kind in {"ephemeral", "changed", "message"} and not under_way:
            return seen


@pytest.mark.parametrize("locale", WORDS)
async def test_wrong_then_right_by_every_way_in(
    site: SlackSite, slack: FakeSlack, locale: str
) -> None:
    command, show, board, language = WORDS[locale]
    async with site.running() as bot:
        challenge = code_challenge(bot.parts)
        ana = slack.add_person("xiomara", locale=locale)
        channel = slack.add_channel("cordada", ana)
        shown = await ana.slash(command, f"{show} {challenge.id}", channel)
        assert challenge.title.in_(language) in shown.text
        await ana.press(SUBMIT, on=shown.message, expecting="view")
        await ana.submit({"code": wrong(challenge)}, expecting="ephemeral")
        assert "✅" not in (await judged(ana)).text
        await ana.mention(block(wrong(challenge)), channel, expecting="message")
        assert "✅" not in (await judged(ana)).text
        file = Upload(name="solution.py", content=wrong(challenge).encode())
        await ana.direct("", files=(file,), expecting="message")
        assert "✅" not in (await judged(ana)).text
        assert "xiomara" not in (await ana.slash(board, "", channel)).text
        said = slack.post_as(ana, channel, block(challenge.solution))
        menu = f"menu.challenge.submit.{language}"
        await ana.message_shortcut(menu, said, expecting="ephemeral")
        assert "✅" in (await judged(ana)).text
        # Everybody in the bot's channel reads who solved what.
        assert "xiomara" in (await ana.sees("message")).text
        seen = await ana.slash(board, "", channel, expecting="ephemeral")
        assert "xiomara" in seen.text


async def test_a_verdict_arrives_after_a_restart_in_between(
    site: SlackSite, slack: FakeSlack
) -> None:
    ana = slack.add_person("ana", locale="es-ES")
    channel = slack.add_channel("reto", ana, with_bot=False)
    async with site.running(judging=False) as bot:
        challenge = code_challenge(bot.parts)
        await ana.slash("/reto", f"enviar {challenge.id}", channel, expecting="view")
        seen = await ana.submit({"code": challenge.solution}, expecting="ephemeral")
        assert "Recibido" in seen.text
    async with site.running():
        assert "✅" in (await ana.sees("ephemeral")).text


async def test_the_sandbox_of_processes_is_not_opened_to_a_workspace(
    slack: FakeSlack, database_url: str
) -> None:
    settings = Settings(
        database_url=SecretStr(database_url),
        sandbox="process",
        slack_bot_token=SecretStr(slack.bot_token),
        slack_app_token=SecretStr(slack.app_token),
    )
    async with assemble(settings) as parts:
        with pytest.raises(UnsafeSandbox):
            async with joined_slack(parts):
                pass
