"""The world as Discord's API writes it."""

import re
from datetime import datetime

from tests.fakes.discord.errors import Json
from tests.fakes.discord.interaction import Interaction
from tests.fakes.discord.world import (
    DIRECT,
    Account,
    Attachment,
    Channel,
    Membership,
    Message,
    Role,
    Server,
)

PERSON = re.compile(r"<@!?(\d+)>")


def instant(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def account_json(account: Account) -> Json:
    return {
        "id": account.id,
        "username": account.name,
        "global_name": None if account.bot else account.name.title(),
        "discriminator": "0",
        "avatar": None,
        "bot": account.bot,
        "primary_guild": None,
        "public_flags": 0,
        "flags": 0,
    }


def role_json(role: Role) -> Json:
    return {
        "id": role.id,
        "name": role.name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "position": role.position,
        "permissions": str(int(role.permissions)),
        "managed": False,
        "mentionable": role.mentionable,
        "flags": 0,
    }


def member_json(membership: Membership) -> Json:
    return {
        "user": account_json(membership.account),
        "nick": None,
        "avatar": None,
        "banner": None,
        "roles": [role.id for role in membership.roles],
        "joined_at": instant(membership.joined_at),
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
        "communication_disabled_until": None,
    }


def channel_json(channel: Channel) -> Json:
    last = next(reversed(channel.messages), None)
    body: Json = {"id": channel.id, "type": channel.type, "last_message_id": last}
    if channel.type == DIRECT:
        others = [one for one in channel.members.values() if not one.bot]
        return body | {"recipients": list(map(account_json, others)), "flags": 0}
    assert channel.server is not None
    body |= {
        "guild_id": channel.server.id,
        "name": channel.name,
        "parent_id": channel.parent and channel.parent.id,
        "rate_limit_per_user": 0,
        "flags": 0,
    }
    if not channel.is_thread:
        return body | {
            "position": 0,
            "permission_overwrites": [
                {"id": account_id, "type": 1, "allow": "0", "deny": str(int(denied))}
                for account_id, denied in channel.denied.items()
            ],
            "topic": None,
            "nsfw": False,
        }
    return body | {
        "owner_id": channel.owner_id,
        "message_count": len(channel.messages),
        "member_count": len(channel.members),
        "total_message_sent": len(channel.messages),
        "thread_metadata": {
            "archived": channel.archived,
            "auto_archive_duration": 1440,
            "archive_timestamp": "2026-01-01T00:00:00+00:00",
            "locked": channel.locked,
            "invitable": False,
        },
    }


def server_json(server: Server, application: Account) -> Json:
    """As in GUILD_CREATE: of the members, without the intent, only the bot itself."""
    places = server.channels.values()
    return {
        "id": server.id,
        "name": server.name,
        "icon": None,
        "owner_id": server.owner_id,
        "preferred_locale": server.locale,
        "roles": list(map(role_json, server.roles.values())),
        "members": [member_json(server.members[application.id])],
        "member_count": len(server.members),
        "channels": [channel_json(one) for one in places if not one.is_thread],
        "threads": [
            channel_json(one) for one in places if one.is_thread and not one.archived
        ],
        "emojis": [],
        "stickers": [],
        "features": [],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "afk_timeout": 0,
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "system_channel_flags": 0,
        "joined_at": "2026-01-01T00:00:00+00:00",
        "large": False,
        "unavailable": False,
    }


def attachment_json(attachment: Attachment) -> Json:
    body = {
        "id": attachment.id,
        "filename": attachment.file.name,
        "size": len(attachment.file.content),
        "url": attachment.url,
        "proxy_url": attachment.url,
        "content_type": attachment.content_type,
    }
    if attachment.description:
        body["description"] = attachment.description
    return body


def message_json(message: Message, *, readable: bool = True) -> Json:
    """`readable` is false where only the privileged intent shows the content."""
    body: Json = {
        "id": message.id,
        "type": 19 if message.reply_to else 20 if message.interaction_id else 0,
        "channel_id": message.channel.id,
        "author": account_json(message.author),
        "content": message.content if readable else "",
        "embeds": message.embeds if readable else [],
        "components": message.components if readable else [],
        "attachments": [
            attachment_json(one) for one in (message.attachments if readable else ())
        ],
        "timestamp": instant(message.created_at),
        "edited_timestamp": instant(message.edited_at),
        "flags": message.flags,
        "pinned": message.pinned,
        "tts": False,
        "mention_everyone": False,
        "mentions": list(map(account_json, mentioned(message))),
        "mention_roles": [],
        "reactions": [],
    }
    if message.nonce is not None:
        body["nonce"] = message.nonce
    if message.interaction_id is not None:
        body |= {"application_id": message.author.id, "webhook_id": message.author.id}
        body["interaction_metadata"] = {
            "id": message.interaction_id,
            "type": 2,
            "user": account_json(message.interaction_owner or message.author),
            "authorizing_integration_owners": {},
        }
    if message.reply_to is not None:
        body["message_reference"] = {
            "type": 0,
            "message_id": message.reply_to.id,
            "channel_id": message.reply_to.channel.id,
        }
        gone = message.reply_to.deleted
        body["referenced_message"] = (
            None if gone else message_json(message.reply_to, readable=readable)
        )
    if message.thread is not None:
        body["thread"] = channel_json(message.thread)
    return body


def mentioned(message: Message) -> list[Account]:
    """People named in the content or by replying, as far as they are known there."""
    numbers = dict.fromkeys(PERSON.findall(message.content))
    named = [one for one in map(message.channel.find, numbers) if one is not None]
    answered = message.reply_to and message.reply_to.author
    if answered and answered not in named and answered is not message.author:
        named.append(answered)
    return named


def interaction_json(interaction: Interaction, application: Account) -> Json:
    channel, person = interaction.channel, interaction.person
    body: Json = {
        "id": interaction.id,
        "application_id": application.id,
        "type": int(interaction.type),
        "token": interaction.token,
        "version": 1,
        "locale": interaction.locale,
        "data": interaction.data,
        "channel": channel_json(channel),
        "channel_id": channel.id,
        "entitlements": [],
        "attachment_size_limit": 10 * 1024 * 1024,
        "app_permissions": str(int(channel.permissions(application))),
    }
    server = channel.server
    if server is None:
        body["user"] = account_json(person)
        body["authorizing_integration_owners"] = {"1": person.id}
        body["context"] = 1
    else:
        granted = str(int(channel.permissions(person)))
        body["member"] = member_json(server.members[person.id])
        body["member"]["permissions"] = granted
        body["guild_id"] = server.id
        body["guild"] = {"id": server.id, "locale": server.locale, "features": []}
        body["guild_locale"] = server.locale
        installed = application.id in server.members
        owners = {"0": server.id} if installed else {"1": person.id}
        body["authorizing_integration_owners"] = owners
        body["context"] = 0
    if interaction.source is not None:
        body["message"] = message_json(interaction.source)
    return body
