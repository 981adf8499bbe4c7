"""A few lines of discord.py that do each thing once; no product code."""

import asyncio
import io
from collections.abc import Awaitable, Callable
from typing import Any, Self

import discord
from discord import app_commands, ui

from tests.fakes.discord.bell import Bell

Act = Callable[..., Awaitable[Any]]

CHOICES = ("north", "south", "northwest")


class Code(ui.Modal, title="Your code"):
    code: ui.Label[Self] = ui.Label(
        text="Code",
        component=ui.TextInput(custom_id="code", style=discord.TextStyle.paragraph),
    )

    def __init__(self, bot: "TinyBot") -> None:
        super().__init__()
        self.bot = bot

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        await self.bot.on_code(self, interaction)


async def got_code(form: Code, interaction: discord.Interaction) -> None:
    field = form.code.component
    assert isinstance(field, ui.TextInput)
    await interaction.response.send_message(f"got {field.value}", ephemeral=True)


class Panel(ui.LayoutView):
    def __init__(self, bot: "TinyBot") -> None:
        super().__init__(timeout=None)
        self.bot = bot
        row: ui.ActionRow[Self] = ui.ActionRow()
        for name in ("again", "code", "quiet"):
            button: ui.Button[Self] = ui.Button(label=name.title(), custom_id=name)
            button.callback = getattr(self, f"on_{name}")  # type: ignore[method-assign]
            row.add_item(button)
        menu: ui.Select[Self] = ui.Select(
            custom_id="way",
            options=[
                discord.SelectOption(label=one.title(), value=one) for one in CHOICES
            ],
        )
        menu.callback = self.on_way  # type: ignore[method-assign]
        self.menu = menu
        self.add_item(ui.Container(ui.TextDisplay("Which way?"), row))
        self.add_item(ui.ActionRow(menu))

    async def on_again(self, interaction: discord.Interaction) -> None:
        view = Panel(self.bot)
        view.add_item(ui.TextDisplay("pressed"))
        await interaction.response.edit_message(view=view)

    async def on_code(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Code(self.bot))

    async def on_quiet(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        await interaction.followup.send("between us", ephemeral=True)

    async def on_way(self, interaction: discord.Interaction) -> None:
        assert interaction.data is not None
        (value,) = interaction.data["values"]  # type: ignore[typeddict-item]
        await interaction.response.send_message(f"{value} it is")


class TinyBot(discord.AutoShardedClient):
    """`act` is what `/act` does: a test's own lines, with the interaction."""

    def __init__(self, **options: Any) -> None:
        intents = options.pop("intents", None) or discord.Intents(
            guilds=True, messages=True
        )
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            # Otherwise two seconds pass before `ready`.
            guild_ready_timeout=0.01,
            **options,
        )
        self.act: Act = self._nothing
        self.bell = Bell()
        self.on_code: Act = got_code
        self.heard: list[discord.Message] = []
        self.edited: list[discord.RawMessageUpdateEvent] = []
        self.tree = app_commands.CommandTree(self)
        for command in commands(self):
            self.tree.add_command(command)

    async def _nothing(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message("nothing")

    async def setup_hook(self) -> None:
        self.add_view(Panel(self))
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        self.heard.append(message)
        self.bell.ring()
        if message.author != self.user and self.user in message.mentions:
            files = [(await one.read()).decode() for one in message.attachments]
            await message.reply(f"heard {message.content} {files}")

    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        self.edited.append(event)
        self.bell.ring()


def commands(bot: TinyBot) -> list[Any]:
    group = app_commands.Group(name="trip", description="Trips")

    @group.command(name="go", description="Go")
    @app_commands.describe(way="Which way", days="How long")
    async def go(interaction: discord.Interaction, way: str, days: int = 1) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.edit_original_response(
            content=f"{interaction.locale}: {way} for {days}"
        )

    @go.autocomplete("way")
    async def complete(
        interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        found = [one for one in CHOICES if typed in one]
        return [app_commands.Choice(name=one.title(), value=one) for one in found]

    @group.command(name="panel", description="Panel")
    async def panel(interaction: discord.Interaction) -> None:
        await interaction.response.send_message(view=Panel(bot))

    @app_commands.command(name="act", description="Act")
    @app_commands.allowed_installs(guilds=True, users=True)
    async def act(interaction: discord.Interaction) -> None:
        await bot.act(interaction)

    @app_commands.context_menu(name="Shout")
    async def shout(interaction: discord.Interaction, message: discord.Message) -> None:
        file = discord.File(io.BytesIO(message.content.upper().encode()), "loud.txt")
        await interaction.response.send_message("as a file", file=file)

    return [group, act, shout]


class Running:
    """A bot that is connected, and ended without leaving a task or a thread."""

    def __init__(self, bot: TinyBot, token: str) -> None:
        self.bot = bot
        self._token = token
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> TinyBot:
        self._task = asyncio.create_task(self.bot.start(self._token))
        ready = asyncio.create_task(self.bot.wait_until_ready())
        await asyncio.wait({self._task, ready}, return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if self._task.done():
            await self._task
        return self.bot

    async def __aexit__(self, *_: object) -> None:
        await self.bot.close()
        assert self._task is not None
        await asyncio.gather(self._task, return_exceptions=True)
