"""How things look in Slack's JSON."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.fakes.slack.errors import Json
from tests.fakes.slack.world import Account, Channel, File, Message, View, Workspace


def user(
    account: Account, workspace: Workspace, *, now: datetime, locale: bool
) -> Json:
    zone = ZoneInfo(account.time_zone)
    offset = now.astimezone(zone).utcoffset()
    names = {"display_name": account.name, "real_name": account.name.title()}
    body: Json = {
        "id": account.id,
        "team_id": workspace.id,
        "name": account.name,
        "real_name": account.name.title(),
        "deleted": account.deactivated,
        "is_bot": bool(account.bot_id),
        "is_admin": account.admin,
        "is_owner": False,
        "is_app_user": False,
        "tz": account.time_zone,
        "tz_label": account.time_zone,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": {**names, "team": workspace.id, "image_48": "https://a.test/48.png"},
        "updated": 1_700_000_000,
    }
    # docs.slack.dev/reference/methods/users.info: only when include_locale is asked.
    return body | ({"locale": account.locale} if locale else {})


def channel(value: Channel) -> Json:
    return {
        "id": value.id,
        "name": value.name,
        "is_channel": value.kind == "channels",
        "is_group": value.kind == "groups",
        "is_im": value.kind == "im",
        "is_mpim": value.kind == "mpim",
        "is_private": value.kind != "channels",
        "is_archived": value.archived,
        "is_member": value.workspace.bot.id in value.members,
        "topic": {"value": value.topic, "creator": "", "last_set": 0},
        "context_team_id": value.workspace.id,
    }


def message(value: Message, origin: str) -> Json:
    body: Json = {
        "type": "message",
        "ts": value.ts,
        "user": value.author.id,
        "text": value.text,
        "team": value.channel.workspace.id,
    }
    if value.author.bot_id:
        body |= {"bot_id": value.author.bot_id, "app_id": "A0CORDADA"}
    if value.blocks:
        body["blocks"] = value.blocks
    if value.thread_ts:
        body["thread_ts"] = value.thread_ts
        head = value.channel.messages.get(value.thread_ts)
        if head is not None and head is not value:
            body["parent_user_id"] = head.author.id
    elif replies := value.channel.thread(value.ts)[1:]:
        body |= {"thread_ts": value.ts, "reply_count": len(replies)}
    if value.files:
        body["files"] = [file(one, origin) for one in value.files]
    if value.edited:
        body["edited"] = {"user": value.author.id, "ts": value.ts}
    if value.metadata:
        body["metadata"] = value.metadata
    if value.reactions:
        body["reactions"] = [
            {"name": name, "users": sorted(users), "count": len(users)}
            for name, users in value.reactions.items()
        ]
    return body


def file(value: File, origin: str) -> Json:
    """`origin` is where files are downloaded from, the fake's own address."""
    download = f"{origin}/files-pri/{value.id}/{value.name}"
    return {
        "id": value.id,
        "name": value.name,
        "title": value.title or value.name,
        "mimetype": value.mimetype,
        "filetype": value.name.rpartition(".")[2] or "text",
        "mode": "snippet" if value.snippet else "hosted",
        "user": value.owner.id,
        "size": len(value.content),
        "alt_txt": value.alt_text,
        "is_external": False,
        "url_private": download,
        "url_private_download": download,
        "permalink": f"{origin}/files/{value.id}",
        "channels": sorted(value.channels),
    }


def view(value: View, workspace: Workspace) -> Json:
    empty = {"external_id": "", "private_metadata": "", "callback_id": ""}
    return {
        **empty,
        "title": None,
        "submit": None,
        "close": None,
        "clear_on_close": False,
        "notify_on_close": False,
        **value.definition,
        "id": value.id,
        "team_id": workspace.id,
        "app_id": "A0CORDADA",
        "bot_id": workspace.bot.bot_id,
        "hash": value.hash,
        "state": {"values": value.values},
        "root_view_id": value.root.id,
        "previous_view_id": value.previous.id if value.previous else None,
    }
