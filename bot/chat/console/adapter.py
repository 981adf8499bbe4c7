"""A terminal as a chat: what is said there, and the answers that come later."""

import asyncio

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot.chat.command import Actor, Place
from bot.chat.console.render import LINE_LENGTH, drawn
from bot.chat.reply import Form, Reply
from bot.chat.router import Router


class ConsoleChat:
    """One conversation after another, each printed when it is complete."""

    def __init__(self, console: Console, router: Router) -> None:
        self._console = console
        self._router = router
        self._delivered = asyncio.Event()

    async def say(self, actor: Actor, place: Place, line: str) -> Reply | Form:
        """Types a slash line as that person."""
        self._console.print(
            Text.assemble((f"\n{actor.name}", "bold cyan"), f"  {line}")
        )
        reply = await self._router.run_line(actor, place, line)
        self._print(reply)
        return reply

    def show_said(self, actor: Actor, text: str) -> None:
        self._console.print(
            Text.assemble((f"\n{actor.name}", "bold cyan"), f"  {text}")
        )

    def show(self, reply: Reply | Form) -> None:
        self._print(reply)

    async def deliver(self, place: Place, reply: Reply) -> None:  # noqa: ARG002 - one place
        self._print(reply)
        self._delivered.set()

    async def wait_for_answer(self) -> None:
        """Until the next private answer that comes later; to be cleared before."""
        await self._delivered.wait()
        self._delivered.clear()

    def _print(self, reply: Reply | Form) -> None:
        self._console.print(Padding(drawn(reply), (0, 0, 0, 2)), width=LINE_LENGTH)
