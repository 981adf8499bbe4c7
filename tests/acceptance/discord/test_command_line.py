"""What an organiser is told who brings Cordada to Discord."""

from tests.acceptance.conftest import Start


async def test_a_sandbox_that_does_not_lock_in_keeps_discord_out(
    bot_process: Start,
) -> None:
    bot = bot_process(CORDADA_SANDBOX="process", CORDADA_DISCORD_TOKEN="a-token")
    await bot.begin()
    status = await bot.ended()
    assert status == 1
    assert "does not open it to Discord" in bot.output
    assert "a-token" not in bot.output
    assert "Traceback" not in bot.output
