"""The language to speak: the member's choice, the platform's, the community's."""

from bot.chat.texts import LANGUAGES
from bot.domain.member import Member


def language_for(member: Member, platform_locale: str | None) -> str:
    """One of LANGUAGES. A locale is a BCP 47 tag; only its language counts."""
    spoken = (platform_locale or "").replace("_", "-").split("-")[0].casefold()
    for language in (member.language, spoken, member.community.language):
        if language in LANGUAGES:
            return language
    return "en"
