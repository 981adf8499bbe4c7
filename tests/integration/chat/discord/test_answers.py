"""Every answer arrives: late, after a restart, past a closed door, on a bad day."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tests.fakes.catalogue import RIGHT, WRONG
from tests.fakes.discord import Channel, FakeDiscord, File, Permission, Person, Seen
from tests.fakes.discord.wire import interaction_json
from tests.integration.chat.discord.town import CHANNEL, Installation, Town

EDIT = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original"
ANSWER = "POST /interactions/{interaction_id}/{interaction_token}/callback"


@pytest.fixture
async def town(fake: FakeDiscord, general: Channel) -> AsyncIterator[Town]:
    async with Installation(fake=fake).running() as town:
        yield town


async def handed_in(person: Person, source: str = RIGHT) -> Seen:
    form = await person.slash("challenge submit", {"challenge": "add-up"})
    return await person.submit(form, {"code": source})


async def test_a_verdict_finds_its_way_after_a_restart(
    fake: FakeDiscord, general: Channel, ana: Person
) -> None:
    installation = Installation(fake=fake)
    async with installation.running():
        answer = await handed_in(ana)
    async with installation.running() as town:
        await town.judge_all()
    assert "✅" in answer.text


async def test_buttons_and_forms_work_after_a_restart(
    fake: FakeDiscord, general: Channel, ana: Person
) -> None:
    installation = Installation(fake=fake)
    async with installation.running():
        shown = await ana.slash("reto hoy")
        form = await ana.press(shown, shown.buttons[0])
    async with installation.running():
        answer = await ana.submit(form, {"code": WRONG})
        assert "Recibido" in answer.text
        hint = await ana.press(shown, shown.buttons[1])
        assert "Pista" in hint.text


async def test_past_the_tokens_life_the_verdict_comes_in_private(
    town: Town, fake: FakeDiscord, ana: Person
) -> None:
    answer = await handed_in(ana)
    fake.state.clock.advance(timedelta(minutes=16))  # type: ignore[attr-defined]
    await town.judge_all()
    assert "✅" not in answer.text
    (told,) = ana.direct().sees()
    assert "✅" in told.text


async def test_who_takes_no_private_messages_is_called_without_the_verdict(
    town: Town, fake: FakeDiscord, ana: Person
) -> None:
    await handed_in(ana)
    ana.account.takes_direct_messages = False
    fake.state.clock.advance(timedelta(minutes=16))  # type: ignore[attr-defined]
    await town.judge_all()
    called = ana.sees()[-1]
    assert ana.mention in called.text
    assert "✅" not in called.text
    assert "Suma de la caja" in (await ana.press(called, called.buttons[0])).text


async def test_past_the_tokens_life_a_thread_is_answered_in_itself(
    town: Town, fake: FakeDiscord, ana: Person
) -> None:
    there = ana.open_thread("help")
    await handed_in(there)
    fake.state.clock.advance(timedelta(minutes=16))  # type: ignore[attr-defined]
    await town.judge_all()
    assert "✅" in there.sees()[-1].text


async def test_a_busy_discord_is_asked_again(
    town: Town, fake: FakeDiscord, ana: Person
) -> None:
    fake.faults.fail(503, on=EDIT)
    fake.faults.limit(on=EDIT)
    assert "Racha" in (await ana.slash("racha")).text
    fake.faults.cut(on=ANSWER)
    assert "Racha" in (await ana.slash("racha")).text


async def test_an_acknowledgement_that_only_seemed_lost_is_no_fault(
    town: Town, fake: FakeDiscord, ana: Person
) -> None:
    fake.faults.fail(503, after_effect=True, on=ANSWER)
    assert "Racha" in (await ana.slash("racha")).text
    assert [one.rule for one in fake.take_violations()] == ["answered twice"]


async def test_a_drop_of_the_gateway_in_mid_submission_loses_nothing(
    town: Town, fake: FakeDiscord, ana: Person
) -> None:
    answer = await handed_in(ana)
    await fake.gateway.drop()
    await town.judge_all()
    assert "✅" in answer.text
    await fake.gateway.until_ready()
    assert "Racha" in (await ana.slash("racha")).text


async def test_news_go_to_the_channel_of_that_name_only(
    town: Town, fake: FakeDiscord, general: Channel, ana: Person
) -> None:
    assert general.server is not None
    channel = fake.create_channel(general.server, CHANNEL)
    await handed_in(ana)
    await town.judge_all()
    await town.settle()
    (news,) = ana.at(channel).sees()
    assert "Ana" in news.text
    assert [one for one in ana.sees() if not one.ephemeral] == []


async def test_news_that_come_together_are_posted_together(
    town: Town, fake: FakeDiscord, general: Channel, ana: Person
) -> None:
    assert general.server is not None
    channel = fake.create_channel(general.server, CHANNEL)
    bea = town.newcomer("es-ES")
    cruz = town.newcomer("es-ES", "cruz")
    held = fake.faults.hold(on="POST /channels/{channel_id}/messages")
    answers = [await handed_in(one) for one in (ana, bea, cruz)]
    await town.judge_all()
    assert all("✅" in one.text for one in answers)
    held.release()
    await town.settle()
    told = [one.text for one in ana.at(channel).sees()]
    assert len(told) < len(answers)
    assert all(name in "\n".join(told) for name in ("Ana", "Bea", "Cruz"))


async def test_news_that_cannot_be_told_do_not_repeat_the_verdict(
    town: Town, fake: FakeDiscord, general: Channel, ana: Person
) -> None:
    assert general.server is not None
    owner = town.newcomer("es-ES", "olga")
    general.server.owner_id = owner.account.id
    channel = fake.create_channel(general.server, CHANNEL)
    channel.deny(fake.application, Permission.VIEW_CHANNEL)
    answer = await handed_in(ana)
    await town.judge_all()
    assert "✅" in answer.text
    await town.settle()
    (told,) = owner.direct().sees()
    assert "Ver canal" in told.text
    assert town.store.jobs == []


async def test_code_longer_than_a_form_is_taken_from_a_file(
    town: Town, ana: Person
) -> None:
    form = await ana.slash("reto enviar", {"reto": "add-up"})
    long = RIGHT + "# and so on\n" * 1000
    file = File(name="long.py", content=long.encode())
    await ana.submit(form, {"code?file": [file]})
    (submission,) = town.store.submissions.values()
    assert submission.source == long


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"\xff\xfe", "UTF-8"), (b"x" * 70_000, "64 KiB"), (b"x\0", "nulo")],
)
async def test_a_file_that_cannot_be_code_is_refused_by_name(
    town: Town, ana: Person, content: bytes, told: str
) -> None:
    form = await ana.slash("reto enviar", {"reto": "add-up"})
    file = File(name="odd.py", content=content)
    assert told in (await ana.submit(form, {"code?file": [file]})).text


async def test_who_has_asked_is_answered_by_a_process_that_ends(
    fake: FakeDiscord, general: Channel, ana: Person
) -> None:
    held = fake.faults.hold(on=EDIT)
    async with Installation(fake=fake).running():
        asking = asyncio.create_task(ana.slash("racha"))
        await fake.until(lambda: any("callback" in one.path for one in fake.exchanges))
        asyncio.get_running_loop().call_soon(held.release)
    assert "Racha" in (await asking).text


async def test_what_has_an_unknown_shape_does_not_end_the_connection(
    town: Town, fake: FakeDiscord, general: Channel, ana: Person
) -> None:
    for name in ("INTERACTION_CREATE", "MESSAGE_CREATE", "MESSAGE_UPDATE"):
        odd = {"id": {}, "author": 7, "type": 99, "token": None}
        fake.state.emit(name, odd, general)
    assert "Racha" in (await ana.slash("racha")).text


async def test_a_command_that_another_process_has_answered_is_not_done_again(
    town: Town, fake: FakeDiscord, ana: Person
) -> None:
    await handed_in(ana)
    heard = list(fake.state.interactions.values())[-1]
    town.connection.chat.hear_interaction(interaction_json(heard, fake.application))
    await town.settle()
    assert len(town.store.submissions) == 1
    assert {one.rule for one in fake.take_violations()} == {"answered twice"}


@pytest.mark.parametrize(
    ("line", "refused"), [("racha", EDIT), ("reto enviar", ANSWER)]
)
async def test_an_answer_that_discord_refuses_becomes_a_word_of_ours(
    town: Town, fake: FakeDiscord, ana: Person, line: str, refused: str
) -> None:
    fake.faults.fail(400, on=refused)
    assert "Algo falló de nuestro lado" in (await ana.slash(line)).text
