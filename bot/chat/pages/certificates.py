"""Certificates: for whoever has the address of one, and what its signature needs.

/certificates/<id>         whether it stands, to read
/certificates/<id>.json    the credential; .jwt: the same, signed; .png: it carries that
/certificates/key.json     the public key; issuer, revoked and phase-<n>: see open_badge
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.chat.open_badge import (
    achievement,
    credential,
    issuer,
    revocations,
    signed,
    skill_names,
)
from bot.chat.pages.answers import page
from bot.chat.pages.links import certificate_path
from bot.chat.pages.templates import Templates
from bot.chat.pages.visitor import visitor_of
from bot.chat.pictures.baking import baked
from bot.chat.pictures.certificate_card import certificate_alt, certificate_svg
from bot.chat.pictures.painter import Painter
from bot.chat.texts import texts_in
from bot.domain.certificate import Certificate
from bot.services.issue_certificate import read_certificate, read_revoked
from bot.services.ports.certificates import Signer
from bot.services.world import World

# A certificate can be revoked at any time, and its verifiers come from anywhere.
HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-cache",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Robots-Tag": "noindex",
}


class CertificatePages:
    def __init__(
        self, world: World, templates: Templates, *, url: str | None, language: str
    ) -> None:
        self._world = world
        self._roadmap = world.catalogue.roadmap
        self._templates = templates
        self._url = url
        self._language = language
        self._painter = Painter()

    def routes(self, guard: Sequence[Middleware]) -> Sequence[BaseRoute]:
        one = "/certificates/{certificate:uuid}"
        return [
            Route(path, answer, middleware=guard)
            for path, answer in (
                ("/certificates/key.json", self._key),
                ("/certificates/issuer.json", self._issuer),
                ("/certificates/revoked.json", self._revoked),
                ("/certificates/phase-{phase:int}.json", self._phase),
                (one, self._page),
                (one + ".json", self._credential),
                (one + ".jwt", self._signed),
                (one + ".png", self._picture),
            )
        ]

    async def _page(self, request: Request) -> Response:
        visitor = visitor_of(
            request, member=None, community=None, default_language=self._language
        )
        found = await read_certificate(self._world, request.path_params["certificate"])
        certificate = found.certificate
        if certificate is None and found.revoked is None:
            html = self._templates.page("not_here", visitor)
            return page(request, html, status=HTTPStatus.NOT_FOUND)
        facts: dict[str, object] = {
            "certificate": certificate,
            "revoked": found.revoked,
        }
        if certificate is not None:
            facts |= {
                "phase_name": self._roadmap.phase(certificate.phase).name,
                "skills": skill_names(
                    visitor.texts, self._roadmap, certificate.phase, certificate.skills
                ),
                "alt": certificate_alt(self._roadmap, certificate),
                "path": certificate_path(certificate.id),
                "is_signed": self._world.signer is not None,
            }
        html = self._templates.page("certificate", visitor, **facts)
        status = HTTPStatus.OK if found.revoked is None else HTTPStatus.GONE
        return page(request, html, status=status)

    async def _credential(self, request: Request) -> Response:
        certificate = await self._standing(request)
        if certificate is None:
            return _gone()
        return _json(credential(self._roadmap, certificate, self._site(request)))

    async def _signed(self, request: Request) -> Response:
        certificate, signer = await self._standing(request), self._world.signer
        if certificate is None or signer is None:
            return _gone()
        token = await signed(signer, self._roadmap, certificate, self._site(request))
        return Response(token, media_type="text/plain", headers=HEADERS)

    async def _picture(self, request: Request) -> Response:
        certificate, signer = await self._standing(request), self._world.signer
        if certificate is None:
            return _gone()
        site = self._site(request)
        address = site + certificate_path(certificate.id)
        png = await self._painter.png(
            certificate_svg(self._roadmap, certificate, address)
        )
        if signer is not None:
            png = baked(png, await signed(signer, self._roadmap, certificate, site))
        return Response(png, media_type="image/png", headers=HEADERS)

    async def _key(self, _: Request) -> Response:
        signer: Signer | None = self._world.signer
        return _gone() if signer is None else _json(await signer.public_key())

    async def _issuer(self, request: Request) -> Response:
        return _json(issuer(texts_in(self._language), self._site(request)))

    async def _revoked(self, request: Request) -> Response:
        revoked = await read_revoked(self._world)
        return _json(revocations(revoked, self._site(request)))

    async def _phase(self, request: Request) -> Response:
        phase: int = request.path_params["phase"]
        if phase not in {one.number for one in self._roadmap.phases}:
            return _gone()
        texts, site = texts_in(self._language), self._site(request)
        return _json(achievement(texts, self._roadmap, phase, site))

    async def _standing(self, request: Request) -> Certificate | None:
        found = await read_certificate(self._world, request.path_params["certificate"])
        return found.certificate if found.revoked is None else None

    def _site(self, request: Request) -> str:
        return self._url or str(request.base_url).rstrip("/")


def _json(document: Mapping[str, object]) -> Response:
    return JSONResponse(dict(document), headers=HEADERS)


def _gone() -> Response:
    return Response(status_code=HTTPStatus.NOT_FOUND, headers=HEADERS)
