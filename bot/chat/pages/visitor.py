"""Who looks at a page, in which language, and what they may see."""

from dataclasses import dataclass
from urllib.parse import urlencode

from babel.core import negotiate_locale
from starlette.requests import Request

from bot.chat.language import language_for
from bot.chat.texts import LANGUAGES, Texts, texts_in
from bot.domain.member import Community, Member


class NotHere(Exception):
    """No such thing, or not for this visitor: the two look alike."""


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """`community` None: they may see none; `member` None: they are part of none."""

    texts: Texts
    member: Member | None
    community: Community | None
    path: str
    query: tuple[tuple[str, str], ...]
    language_asked: str | None
    """By the address; links carry it on."""

    @property
    def language(self) -> str:
        return self.texts.language

    def url(self, path: str) -> str:
        """A page of ours, in the language that was asked for."""
        if self.language_asked is None:
            return path
        return f"{path}{'&' if '?' in path else '?'}lang={self.language_asked}"

    def in_language(self, language: str) -> str:
        """The same page in another language."""
        return f"{self.path}?{urlencode([*self.query, ('lang', language)])}"


def visitor_of(
    request: Request,
    *,
    member: Member | None,
    community: Community | None,
    default_language: str,
) -> Visitor:
    """Language: what the address asks, the member's own choice, the browser's."""
    asked = request.query_params.get("lang")
    asked = asked if asked in LANGUAGES else None
    browsers = _preferred(request)
    if member is not None:
        language = language_for(member, browsers)
    else:
        known = community.language if community else default_language
        language = browsers or known
    return Visitor(
        texts=texts_in(asked or language),
        member=member,
        community=member.community if member else community,
        path=request.url.path,
        query=tuple(
            (name, value)
            for name, value in request.query_params.multi_items()
            if name != "lang"
        ),
        language_asked=asked,
    )


def _preferred(request: Request) -> str | None:
    header = request.headers.get("accept-language", "")
    wanted = [part.partition(";")[0].strip() for part in header.split(",")]
    return negotiate_locale([tag for tag in wanted if tag], LANGUAGES, sep="-")
