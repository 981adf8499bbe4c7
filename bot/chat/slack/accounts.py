"""People on Slack by one id: a user's is only unique within a workspace."""

import re

# As Slack hands over a mention in a command: `<@U0123|ana>`.
_MENTION = re.compile(r"<@(?P<user>[A-Z0-9]+)(?:\|[^>]*)?>")


def external_id(team: str, user: str) -> str:
    return f"{team}:{user}"


def workspace_and_user(external: str) -> tuple[str, str]:
    team, _, user = external.partition(":")
    return team, user


def with_members(text: str, team: str) -> str:
    """Mentions as the ids that options of the kind MEMBER take."""
    return _MENTION.sub(lambda found: external_id(team, found["user"]), text)
