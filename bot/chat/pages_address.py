"""Where the web pages are, for the links in chat."""

from dataclasses import dataclass

from bot.chat.command import Platform

# Who writes there sits at this machine.
ON_THIS_MACHINE = frozenset({Platform.WEB, Platform.CONSOLE})


@dataclass(kw_only=True)
class PagesAddress:
    public: str | None = None
    """As the settings say, without a slash at its end."""
    local: str | None = None
    """Known once the server listens."""

    def seen_from(self, platform: Platform) -> str | None:
        """None: who reads there could not follow a link."""
        if self.public is None and platform not in ON_THIS_MACHINE:
            return None
        return self.public or self.local
