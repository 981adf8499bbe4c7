"""Signing in and out: the cookie, and what sets and ends it."""

from collections.abc import Sequence
from datetime import datetime

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.chat.pages.answers import private_page
from bot.chat.pages.attempts import WITHIN, Attempts
from bot.chat.pages.links import own_page, page_path
from bot.chat.pages.templates import Templates
from bot.chat.pages.visitor import visitor_of
from bot.services.sign_in import (
    sign_in,
    sign_out,
    sign_out_everywhere,
    signed_in,
    who_signs_in,
)
from bot.services.world import World


class Doors:
    def __init__(
        self, world: World, templates: Templates, *, url: str | None, language: str
    ) -> None:
        self._world = world
        self._templates = templates
        self._language = language
        self._is_encrypted = url is not None and url.startswith("https://")
        # With this prefix browsers take it from no subdomain and over no plain HTTP.
        self._cookie = "__Host-cordada" if self._is_encrypted else "cordada_sign_in"
        self._attempts = Attempts(world.now)

    def routes(self, guard: Sequence[Middleware]) -> Sequence[BaseRoute]:
        return [
            Route("/sign-in/{secret}", self._ask, methods=["GET"], middleware=guard),
            Route(
                "/sign-in/{secret}", self._sign_in, methods=["POST"], middleware=guard
            ),
            Route("/sign-out", self._sign_out, methods=["POST"], middleware=guard),
        ]

    def secret_of(self, request: Request) -> str:
        return request.cookies.get(self._cookie, "")

    async def _ask(self, request: Request) -> Response:
        if not self._may_try(request):
            return self._too_often(request)
        member = await who_signs_in(self._world, request.path_params["secret"])
        visitor = visitor_of(
            request,
            member=None,
            community=None,
            default_language=member.language or self._language
            if member
            else self._language,
        )
        html = self._templates.page("sign_in", visitor, who=member)
        return private_page(html, status=200 if member else 410)

    async def _sign_in(self, request: Request) -> Response:
        if not self._may_try(request):
            return self._too_often(request)
        signed = await sign_in(
            self._world, request.path_params["secret"], self.secret_of(request)
        )
        if signed is None:
            # Used up between the two, or never one of ours: the page says what to do.
            return await self._ask(request)
        asked = own_page(request.query_params.get("next", ""))
        to = asked or page_path(signed.member.community.id, "boards")
        response = _sent_on(to)
        self._set(response, signed.secret, signed.ends_at)
        return response

    async def _sign_out(self, request: Request) -> Response:
        secret = self.secret_of(request)
        member = await signed_in(self._world, secret)
        async with request.form(max_files=0, max_fields=2) as form:
            everywhere = "everywhere" in form
        if member is not None and everywhere:
            await sign_out_everywhere(self._world, member)
        await sign_out(self._world, secret)
        response = _sent_on("/boards")
        response.delete_cookie(
            self._cookie, secure=self._is_encrypted, httponly=True, samesite="lax"
        )
        # What was loaded while signed in is not left in the browser.
        response.headers["Clear-Site-Data"] = '"cache"'
        return response

    def _set(self, response: Response, secret: str, ends_at: datetime) -> None:
        response.set_cookie(
            self._cookie,
            secret,
            max_age=int((ends_at - self._world.now()).total_seconds()),
            httponly=True,
            secure=self._is_encrypted,
            # Not strict: who follows a link from chat is signed in already.
            samesite="lax",
        )

    def _may_try(self, request: Request) -> bool:
        return self._attempts.may(request.client.host if request.client else "")

    def _too_often(self, request: Request) -> Response:
        visitor = visitor_of(
            request, member=None, community=None, default_language=self._language
        )
        response = private_page(self._templates.page("too_often", visitor), status=429)
        response.headers["Retry-After"] = str(int(WITHIN.total_seconds()))
        return response


def _sent_on(to: str) -> Response:
    return RedirectResponse(to, status_code=303, headers={"Cache-Control": "no-store"})
