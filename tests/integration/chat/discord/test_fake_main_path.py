"""The fake against the real discord.py: what should work, works."""

import discord
import pytest

from tests.fakes.discord import FakeDiscord, File, Permission, Person
from tests.integration.chat.discord.tiny_bot import Running, TinyBot


async def test_commands_are_registered_and_answered(bot: TinyBot, ana: Person) -> None:
    seen = await ana.slash("trip go", {"way": "north", "days": 3})
    assert seen.text == "es-ES: north for 3"
    assert seen.ephemeral


async def test_an_option_completes(bot: TinyBot, ana: Person) -> None:
    choices = await ana.autocomplete("trip go", "way", "nor")
    assert choices == [("North", "north"), ("Northwest", "northwest")]


async def test_a_panel_is_seen_pressed_and_chosen_from(
    bot: TinyBot, ana: Person
) -> None:
    seen = await ana.slash("trip panel")
    assert seen.text.splitlines() == [
        "Which way?",
        "[Again] [Code] [Quiet]",
        "[choose: North | South | Northwest]",
    ]
    assert seen.buttons == ["Again", "Code", "Quiet"]
    pressed = await ana.press(seen, "Again")
    assert pressed.shown is seen.shown
    assert pressed.text.endswith("pressed")
    chosen = await ana.choose(seen, ["South"])
    assert chosen.text == "south it is"


async def test_a_button_outlives_the_bot(fake: FakeDiscord, ana: Person) -> None:
    async with Running(TinyBot(), fake.token):
        seen = await ana.slash("trip panel")
    async with Running(TinyBot(), fake.token):
        assert (await ana.press(seen, "Again")).text.endswith("pressed")


async def test_a_modal_opens_and_is_submitted(bot: TinyBot, ana: Person) -> None:
    panel = await ana.slash("trip panel")
    form = await ana.press(panel, "Code")
    assert form.form.title == "Your code"
    seen = await ana.submit(form, {"Code": "print(1)"})
    assert (seen.text, seen.ephemeral) == ("got print(1)", True)


async def test_an_ephemeral_message_is_seen_by_one(
    fake: FakeDiscord, bot: TinyBot, ana: Person
) -> None:
    panel = await ana.slash("trip panel")
    seen = await ana.press(panel, "Quiet")
    berta = fake.join(ana.channel, "berta")
    assert seen.text == "between us"
    assert "between us" in [one.text for one in ana.sees()]
    assert "between us" not in [one.text for one in berta.sees()]


async def test_a_message_menu_reads_what_it_is_used_on(
    bot: TinyBot, ana: Person
) -> None:
    message = ana.say("quiet words")
    seen = await ana.menu("Shout", message)
    assert [one.file.content for one in seen.files] == [b"QUIET WORDS"]


async def test_content_comes_only_with_a_mention(
    fake: FakeDiscord, bot: TinyBot, ana: Person
) -> None:
    ana.say("not for you")
    asked = ana.say(
        f"<@{fake.application.id}> look", files=[File(name="a.py", content=b"x = 1")]
    )
    assert (await ana.answer_to(asked)).text.endswith("look ['x = 1']")
    assert [one.content for one in bot.heard][:2] == ["", asked.content]


async def test_direct_messages_are_read(bot: TinyBot, ana: Person) -> None:
    ana.direct().say("between us")
    await bot.bell.until(lambda: bot.heard)
    assert bot.heard[0].content == "between us"
    assert bot.heard[0].guild is None


async def test_an_edit_is_told(fake: FakeDiscord, bot: TinyBot, ana: Person) -> None:
    message = ana.say(f"<@{fake.application.id}> look")
    await ana.answer_to(message)
    ana.edit(message, f"<@{fake.application.id}> look again")
    await bot.bell.until(lambda: bot.edited)
    assert [one.data["content"] for one in bot.edited] == [message.content]


async def test_a_message_is_posted_once_for_a_nonce(
    fake: FakeDiscord, bot: TinyBot, ana: Person
) -> None:
    channel = bot.get_channel(int(ana.channel.id))
    assert isinstance(channel, discord.TextChannel)
    first = await channel.send("daily", nonce="2026-03-02/1")
    second = await channel.send("daily", nonce="2026-03-02/1")
    assert first.id == second.id
    assert [one.text for one in ana.sees()] == ["daily"]


