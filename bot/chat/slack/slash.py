"""Slash commands as Slack knows them: a group's name, and the rest as one line of text.

    /challenge show add-up     as typed everywhere: `/challenge` with "show add-up"
    /cordada reto hoy          the whole line, for where another app has the name
    /cordada                   help

Slack keeps some names for itself and refuses a manifest that takes one.
"""

EVERYTHING = "/cordada"
_HELP = "/help"

# slack.com/help/articles/201259356: those built in, which no app may have.
RESERVED = frozenset(
    {
        "/apps",
        "/archive",
        "/away",
        "/call",
        "/collapse",
        "/dnd",
        "/expand",
        "/feed",
        "/invite",
        "/join",
        "/leave",
        "/me",
        "/msg",
        "/mute",
        "/open",
        "/prefs",
        "/pro",
        "/remind",
        "/remove",
        "/rename",
        "/search",
        "/shortcuts",
        "/shrug",
        "/star",
        "/status",
        "/topic",
        "/who",
    }
)


def typed_line(command: str, text: str) -> str:
    """The line as a member would type it on another platform."""
    text = text.strip()
    if command != EVERYTHING:
        return f"{command} {text}".rstrip()
    if not text:
        return _HELP
    return text if text.startswith("/") else f"/{text}"
