"""What commands may be registered, and what the client lets people do with them."""

from typing import Any

import pytest

from tests.fakes.discord import CannotDo, FakeDiscord, Permission, Person
from tests.integration.chat.discord.api import Api, is_refused_at
from tests.integration.chat.discord.command_samples import REFUSED, command
from tests.integration.chat.discord.tiny_bot import TinyBot


@pytest.mark.parametrize("described", [True, False])
@pytest.mark.parametrize("name", REFUSED)
async def test_what_may_not_be_registered(
    fake: FakeDiscord, api: Api, name: str, *, described: bool
) -> None:
    body, path = REFUSED[name]
    fake.state.description = fake.state.description if described else None
    status, answer = await api("PUT", commands_of(fake), body)
    assert (status, answer["code"]) == (400, 50035)
    assert is_refused_at(answer, path) if path else answer["errors"]
    assert fake.state.commands == {}
    fake.take_violations()


async def test_a_hundred_commands_and_fifteen_menus_are_taken(
    fake: FakeDiscord, api: Api
) -> None:
    body = [command(f"c{n}") for n in range(100)]
    body += [{"name": f"Menu {n}", "type": 3} for n in range(15)]
    status, answer = await api("PUT", commands_of(fake), body)
    assert (status, len(answer)) == (200, 115)


async def test_commands_keep_their_number_when_replaced(
    fake: FakeDiscord, api: Api
) -> None:
    _, first = await api("PUT", commands_of(fake), [command()])
    _, second = await api("PUT", commands_of(fake), [command(), command("other")])
    assert first[0]["id"] == second[0]["id"]
    assert first[0]["version"] != second[0]["version"]


async def test_one_command_is_created_changed_and_deleted(
    fake: FakeDiscord, api: Api
) -> None:
    place = commands_of(fake)
    _, made = await api("POST", place, command())
    one = f"{place}/{made['id']}"
    assert (await api("PATCH", one, {"description": "Far"}))[1]["description"] == "Far"
    assert (await api("PATCH", one, {"name": "No"}))[0] == 400
    assert (await api("DELETE", one))[0] == 204
    assert (await api("GET", one))[1]["code"] == 10063
    fake.take_violations()


async def test_localisations_are_listed_when_asked_for(
    fake: FakeDiscord, api: Api
) -> None:
    body = [command(name_localizations={"es-ES": "viaje"})]
    await api("PUT", commands_of(fake), body)
    (short,) = (await api("GET", commands_of(fake)))[1]
    path = f"{commands_of(fake)}?with_localizations=true"
    (long,) = (await api("GET", path))[1]
    assert "name_localizations" not in short
    assert long["name_localizations"] == {"es-ES": "viaje"}


async def test_a_command_has_its_local_name(
    fake: FakeDiscord, api: Api, ana: Person
) -> None:
    # Nobody listens here: only that the client finds it.
    await api(
        "PUT", commands_of(fake), [command(name_localizations={"es-ES": "viaje"})]
    )
    asked = ana._command("viaje", {}, locale=None)
    assert asked.data["name"] == "trip"


@pytest.mark.parametrize(
    ("line", "given"),
    [
        ("trip", {}),
        ("trip fly", {}),
        ("trip go", {}),
        ("trip go", {"way": 3}),
        ("trip go", {"way": "n", "days": "many"}),
        ("trip go", {"way": "n", "nights": 2}),
    ],
)
async def test_the_client_sends_only_what_is_registered(
    bot: TinyBot, ana: Person, line: str, given: dict[str, Any]
) -> None:
    with pytest.raises(CannotDo):
        await ana.slash(line, given)


async def test_a_command_is_hidden_from_who_may_not(
    fake: FakeDiscord, api: Api, ana: Person
) -> None:
    needed = int(Permission.MANAGE_GUILD)
    body = [command(default_member_permissions=needed)]
    assert (await api("PUT", commands_of(fake), body))[0] == 200
    with pytest.raises(CannotDo):
        await ana.slash("trip")


def commands_of(fake: FakeDiscord) -> str:
    return f"/applications/{fake.application.id}/commands"