async def test_threads_roles_pins_and_direct_channels_work(fake: FakeDiscord) -> None:
    needed = Permission.MANAGE_ROLES | Permission.PIN_MESSAGES
    server = fake.create_server(permissions=needed)
    ana = fake.join(fake.create_channel(server), "ana")
    berta = fake.join(ana.channel, "berta")
    role = fake.create_role(server, "phase 1")
    async with Running(TinyBot(), fake.token) as bot:
        channel = bot.get_channel(int(ana.channel.id))
        assert isinstance(channel, discord.TextChannel)
        message = await channel.send("daily")
        await message.pin()
        thread = await message.create_thread(name="daily")
        await thread.send("answers here")
        private = await channel.create_thread(name="pair", invitable=False)
        await private.add_user(discord.Object(int(ana.account.id)))
        await private.send("you two")
        member = await channel.guild.fetch_member(int(ana.account.id))
        await member.add_roles(discord.Object(int(role.id)))
        await member.send("only you")
    assert ana.sees()[0].shown.pinned
    assert server.members[ana.account.id].roles == [role]
    inside = server.channels[str(private.id)]
    assert [one.text for one in ana.at(inside).sees()] == ["you two"]
    assert berta.at(inside).sees() == []
    assert [one.text for one in ana.direct().sees()] == ["only you"]
    assert [one.text for one in berta.at(server.channels[str(thread.id)]).sees()] == [
        "answers here"
    ]


async def test_a_mention_in_a_thread_is_answered_there(
    fake: FakeDiscord, bot: TinyBot, ana: Person
) -> None:
    thread = ana.open_thread("questions")
    seen = await thread.answer_to(thread.say(f"<@{fake.application.id}> look"))
    assert seen.text.startswith("heard")
    assert ana.sees() == []


async def test_a_message_that_is_taken_back_is_told(bot: TinyBot, ana: Person) -> None:
    deleted: list[int] = []

    async def on_raw_message_delete(event: discord.RawMessageDeleteEvent) -> None:
        deleted.append(event.message_id)
        bot.bell.ring()

    bot.event(on_raw_message_delete)
    message = ana.say("oh")
    ana.delete(message)
    await bot.bell.until(lambda: deleted)
    assert deleted == [int(message.id)]


async def test_followups_are_edited_and_taken_back(bot: TinyBot, ana: Person) -> None:
    async def act(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.edit_original_response(content="first")
        one = await interaction.followup.send("second", ephemeral=True, wait=True)
        two = await interaction.followup.send("third", ephemeral=True, wait=True)
        await one.edit(content="second, better")
        await two.delete()

    bot.act = act
    seen = await ana.slash("act")
    await ana.until(lambda: len(seen.followups) == 2 and len(ana.sees()) == 2)
    assert [one.text for one in ana.sees()] == ["first", "second, better"]
    assert all(one.ephemeral for one in ana.sees())


async def test_joining_and_leaving_a_server_is_told(
    fake: FakeDiscord, bot: TinyBot
) -> None:
    told: list[tuple[str, list[str]]] = []

    async def on_guild_join(guild: discord.Guild) -> None:
        told.append((guild.name, [one.name for one in guild.text_channels]))
        bot.bell.ring()

    async def on_guild_remove(guild: discord.Guild) -> None:
        told.append((guild.name, []))
        bot.bell.ring()

    bot.event(on_guild_join)
    bot.event(on_guild_remove)
    server = fake.create_server("Later", with_application=False)
    fake.create_channel(server, "lobby")
    fake.invite(server)
    await bot.bell.until(lambda: told)
    fake.expel(server)
    await bot.bell.until(lambda: len(told) == 2)
    assert told == [("Later", ["lobby"]), ("Later", [])]


async def test_who_left_is_not_there_any_more(
    fake: FakeDiscord, bot: TinyBot, ana: Person
) -> None:
    guild = bot.guilds[0]
    berta = fake.join(ana.channel, "berta")
    assert (await guild.fetch_member(int(berta.account.id))).name == "berta"
    berta.leave()
    with pytest.raises(discord.NotFound) as missing:
        await guild.fetch_member(int(berta.account.id))
    assert missing.value.code == 10007
