"""A second opinion: simcord, made by others, takes and refuses the same messages.

It does not model the registration of commands and the answers' bodies in the same way;
messages are what both hold against the rules.
"""

import json
import random

import discord
import pytest
import simcord
from discord.http import Route

from tests.fakes.discord import FakeDiscord, Person
from tests.fakes.discord.errors import Json
from tests.integration.chat.discord import message_samples as samples
from tests.integration.chat.discord.api import SILENT, Api

# Rules that simcord 3.2 does not know.
LENIENT = {
    "a long nonce",
    "a button that says nothing",
    "more values than options",
    "an attachment without its file",
    "ephemeral in a channel",
    "an answer to nothing",
}


async def taken_by_simcord(*bodies: Json) -> list[bool]:
    client = discord.Client(intents=discord.Intents(guilds=True))
    taken = []
    async with simcord.run(client) as env:
        channel = env.create_guild().create_text_channel("general")
        path = "/channels/{channel_id}/messages"
        route = Route("POST", path, channel_id=channel.id)
        for body in bodies:
            # A copy: simcord numbers the components in place.
            sent = json.loads(json.dumps(SILENT | body))
            try:
                await client.http.request(route, json=sent)
                taken.append(True)
            except discord.HTTPException:
                taken.append(False)
    return taken


async def taken_by_fake(api: Api, ana: Person, *bodies: Json) -> list[bool]:
    path = f"/channels/{ana.channel.id}/messages"
    answers = [await api("POST", path, SILENT | body) for body in bodies]
    return [status == 200 for status, _ in answers]


@pytest.mark.parametrize("name", [*samples.REFUSED, *samples.TAKEN])
async def test_both_agree_at_each_limit(
    fake: FakeDiscord, ana: Person, api: Api, name: str
) -> None:
    body = samples.TAKEN.get(name) or samples.REFUSED[name][0]
    (ours,) = await taken_by_fake(api, ana, body)
    (theirs,) = await taken_by_simcord(body)
    assert theirs == (ours or name in LENIENT)
    fake.take_violations()


def some_message(chance: random.Random) -> Json:
    """Now and then just over a limit."""
    padding = "x" * chance.choice([1, 20, 40, 96, 97])
    wide = chance.choice([1, 2, 5, 5, 6])
    texts = [samples.text("x" * chance.choice([1, 2000, 2001]))] * chance.choice([0, 2])
    rows = [
        samples.row(
            *[
                samples.button(custom_id=f"{at}/{number}/{padding}")
                for number in range(wide)
            ]
        )
        for at in range(chance.choice([1, 2, 4, 5, 6]))
    ]
    inner = [*texts, *rows] or [samples.text()]
    chance.shuffle(inner)
    kind = chance.choice([samples.v2, samples.plain])
    wrapped = kind is samples.v2 and chance.random() < 0.5
    return kind(samples.box(*inner)) if wrapped else kind(*inner)


async def test_both_agree_on_messages_by_chance(
    fake: FakeDiscord, ana: Person, api: Api
) -> None:
    chance = random.Random(4)
    bodies = [some_message(chance) for _ in range(300)]
    ours = await taken_by_fake(api, ana, *bodies)
    theirs = await taken_by_simcord(*bodies)
    differing = [
        body
        for body, one, other in zip(bodies, ours, theirs, strict=True)
        if one != other
    ]
    assert differing == []
    assert 30 < sum(ours) < 270
    fake.take_violations()
