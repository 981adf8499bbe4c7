"""What an organiser does once: the invitation and the commands."""

import pytest

from bot.chat.discord.errors import DiscordUnavailable, TokenRefused
from bot.chat.discord.setup import invitation, synchronised
from tests.fakes.discord import FakeDiscord


async def test_the_invitation_names_the_application(fake: FakeDiscord) -> None:
    assert f"client_id={fake.application.id}" in await invitation(fake.token)


async def test_commands_are_synchronised_once(fake: FakeDiscord) -> None:
    assert await synchronised(fake.token)
    assert not await synchronised(fake.token)


async def test_a_token_that_discord_does_not_know_is_told(fake: FakeDiscord) -> None:
    with pytest.raises(TokenRefused):
        await invitation("another")
    assert [one.where for one in fake.take_violations()] == ["GET /users/@me"]


async def test_a_discord_that_is_away_is_told(fake: FakeDiscord) -> None:
    fake.faults.fail(503, times=3)
    with pytest.raises(DiscordUnavailable):
        await invitation(fake.token)
