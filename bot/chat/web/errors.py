"""What can go wrong in the web chat.

WebError
├── BadName               a name that nobody can have here
├── Refusal               a request that is answered with a sentence and a status
├── UndeliverableReply    a later answer whose community is not known yet
├── NoSuchPlace           a post for a community that is none of the web's
└── NoFreePort            fifty ports in a row are taken
"""

from bot.chat.command import Place


class WebError(Exception):
    pass


class BadName(WebError):
    """`reason` ends the key `web.name.<reason>`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refusal(WebError):
    """`key` is the sentence that the page shows."""

    def __init__(self, status: int, key: str) -> None:
        super().__init__(key)
        self.status = status
        self.key = key


class UndeliverableReply(WebError):
    # Somebody opening the page is enough for the community to be known.
    permanent = False

    def __init__(self, place: Place) -> None:
        super().__init__(place.community)
        self.place = place


class NoSuchPlace(WebError):
    permanent = True


class NoFreePort(WebError):
    def __init__(self, host: str, first: int, last: int) -> None:
        super().__init__(f"{host}: {first}-{last}")
        self.host = host
        self.first = first
        self.last = last
