"""The community's pages in a browser: their addresses, and who gets in.

    chat: /web ──► GET /sign-in/<secret>   a button: previews of links press none
                   POST                    the link is spent, a cookie is set
                   GET /c/<community>/…    for who the cookie says is a member there

`certificates.py` has what anybody may read who was given the address. What is for
members is the same "not for you" whether the community exists or not.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from bot.chat.pages.answers import page
from bot.chat.pages.board_view import board_facts
from bot.chat.pages.certificates import CertificatePages
from bot.chat.pages.doors import Doors
from bot.chat.pages.links import PAGES, page_path
from bot.chat.pages.profile_view import profile_facts
from bot.chat.pages.roadmap_view import plain_roadmap_facts, roadmap_facts
from bot.chat.pages.templates import Templates
from bot.chat.pages.today_view import today_facts
from bot.chat.pages.visitor import NotHere, Visitor, visitor_of
from bot.chat.web.gate import OwnSiteOnly
from bot.services.open_boards import find_open
from bot.services.sign_in import signed_in
from bot.services.world import World

View = Callable[[World, Visitor, Request], Awaitable[Mapping[str, object]]]
Answer = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, kw_only=True)
class SiteSettings:
    language: str = "en"
    """Where neither the member nor their browser says one of ours."""
    url: str | None = None
    """The public address, when there is one."""
    hosts: tuple[str, ...] = ()
    """Names under which pages may be asked for, besides it and this machine's own."""


class Site:
    def __init__(self, world: World, *, settings: SiteSettings) -> None:
        self._world = world
        self._language = settings.language
        self._templates = Templates()
        self._doors = Doors(
            world, self._templates, url=settings.url, language=settings.language
        )
        self._certificates = CertificatePages(
            world, self._templates, url=settings.url, language=settings.language
        )
        host = urlsplit(settings.url or "").hostname
        hosts = (*settings.hosts, *((host,) if host else ()))
        self._guard = [Middleware(OwnSiteOnly, hosts=hosts, origin=settings.url)]

    @property
    def routes(self) -> Sequence[BaseRoute]:
        profile = self._members_page("profile", profile_facts)
        return [
            *self._doors.routes(self._guard),
            *self._certificates.routes(self._guard),
            *(
                Route(f"/{name}", self._own(name), middleware=self._guard)
                for name in PAGES
            ),
            Mount(
                "/c/{community:int}",
                routes=[
                    Route("/boards", self._open_page("boards", board_facts)),
                    Route("/roadmap", self._members_page("roadmap", roadmap_facts)),
                    Route("/today", self._members_page("today", today_facts)),
                    Route("/profile", profile),
                    Route("/members/{member:int}", profile),
                ],
                middleware=self._guard,
            ),
        ]

    @property
    def front(self) -> Sequence[BaseRoute]:
        """What is at `/` where there is no chat."""
        return [Route("/", self._own("boards"), middleware=self._guard)]

    def _members_page(self, template: str, view: View) -> Answer:
        async def answer(request: Request) -> Response:
            visitor = await self._visitor(request, request.path_params["community"])
            return await self._page(request, visitor, template, view)

        return answer

    def _open_page(self, template: str, view: View) -> Answer:
        """For everybody, in a community that opened its boards."""

        async def answer(request: Request) -> Response:
            community_id: int = request.path_params["community"]
            visitor = await self._visitor(request, community_id)
            if visitor.member is None:
                visitor = visitor_of(
                    request,
                    member=None,
                    community=await find_open(self._world, community_id),
                    default_language=self._language,
                )
            return await self._page(request, visitor, template, view)

        return answer

    def _own(self, name: str) -> Answer:
        """Sends a member on to their community's page of that name."""

        async def answer(request: Request) -> Response:
            visitor = await self._visitor(request)
            if visitor.community is not None:
                to = visitor.url(page_path(visitor.community.id, name))
                return RedirectResponse(to, headers={"Cache-Control": "no-store"})
            if name == "roadmap":
                facts = plain_roadmap_facts(self._world.catalogue, visitor)
                html = self._templates.page("roadmap", visitor, **facts)
                return page(request, html, is_for_all=True)
            return self._not_for_you(request, visitor)

        return answer

    async def _page(
        self, request: Request, visitor: Visitor, template: str, view: View
    ) -> Response:
        if visitor.community is None:
            return self._not_for_you(request, visitor)
        try:
            facts = await view(self._world, visitor, request)
        except NotHere:
            html = self._templates.page("not_here", visitor)
            return page(request, html, status=404)
        html = self._templates.page(template, visitor, **facts)
        return page(request, html, is_for_all=visitor.member is None)

    def _not_for_you(self, request: Request, visitor: Visitor) -> Response:
        html = self._templates.page("not_for_you", visitor)
        return page(request, html, status=403)

    async def _visitor(
        self, request: Request, community_id: int | None = None
    ) -> Visitor:
        secret = self._doors.secret_of(request)
        return visitor_of(
            request,
            member=await signed_in(self._world, secret, community_id),
            community=None,
            default_language=self._language,
        )
