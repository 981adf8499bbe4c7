"""Messages to the bot: who is answered, what is read of them, and where."""

from collections.abc import AsyncIterator

import pytest

from tests.fakes.catalogue import RIGHT, WRONG
from tests.fakes.discord import Channel, FakeDiscord, File, Permission, Person
from tests.integration.chat.discord.town import Installation, Town

FENCE = "```"


@pytest.fixture
async def town(fake: FakeDiscord, general: Channel) -> AsyncIterator[Town]:
    async with Installation(fake=fake).running() as town:
        yield town


def block(source: str) -> str:
    return f"{FENCE}python\n{source}{FENCE}"


def sources(town: Town) -> list[str]:
    return [one.source for one in town.store.submissions.values()]


def mention(fake: FakeDiscord) -> str:
    return f"<@{fake.application.id}>"


async def test_a_direct_message_needs_no_mention(town: Town, ana: Person) -> None:
    there = ana.direct()
    answer = await town.answered(there, there.say(block(RIGHT)))
    await town.judge_all()
    assert "✅" in answer.text
    assert sources(town) == [RIGHT]


async def test_a_reply_in_a_thread_is_answered_in_the_thread(
    town: Town, fake: FakeDiscord, ana: Person
) -> None:
    there = ana.open_thread("help")
    answer = await town.answered(there, there.say(f"{mention(fake)} {block(WRONG)}"))
    await town.judge_all()
    assert "❌" in answer.text
    assert ana.sees() == []


async def test_talk_that_is_not_for_the_bot_is_left_alone(
    town: Town, fake: FakeDiscord, ana: Person
) -> None:
    ana.say(block(RIGHT))
    ana.say(f"@everyone {block(RIGHT)}")
    asked = ana.say(f"{mention(fake)} {block(WRONG)}")
    await town.answered(ana, asked)
    assert sources(town) == [WRONG]
    assert len(ana.sees()) == 1


async def test_what_others_could_read_is_under_a_spoiler(
    town: Town, fake: FakeDiscord, ana: Person
) -> None:
    asked = ana.say(f"{mention(fake)} {block(WRONG)}")
    answer = await town.answered(ana, asked)
    await town.judge_all()
    banner, *rest = answer.shown.components
    assert "❌" in str(banner)
    assert all(one.get("spoiler") for one in rest if one["type"] == 17)
    assert [one["type"] for one in rest if one["type"] not in {1, 17}] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("hola", "No veo código"),
        (f"{FENCE}js\nlet a\n{FENCE}", "js"),
        (f"{block(RIGHT)}\n{block(WRONG)}", "2 bloques"),
        ("/racha", "Racha"),
        ("reto hoy", "Suma de la caja"),
    ],
)
async def test_what_is_no_code_is_answered_too(
    town: Town, fake: FakeDiscord, ana: Person, text: str, told: str
) -> None:
    await ana.slash("racha")
    answer = await town.answered(ana, ana.say(f"{mention(fake)} {text}"))
    assert told in answer.text
    assert sources(town) == []


async def test_a_file_that_is_not_python_is_named_and_not_fetched(
    town: Town, fake: FakeDiscord, ana: Person
) -> None:
    file = File(name="notes.txt", content=b"secret")
    answer = await town.answered(ana, ana.say(mention(fake), files=[file]))
    assert "notes.txt" in answer.text


async def test_an_edited_message_is_judged_again_when_its_author_wants(
    town: Town, fake: FakeDiscord, ana: Person
) -> None:
    said = ana.say(f"{mention(fake)} {block(WRONG)}")
    await town.answered(ana, said)
    ana.edit(said, f"{mention(fake)} {block(RIGHT)}")
    await ana.until(lambda: len(ana.sees()) == 2)
    offer = ana.sees()[-1]
    assert "nueva versión" in offer.text
    ben = town.newcomer("en-GB", "ben")
    refused = await ben.press(offer, offer.buttons[0])
    assert "your own messages" in refused.text
    answer = await ana.press(offer, offer.buttons[0])
    await town.judge_all()
    assert "✅" in answer.text
    assert sources(town) == [WRONG, RIGHT]
    ana.edit(said, f"{mention(fake)} {block('x = 1' + chr(10))}")
    again = await ana.press(offer, offer.buttons[0])
    assert "Recibido" in again.text
    assert len([one for one in ana.sees() if not one.ephemeral]) == 2


async def test_an_offer_for_a_message_that_is_gone_says_so(
    town: Town, fake: FakeDiscord, ana: Person
) -> None:
    said = ana.say(f"{mention(fake)} {block(WRONG)}")
    await town.answered(ana, said)
    ana.edit(said, f"{mention(fake)} {block(RIGHT)}")
    await ana.until(lambda: len(ana.sees()) == 2)
    offer = ana.sees()[-1]
    ana.delete(said)
    assert "ya no está" in (await ana.press(offer, offer.buttons[0])).text


async def test_the_menu_of_ones_own_message_judges_its_code(
    town: Town, ana: Person
) -> None:
    said = ana.say(f"mira:\n{block(RIGHT)}")
    answer = await ana.menu("Evaluar este código", said)
    assert answer.ephemeral
    await town.judge_all()
    assert "✅" in answer.text
    ben = town.newcomer("en-GB", "ben")
    refused = await ben.menu("Judge this code", said)
    assert "your own messages" in refused.text


async def test_who_cannot_be_answered_there_is_answered_in_private(
    town: Town, fake: FakeDiscord, general: Channel, ana: Person
) -> None:
    assert general.server is not None
    owner = town.newcomer("es-ES", "olga")
    general.server.owner_id = owner.account.id
    general.deny(fake.application, Permission.SEND_MESSAGES)
    ana.say(f"{mention(fake)} {block(RIGHT)}")
    await ana.until(lambda: ana.direct().sees())
    assert "Recibido" in ana.direct().sees()[0].text
    (told,) = owner.direct().sees()
    assert "Me falta un permiso" in told.text
    assert "Enviar mensajes" in told.text
    assert "Ver canal" not in told.text
    assert "general" in told.text


async def test_a_members_words_call_nobody(
    town: Town, fake: FakeDiscord, ana: Person
) -> None:
    asked = ana.say(f"{mention(fake)} {FENCE}@everyone\n<@1>{FENCE}")
    answer = await town.answered(ana, asked)
    assert answer.shown.allowed_mentions == {"parse": []}


async def test_a_direct_message_counts_where_one_is_at_home(
    town: Town, general: Channel, ana: Person
) -> None:
    assert general.server is not None
    await ana.slash("reto ver", {"reto": "add-up"})
    there = ana.direct()
    await town.answered(there, there.say(block(RIGHT)))
    assert "Suma de la caja" in (await there.slash("reto ver")).text
    await town.judge_all()
    communities = {one.community.external_id for one in town.store.members.values()}
    assert communities == {general.server.id}


async def test_the_menu_takes_an_attached_file_too(town: Town, ana: Person) -> None:
    file = File(name="solution.py", content=RIGHT.encode())
    said = ana.say("mi solución", files=[file])
    assert "Recibido" in (await ana.menu("Evaluar este código", said)).text
    assert sources(town) == [RIGHT]
