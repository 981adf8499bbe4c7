"""A community's day on Discord, on the real parts: database, queue, sandbox, texts."""

import pytest

from challenges.challenge import Challenge
from runner.verdict import Verdict
from tests.acceptance.discord.installation import Installation, code_challenge
from tests.fakes.discord import Channel, FakeDiscord, File, Person, Seen

FENCE = "```"


def wrong(challenge: Challenge) -> str:
    return next(
        one.source for one in challenge.samples if one.verdict is not Verdict.ACCEPTED
    )


def block(source: str) -> str:
    return f"{FENCE}python\n{source.rstrip()}\n{FENCE}"


UNDER_WAY = ("Recibido", "Received", "Leyendo", "Reading your")


async def judged(person: Person, seen: Seen) -> str:
    await person.until(lambda: not any(one in seen.text for one in UNDER_WAY))
    return seen.text


WORDS = {
    "es-ES": ("reto ver", "reto", "clasificacion", "Evaluar este código"),
    "en-GB": ("challenge show", "challenge", "leaderboard", "Judge this code"),
}


@pytest.mark.parametrize("locale", WORDS)
async def test_wrong_then_right_by_every_way_in(
    installation: Installation, fake: FakeDiscord, general: Channel, locale: str
) -> None:
    show, option, board, menu = WORDS[locale]
    async with installation.running() as bot:
        challenge = code_challenge(bot.parts)
        ana = fake.join(general, "xiomara", locale=locale)
        title = challenge.title.in_(locale[:2])
        shown = await ana.slash(show, {option: challenge.id})
        assert title in shown.text
        form = await ana.press(shown, shown.buttons[0])
        answer = await ana.submit(form, {"code": wrong(challenge)})
        assert "✅" not in await judged(ana, answer)
        mention = f"<@{fake.application.id}>"
        said = ana.say(f"{mention} {block(wrong(challenge))}")
        assert "✅" not in await judged(ana, await ana.answer_to(said))
        file = File(name="solution.py", content=wrong(challenge).encode())
        said = ana.say(mention, files=[file])
        assert "✅" not in await judged(ana, await ana.answer_to(said))
        assert "Xiomara" not in (await ana.slash(board)).text
        code = ana.say(block(challenge.solution))
        assert "✅" in await judged(ana, await ana.menu(menu, code))
        assert "Xiomara" in (await ana.slash(board)).text


async def test_a_verdict_arrives_after_a_restart_in_between(
    installation: Installation, fake: FakeDiscord, general: Channel
) -> None:
    ana = fake.join(general, "ana", locale="es-ES")
    async with installation.running(judging=False) as bot:
        challenge = code_challenge(bot.parts)
        form = await ana.slash("reto enviar", {"reto": challenge.id})
        answer = await ana.submit(form, {"code": challenge.solution})
        assert "Recibido" in answer.text
    async with installation.running():
        assert "✅" in await judged(ana, answer)
