"""Why Slack did not do what it was asked. `permanent`: asking again changes nothing.

SlackError
├── NotInstalled       no token for that workspace, or one that was taken back
├── NoEntry            the bot, or the person, is not in that channel
├── NothingThere       a message, channel, view or person that is there no more
├── WayClosed          a trigger or a response URL that is too old or used up
├── RefusedBySlack     anything else that Slack will not take
│   └── MissingScope   which the token was not granted
├── SlackUnavailable   Slack is down, or too many asked; later it may do
├── SlackTokenRefused  a token of the settings is none of Slack's
└── NoWayIn            a bot's token alone: neither a socket nor a signed way
"""


class SlackError(Exception):
    permanent = True


class NotInstalled(SlackError):
    pass


class NoEntry(SlackError):
    pass


class NothingThere(SlackError):
    pass


class WayClosed(SlackError):
    pass


class RefusedBySlack(SlackError):
    def __init__(self, method: str, error: str, told: str = "") -> None:
        super().__init__(method, error, told)
        self.method = method
        self.error = error


class MissingScope(RefusedBySlack):
    def __init__(
        self, method: str, needed: tuple[str, ...], provided: tuple[str, ...] = ()
    ) -> None:
        """`needed`: scopes, one of which would do; of some kind of channel, perhaps."""
        super().__init__(method, "missing_scope", f"one of {', '.join(needed)}")
        self.needed = needed
        self.provided = provided


class SlackUnavailable(SlackError):
    permanent = False


class SlackTokenRefused(SlackError):
    def __init__(self, setting: str, told: str = "") -> None:
        """`told`: Slack's name for why."""
        super().__init__(setting, told)
        self.setting = setting
        self.told = told


class NoWayIn(SlackError):
    pass
