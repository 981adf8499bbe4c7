"""Why Discord did not do what it was asked. `permanent`: asking again changes nothing.

DiscordError
├── MissingPermission   permissions: what it takes, by the names of the texts
├── NotThere            a message, channel, member or role that is there no more
├── TokenExpired        the interaction's quarter of an hour is over
├── ThreadIsOpen        the message has its thread already
├── ClosedToMessages    the person takes no direct messages from us
├── RefusedByDiscord    anything else that Discord will not take
├── DiscordUnavailable  Discord is down, or too many asked; later it may do
└── TokenRefused        CORDADA_DISCORD_TOKEN is no bot's
"""

ALREADY_ANSWERED = 40060


class DiscordError(Exception):
    permanent = True


class MissingPermission(DiscordError):
    def __init__(self, channel: str | None, permissions: tuple[str, ...]) -> None:
        super().__init__(channel, permissions)
        self.channel = channel
        self.permissions = permissions


class NotThere(DiscordError):
    pass


class ThreadIsOpen(DiscordError):
    pass


class TokenExpired(DiscordError):
    pass


class ClosedToMessages(DiscordError):
    pass


class RefusedByDiscord(DiscordError):
    def __init__(self, code: int, told: str) -> None:
        super().__init__(code, told)
        self.code = code
        self.told = told

    @property
    def is_late(self) -> bool:
        """Another process has answered, or we have when nobody heard that."""
        return self.code == ALREADY_ANSWERED


class DiscordUnavailable(DiscordError):
    permanent = False


class TokenRefused(DiscordError):
    pass
