"""What no message may be: each rule broken, and the widest that it allows."""

import pytest

from tests.fakes.discord import FakeDiscord, Person
from tests.integration.chat.discord.api import SILENT, Api, errors_in, is_refused_at
from tests.integration.chat.discord.message_samples import (
    REFUSED,
    TAKEN,
    button,
    plain,
    row,
    text,
    v2,
)


@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_over_a_limit_is_refused(
    fake: FakeDiscord, ana: Person, api: Api, name: str
) -> None:
    body, path, _ = REFUSED[name]
    status, answer = await api("POST", _messages(ana), SILENT | body)
    assert (status, answer["code"]) == (400, 50035)
    assert is_refused_at(answer, path), answer
    assert [one.rule for one in fake.take_violations()] == ["refused"]
    assert ana.sees() == []


@pytest.mark.parametrize("name", REFUSED)
async def test_limits_hold_without_the_description_too(
    ana: Person, api: Api, fake: FakeDiscord, name: str
) -> None:
    fake.state.description = None
    body, path, code = REFUSED[name]
    status, answer = await api("POST", _messages(ana), SILENT | body)
    assert (status, code in errors_in(answer, path)) == (400, True), answer
    fake.take_violations()


@pytest.mark.parametrize("name", TAKEN)
async def test_what_is_just_within_is_taken(ana: Person, api: Api, name: str) -> None:
    status, _ = await api("POST", _messages(ana), SILENT | TAKEN[name])
    assert status == 200
    assert len(ana.sees()) == 1


async def test_an_empty_message_is_refused(
    fake: FakeDiscord, ana: Person, api: Api
) -> None:
    assert await api("POST", _messages(ana), SILENT) == (
        400,
        {"message": "Cannot send an empty message", "code": 50006},
    )
    assert len(fake.take_violations()) == 1


async def test_a_message_must_say_whom_it_may_ping(
    fake: FakeDiscord, ana: Person, api: Api
) -> None:
    status, _ = await api("POST", _messages(ana), {"content": "hi"})
    (violation,) = fake.take_violations()
    assert (status, violation.rule) == (200, "allowed_mentions is not said")


async def test_a_field_that_is_not_described_is_noted(
    fake: FakeDiscord, ana: Person, api: Api
) -> None:
    status, _ = await api(
        "POST", _messages(ana), SILENT | {"content": "a", "text": "b"}
    )
    (violation,) = fake.take_violations()
    assert (status, violation.rule) == (200, "unknown field")


async def test_a_wrong_type_is_refused_by_the_description(
    fake: FakeDiscord, ana: Person, api: Api
) -> None:
    body = SILENT | plain(row(button(style=99)))
    status, answer = await api("POST", _messages(ana), body)
    assert status == 400
    assert errors_in(answer, "components.0.components.0.style") == ["BASE_TYPE_CHOICES"]
    fake.take_violations()


async def test_a_file_is_held_to_its_size(
    fake: FakeDiscord, ana: Person, api: Api
) -> None:
    files = {"a.bin": b"x" * (10 * 1024 * 1024 + 1)}
    status, answer = await api("POST", _messages(ana), SILENT, files=files)
    assert (status, answer["code"]) == (413, 40005)
    fake.take_violations()


async def test_a_file_that_nothing_shows_is_noted(
    fake: FakeDiscord, ana: Person, api: Api
) -> None:
    body = SILENT | v2(text())
    status, _ = await api("POST", _messages(ana), body, files={"a.txt": b"x"})
    (violation,) = fake.take_violations()
    assert (status, violation.rule) == (200, "a file that no component shows")


async def test_an_edit_is_held_to_what_is_left(
    fake: FakeDiscord, ana: Person, api: Api
) -> None:
    _, sent = await api("POST", _messages(ana), SILENT | {"content": "hi"})
    path = f"{_messages(ana)}/{sent['id']}"
    status, answer = await api("PATCH", path, SILENT | v2(text()))
    assert (status, bool(errors_in(answer, "content"))) == (400, True)
    assert fake.take_violations()
    status, _ = await api("PATCH", path, SILENT | v2(text()) | {"content": None})
    assert (status, ana.sees()[0].text) == (200, "words")


async def test_the_flag_of_components_v2_stays(
    fake: FakeDiscord, ana: Person, api: Api
) -> None:
    _, sent = await api("POST", _messages(ana), SILENT | v2(text()))
    path = f"{_messages(ana)}/{sent['id']}"
    status, _ = await api("PATCH", path, SILENT | {"content": "hi", "flags": 0})
    assert status == 400
    fake.take_violations()


def _messages(person: Person) -> str:
    return f"/channels/{person.channel.id}/messages"
