"""The language to speak: the member's choice, the platform's, the community's."""

from bot.chat.texts import LANGUAGES
from bot.domain.member import Member


def language_for(member: Member, locale: str | None = None) -> str:
    """One of LANGUAGES. `locale` is the platform's word for now, a BCP 47 tag."""
    spoken = (locale or member.platform_language or "").replace("_", "-")
    platform = spoken.split("-")[0].casefold()
    for language in (member.language, platform, member.community.language):
        if language in LANGUAGES:
            return language
    return "en"
