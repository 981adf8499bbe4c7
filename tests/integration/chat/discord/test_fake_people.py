"""What people can do on the fake, and what they see."""

import asyncio
from typing import Any

import discord
import pytest

from tests.fakes.discord import (
    CannotDo,
    FakeDiscord,
    File,
    NoAnswer,
    Permission,
    Person,
    bell,
)
from tests.fakes.discord.server import ROWS
from tests.integration.chat.discord.tiny_bot import TinyBot


async def test_every_route_is_in_the_description(fake: FakeDiscord) -> None:
    assert fake.state.description is not None
    known = fake.state.description.routes()
    assert [row for row in ROWS if (row.method, row.template) not in known] == []


async def test_what_is_not_there_cannot_be_pressed(bot: TinyBot, ana: Person) -> None:
    panel = await ana.slash("trip panel")
    with pytest.raises(CannotDo):
        await ana.press(panel, "Elsewhere")


async def test_a_disabled_button_cannot_be_pressed(bot: TinyBot, ana: Person) -> None:
    async def act(interaction: discord.Interaction) -> None:
        view = discord.ui.View()
        view.add_item(discord.ui.Button(label="Go", custom_id="go", disabled=True))
        await interaction.response.send_message("closed", view=view)

    bot.act = act
    seen = await ana.slash("act")
    assert seen.buttons == []
    with pytest.raises(CannotDo):
        await ana.press(seen, "Go")


async def test_somebody_else_s_private_panel_cannot_be_pressed(
    fake: FakeDiscord, bot: TinyBot, ana: Person
) -> None:
    async def act(interaction: discord.Interaction) -> None:
        view = discord.ui.View(timeout=None)
        view.add_item(discord.ui.Button(label="Go", custom_id="again"))
        await interaction.response.send_message("mine", view=view, ephemeral=True)

    bot.act = act
    seen = await ana.slash("act")
    berta = fake.join(ana.channel, "berta")
    with pytest.raises(CannotDo):
        await berta.press(seen, "Go")


async def test_who_may_not_speak_does_not(ana: Person) -> None:
    ana.channel.deny(ana.account, Permission.SEND_MESSAGES)
    with pytest.raises(CannotDo):
        ana.say("hi")


async def test_silence_is_told_with_what_happened(
    bot: TinyBot, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bell, "PATIENCE_S", 0.01)
    with pytest.raises(NoAnswer, match="GET"):
        await ana.until(lambda: False)


async def test_an_interaction_without_an_answer_is_listed(
    fake: FakeDiscord, bot: TinyBot, ana: Person
) -> None:
    asked = asyncio.Event()

    async def act(interaction: discord.Interaction) -> None:
        asked.set()

    bot.act = act
    waiting = asyncio.create_task(ana.slash("act"))
    await asked.wait()
    assert [one.person for one in fake.unacknowledged] == [ana.account]
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)


async def test_people_use_commands_in_direct_messages(
    bot: TinyBot, ana: Person
) -> None:
    seen = await ana.direct().slash("trip go", {"way": "north"})
    assert seen.text == "es-ES: north for 1"


async def test_people_use_an_application_that_they_installed_themselves(
    fake: FakeDiscord, bot: TinyBot
) -> None:
    owners: list[Any] = []

    async def act(interaction: discord.Interaction) -> None:
        owners.append(dict(interaction._integration_owners))
        await interaction.response.send_message("here too", ephemeral=True)

    bot.act = act
    elsewhere = fake.create_channel(fake.create_server(with_application=False))
    ana = fake.join(elsewhere, "ana")
    assert (await ana.slash("act")).text == "here too"
    with pytest.raises(CannotDo):
        await ana.slash("trip panel")
    assert owners == [{1: int(ana.account.id)}]


async def test_five_hundred_people_are_answered(
    fake: FakeDiscord, bot: TinyBot, ana: Person
) -> None:
    people = [fake.join(ana.channel, f"p{number}") for number in range(500)]
    seen = await asyncio.gather(
        *(one.slash("trip go", {"way": one.account.name}) for one in people)
    )
    assert [one.text for one in seen] == [f"en-US: p{n} for 1" for n in range(500)]
    assert fake.unacknowledged == []


async def test_who_is_pinged_follows_what_was_allowed(
    bot: TinyBot, fake: FakeDiscord, ana: Person
) -> None:
    channel = bot.get_channel(int(ana.channel.id))
    assert isinstance(channel, discord.TextChannel)
    berta = fake.join(ana.channel, "berta")
    words = f"{ana.mention} {berta.mention} @everyone"
    await channel.send(words)
    only = discord.AllowedMentions(users=[discord.Object(int(ana.account.id))])
    await channel.send(words, allowed_mentions=only)
    everybody = discord.AllowedMentions(users=True, everyone=True)
    await channel.send(words, allowed_mentions=everybody)
    ana.channel.server.members[fake.application.id].roles[0].permissions = (  # type: ignore[union-attr]
        Permission.MENTION_EVERYONE
    )
    await channel.send(words, allowed_mentions=everybody)
    assert [one.pings for one in ana.sees()] == [
        set(),
        {ana.account.id},
        {ana.account.id, berta.account.id},
        {ana.account.id, berta.account.id, "@everyone"},
    ]


async def test_a_file_is_downloaded_from_where_it_is_said_to_be(
    bot: TinyBot, ana: Person
) -> None:
    ana.say("", files=[File(name="a.py", content=b"x = 1")])
    direct = ana.direct()
    direct.say("look", files=[File(name="b.py", content=b"y = 2")])
    await bot.bell.until(lambda: len(bot.heard) == 2)
    hidden, given = (one.attachments for one in bot.heard)
    assert hidden == []
    assert await given[0].read() == b"y = 2"
