"""The local community's chat page."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.routing import BaseRoute, Mount

from bot.chat.command import Place, Platform
from bot.chat.reply import Reply
from bot.chat.web.conversation import Conversation
from bot.chat.web.gate import OwnSiteOnly
from bot.chat.web.operations import Addresses, WebOperations
from bot.chat.web.pages import Pages, WayIn
from bot.chat.web.router import Router
from bot.services.ports.clock import Clock
from bot.services.ports.transcript import Transcript


@dataclass(frozen=True, kw_only=True)
class WebSettings:
    community: str = "local"
    """Its id on this platform."""
    language: str = "en"
    """Where neither the person nor their browser says one of ours."""
    hosts: tuple[str, ...] = ()
    """Names under which the page may be asked for, besides this machine's own."""
    everyone_organises: bool = True
    """So that one can try everything alone."""
    poll_s: float = 1.0
    """How soon an entry that another process wrote is seen."""


class WebChat:
    platform = Platform.WEB

    def __init__(
        self,
        router: Router,
        transcript: Transcript,
        *,
        settings: WebSettings,
        now: Clock,
        addresses: Addresses,
        way_in: WayIn,
    ) -> None:
        self._settings = settings
        self._conversation = Conversation(
            router, transcript, community=settings.community
        )
        self.operations = WebOperations(
            transcript,
            self._conversation.bell,
            addresses,
            community=settings.community,
        )
        self._pages = Pages(
            router,
            self._conversation,
            language=settings.language,
            everyone_organises=settings.everyone_organises,
            poll_s=settings.poll_s,
            now=now,
            way_in=way_in,
        )

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """Guarded against other sites; mount them last, they end at `/`."""
        guarded = OwnSiteOnly(self._pages.app, self._settings.hosts)
        return [Mount("/", app=guarded)]

    async def deliver(self, place: Place, reply: Reply) -> None:
        """An answer that comes later: changes the entry in place that it is for."""
        await self._conversation.deliver(place, reply)

    async def close(self) -> None:
        """Ends the open streams; the server could not stop before."""
        await self._conversation.bell.close()
