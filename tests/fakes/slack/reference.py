"""What the Web API's reference says of each method.

`TABLE` has it in short, so that the fake runs anywhere; a test holds it against the
published reference, which also adds each method's arguments and error names where it
is at hand (`CORDADA_CONTRACTS`).
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

CONTRACTS = Path(
    os.environ.get("CORDADA_CONTRACTS", Path(__file__).parents[4] / "shared/contracts")
)

# Requests a minute; docs.slack.dev/apis/web-api/rate-limits. Tier 5 stands for
# "special": hundreds a minute for those in use; for chat.postMessage see `buckets.py`.
TIERS = {"t1": 1, "t2": 20, "t3": 50, "t4": 100, "t5": 300}

_CONVERSATIONS_READ = "channels:read groups:read im:read mpim:read"
_CONVERSATIONS_HISTORY = "channels:history groups:history im:history mpim:history"

# method | tier | scopes, one of which is needed | arguments that must be there
TABLE = f"""
api.test                     | t4 |  |
apps.connections.open        | t3 |  |
auth.revoke                  | t3 |  |
auth.test                    | t5 |  |
bookmarks.add                | t2 | bookmarks:write | title type
bookmarks.list               | t3 | bookmarks:read | channel_id
bots.info                    | t3 | users:read |
chat.delete                  | t3 | chat:write | channel ts
chat.getPermalink            | t5 |  | channel message_ts
chat.postEphemeral           | t4 | chat:write | channel user
chat.postMessage             | t5 | chat:write | channel
chat.update                  | t3 | chat:write | channel ts
conversations.create         | t2 | channels:manage channels:write groups:write \
im:write mpim:write | name
conversations.history        | t3 | {_CONVERSATIONS_HISTORY} | channel
conversations.info           | t3 | {_CONVERSATIONS_READ} | channel
conversations.invite         | t3 | channels:manage channels:write.invites \
groups:write groups:write.invites im:write mpim:write | channel users
conversations.join           | t3 | channels:join | channel
conversations.list           | t2 | {_CONVERSATIONS_READ} |
conversations.members        | t4 | {_CONVERSATIONS_READ} | channel
conversations.open           | t3 | channels:manage groups:write im:write mpim:write |
conversations.replies        | t3 | {_CONVERSATIONS_HISTORY} | channel ts
conversations.setTopic       | t2 | channels:manage channels:write.topic groups:write \
groups:write.topic im:write im:write.topic mpim:write mpim:write.topic | channel topic
dnd.info                     | t3 | dnd:read |
files.completeUploadExternal | t4 | files:write | files
files.delete                 | t3 | files:write | file
files.getUploadURLExternal   | t4 | files:write | filename length
files.info                   | t4 | files:read | file
oauth.v2.access              | t5 |  |
pins.add                     | t2 | pins:write | channel
pins.list                    | t2 | pins:read | channel
pins.remove                  | t2 | pins:write | channel
reactions.add                | t3 | reactions:write | channel name timestamp
reactions.remove             | t2 | reactions:write | name
team.info                    | t3 | team:read |
usergroups.disable           | t2 | usergroups:write | usergroup
usergroups.enable            | t2 | usergroups:write | usergroup
usergroups.list              | t2 | usergroups:read |
usergroups.users.update      | t2 | usergroups:write | usergroup users
users.conversations          | t3 | {_CONVERSATIONS_READ} |
users.info                   | t4 | users:read | user
users.list                   | t2 | users:read |
users.profile.get            | t4 | users.profile:read |
views.open                   | t4 |  | view
views.publish                | t4 |  | user_id view
views.push                   | t4 |  | view
views.update                 | t4 |  | view
"""
# The reference takes JSON only by methods that are sent, not asked for.
NO_JSON = frozenset(
    [
        "auth.revoke",
        "bookmarks.list",
        "bots.info",
        "chat.getPermalink",
        "conversations.info",
        "conversations.list",
        "conversations.members",
        "conversations.replies",
        "dnd.info",
        "files.getUploadURLExternal",
        "files.info",
        "oauth.v2.access",
        "pins.list",
        "usergroups.list",
        "users.conversations",
        "users.info",
        "users.list",
        "users.profile.get",
    ]
)


@dataclass(frozen=True, kw_only=True)
class Method:
    name: str
    tier: str
    scopes: frozenset[str]
    required: frozenset[str]
    takes_json: bool
    # None where the published reference is not at hand or does not list the method.
    arguments: frozenset[str] | None = None
    errors: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True)
class Reference:
    methods: Mapping[str, Method]
    # The scopes, one of which an event needs; by the name it is subscribed to.
    events: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path = CONTRACTS) -> Self:
        methods = table()
        published = {path.stem: path for path in folder.glob("slack-methods/*.json")}
        for name in methods.keys() & published.keys():
            methods[name] = published_method(published[name])
        events = folder / "slack-events.json"
        return cls(methods=methods, events=_events(events) if events.exists() else {})


def table() -> dict[str, Method]:
    rows = (
        [cell.strip() for cell in row.split("|")] for row in TABLE.split("\n") if row
    )
    return {
        name: Method(
            name=name,
            tier=tier,
            scopes=frozenset(scopes.split()),
            required=frozenset(required.split()),
            takes_json=name not in NO_JSON,
        )
        for name, tier, scopes, required in rows
    }


def published_method(path: Path) -> Method:
    document = json.loads(path.read_text(encoding="utf-8"))
    arguments = document["args"]
    return Method(
        name=path.stem,
        tier=document.get("rate_limits", "t3"),
        scopes=frozenset(document["scope"].get("bot", ())),
        required=frozenset(arguments.get("required") or ()) - {"token"},
        takes_json=bool(document.get("json_input_supported")),
        arguments=frozenset(arguments["properties"]),
        errors=frozenset(document["errors"]),
    )


def _events(path: Path) -> dict[str, frozenset[str]]:
    document = json.loads(path.read_text(encoding="utf-8"))
    return {
        # One scope of the list is misspelt: "app_mentions.read".
        event["name"]: frozenset(
            scope.replace("app_mentions.read", "app_mentions:read")
            for scope in event.get("scopes", ())
        )
        for event in document
    }
