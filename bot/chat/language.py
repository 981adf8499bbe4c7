"""The language to speak: the member's choice, the platform's, the community's."""

from bot.chat.texts import LANGUAGES
from bot.domain.member import Member


def language_for(member: Member, locale: str | None = None) -> str:
    """One of LANGUAGES. `locale` is the platform's word for now, a BCP 47 tag."""
    platform = _language(locale or member.platform_language)
    for language in (member.language, platform, member.community.language):
        if language in LANGUAGES:
            return language
    return "en"


def language_of_locale(locale: str | None) -> str:
    """For somebody of whom nothing else is known."""
    language = _language(locale)
    return language if language in LANGUAGES else "en"


def _language(locale: str | None) -> str:
    return (locale or "").replace("_", "-").split("-")[0].casefold()
