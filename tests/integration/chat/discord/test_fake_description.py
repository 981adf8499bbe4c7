"""The fake's own answers, held against Discord's description of them."""

import json
from typing import Any

import pytest

from tests.fakes.discord import FakeDiscord, Permission, Person
from tests.fakes.discord.description import Description
from tests.fakes.discord.wire import interaction_json
from tests.integration.chat.discord.api import SILENT, Api
from tests.integration.chat.discord.message_samples import button, row, text, v2
from tests.integration.chat.discord.tiny_bot import TinyBot

CHANNEL, GUILD = "/channels/{channel_id}", "/guilds/{guild_id}"
MESSAGES = f"{CHANNEL}/messages"
COMMANDS = "/applications/{application_id}/commands"
OPTION = {"name": "way", "description": "Way", "type": 3, "autocomplete": True}
COMMAND = {"name": "trip", "description": "Trip", "options": [OPTION]}

ANSWERS: list[tuple[str, str, Any]] = [
    ("GET", "/users/@me", None),
    ("GET", "/gateway/bot", None),
    ("GET", CHANNEL, None),
    ("GET", MESSAGES, None),
    ("GET", f"{MESSAGES}/{{message_id}}", None),
    ("POST", MESSAGES, SILENT | {"content": "hi"}),
    ("POST", MESSAGES, SILENT | {"embeds": [{"title": "t"}]}),
    ("POST", MESSAGES, SILENT | v2(text(), row(button()))),
    ("POST", f"{MESSAGES}/{{message_id}}/threads", {"name": "t"}),
    ("POST", f"{CHANNEL}/threads", {"name": "t", "type": 12}),
    ("POST", "/users/@me/channels", {"recipient_id": "{user_id}"}),
    ("GET", f"{GUILD}/roles", None),
    ("GET", f"{GUILD}/members/{{user_id}}", None),
    ("GET", "/users/{user_id}", None),
    ("PUT", COMMANDS, [COMMAND, {"name": "Judge", "type": 3}]),
    ("POST", COMMANDS, COMMAND),
    ("GET", COMMANDS, None),
]


@pytest.mark.parametrize(("method", "template", "body"), ANSWERS)
async def test_what_the_fake_answers_is_as_described(  # noqa: PLR0917 - three columns
    description: Description,
    fake: FakeDiscord,
    api: Api,
    method: str,
    template: str,
    body: Any,
) -> None:
    server = fake.create_server(permissions=Permission.PIN_MESSAGES)
    ana = fake.join(fake.create_channel(server), "ana")
    params = {
        "channel_id": ana.channel.id,
        "guild_id": server.id,
        "user_id": ana.account.id,
        "message_id": ana.say("hi").id,
        "application_id": fake.application.id,
    }
    sent = json.loads(json.dumps(body).replace("{user_id}", ana.account.id))
    status, answer = await api(method, template.format_map(params), sent)
    assert status == 200
    assert description.answer_problems(method, template, answer) == []


async def test_a_callback_is_answered_as_described(
    description: Description, bot: TinyBot, ana: Person, api: Api
) -> None:
    template = "/interactions/{interaction_id}/{interaction_token}/callback"
    answers: list[Any] = []

    async def act(interaction: Any) -> None:
        path = template.format(
            interaction_id=interaction.id, interaction_token=interaction.token
        )
        body = {"type": 4, "data": SILENT | v2(text())}
        answers.append((await api("POST", f"{path}?with_response=1", body))[1])
        bot.bell.ring()

    bot.act = act
    await ana.slash("act")
    await bot.bell.until(lambda: answers)
    assert description.answer_problems("POST", template, answers[0]) == []


async def test_what_is_delivered_is_json(
    fake: FakeDiscord, bot: TinyBot, ana: Person
) -> None:
    seen = await ana.slash("trip panel")
    body = interaction_json(seen.interaction, fake.application)
    assert json.loads(json.dumps(body)) == body
    assert body["attachment_size_limit"] == 10 * 1024 * 1024
