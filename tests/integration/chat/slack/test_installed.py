"""Workspaces that install over the web, and tokens that are always good."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.chat.slack.errors import NotInstalled, SlackUnavailable
from bot.chat.slack.installed import InstalledWorkspaces
from bot.chat.slack.installing import STATE_LIFE
from bot.chat.slack.manifest import EVENTS_PATH
from bot.chat.slack.manifest import manifest as own_manifest
from bot.chat.table import COMMANDS
from tests.fakes.slack import FakeSlack, NotThere, Person
from tests.fakes.slack.errors import Json
from tests.integration.chat.slack.bureau import Bureau, open_bureau
from tests.integration.chat.slack.refusals import refused

LIFE = timedelta(hours=12)


@pytest.fixture
def manifest() -> Json:
    return dict(own_manifest(COMMANDS, url="https://bot.example"))


@pytest.fixture
async def bureau(slack: FakeSlack) -> AsyncIterator[Bureau]:
    slack.state.token_life = LIFE
    async with open_bureau(slack) as bureau:
        yield bureau


@pytest.fixture
def workspaces(bureau: Bureau) -> InstalledWorkspaces:
    return bureau.process()


@pytest.fixture
def eva(slack: FakeSlack) -> Person:
    return slack.add_person("eva", workspace=slack.add_workspace("Py Lima"))


def speaking(slack: FakeSlack, token: str) -> AsyncWebClient:
    return AsyncWebClient(token=token, base_url=slack.base_url)


async def test_each_workspace_has_a_token_of_its_own(
    bureau: Bureau, workspaces: InstalledWorkspaces, slack: FakeSlack, eva: Person
) -> None:
    leo = slack.add_person("leo", workspace=slack.add_workspace("Py Bogotá"))
    for person in (eva, leo):
        status, page = await bureau.install(person)
        assert (status, person.workspace.name in page) == (200, True)
        token = await workspaces.token(person.workspace.id)
        told = await speaking(slack, token).auth_test()
        assert told["team_id"] == person.workspace.id
        channel = slack.add_channel("reto", person)
        seen = await person.slash("/reto", "hoy", channel)
        assert "Adding up the till" in seen.text
    names = [one.team_name for one in await workspaces.all()]
    assert names == ["Py Lima", "Py Bogotá"]


async def test_a_workspace_becomes_a_community_with_its_installers_words(
    bureau: Bureau, slack: FakeSlack
) -> None:
    place = slack.add_workspace("Py Bogotá")
    leo = slack.add_person(
        "leo", locale="es-ES", time_zone="America/Bogota", workspace=place
    )
    await bureau.install(leo)
    await bureau.install(leo)
    async with bureau.world.unit_of_work() as unit:
        (community,) = await unit.communities.all()
    assert (community.external_id, community.name) == (place.id, "Py Bogotá")
    assert (community.language, community.time_zone) == ("es", "America/Bogota")


async def test_slack_that_cannot_say_who_installed_installs_all_the_same(
    bureau: Bureau, slack: FakeSlack, eva: Person
) -> None:
    slack.fail_next("users.info", "user_not_found")
    status, _ = await bureau.install(eva)
    assert status == 200
    channel = slack.add_channel("reto", eva)
    assert (await eva.slash("/racha", "", channel)).text


async def test_requests_that_are_forged_old_or_unsigned_are_refused(
    bureau: Bureau, slack: FakeSlack
) -> None:
    http = slack.use_http(f"{bureau.url}{EVENTS_PATH}")
    await http.probe()
    await http.verify_url()


async def test_tokens_do_not_lie_open_in_the_database_or_in_a_log(
    bureau: Bureau, workspaces: InstalledWorkspaces, eva: Person
) -> None:
    await bureau.install(eva)
    (made,) = await workspaces.all()
    (kept,) = await bureau.kept.all("slack")
    assert made.bot_token.startswith("xoxe.xoxb-")
    assert b"xoxe" not in kept.sealed
    assert "xoxe" not in repr(made) + str(made)


async def test_who_denies_forges_or_comes_again_installs_nothing(
    bureau: Bureau, workspaces: InstalledWorkspaces, slack: FakeSlack, eva: Person
) -> None:
    status, page = await bureau.install(eva, deny=True)
    assert (status, "not installed" in page) == (200, True)
    for forged in ("forged", "forgéd", ""):
        status, _ = await bureau.install(eva, state=forged)
        assert status == 400
    assert await workspaces.all() == []


async def test_a_state_is_good_once_and_for_ten_minutes(
    bureau: Bureau, slack: FakeSlack
) -> None:
    async def begun() -> tuple[str, dict[str, str]]:
        async with slack.session.get(bureau.install_url, allow_redirects=False) as page:
            cookie = page.cookies["cordada_slack_install"]
            assert (cookie["samesite"], cookie["httponly"]) == ("lax", True)
            return cookie.value, {"Cookie": f"{cookie.key}={cookie.value}"}

    async def back(state: str, headers: dict[str, str]) -> str:
        query = {"state": state, "code": "guess"}
        url = bureau.redirect_url
        async with slack.session.get(url, params=query, headers=headers) as page:
            return await page.text()

    state, headers = await begun()
    assert "another browser" in await back(state, {})
    assert "does not take the code" in await back(state, headers)
    assert "used already" in await back(state, headers)
    state, headers = await begun()
    slack.advance(STATE_LIFE.total_seconds())
    assert "too old" in await back(state, headers)
    slack.take_violations()


async def test_a_token_is_renewed_before_its_end_and_once(
    bureau: Bureau, workspaces: InstalledWorkspaces, slack: FakeSlack, eva: Person
) -> None:
    await bureau.install(eva)
    team = eva.workspace.id
    old = await workspaces.token(team)
    slack.advance(9 * 3600)
    assert await workspaces.token(team) == old
    slack.advance(3600)
    elsewhere = bureau.process()
    tokens = await asyncio.gather(
        *(one.token(team) for one in [workspaces, elsewhere] * 3)
    )
    calls = [call.arguments for call in slack.state.calls]
    assert sum(one.get("grant_type") == "refresh_token" for one in calls) == 1
    new = await elsewhere.token(team)
    # Who came while it was being renewed went on with the old one, which still held.
    assert new in tokens
    assert set(tokens) <= {old, new}
    assert await workspaces.token(team) == new != old
    await speaking(slack, new).auth_test()
    assert await refused(speaking(slack, old).auth_test()) == "token_revoked"


async def test_after_its_end_everybody_waits_for_the_one_who_renews(
    bureau: Bureau, slack: FakeSlack, eva: Person
) -> None:
    await bureau.install(eva)
    slack.advance(13 * 3600)
    several = [bureau.process() for _ in range(3)]
    tokens = await asyncio.gather(*(one.token(eva.workspace.id) for one in several))
    assert len(set(tokens)) == 1
    await speaking(slack, tokens[0]).auth_test()


async def test_a_slack_that_does_not_renew_is_gone_on_with_until_the_end(
    bureau: Bureau, workspaces: InstalledWorkspaces, slack: FakeSlack, eva: Person
) -> None:
    await bureau.install(eva)
    team = eva.workspace.id
    old = await workspaces.token(team)
    cut_off = bureau.process(base_url="http://127.0.0.1:9/api/")
    slack.advance(11 * 3600)
    assert await cut_off.token(team) == old
    slack.advance(3600)
    with pytest.raises(SlackUnavailable):
        await cut_off.token(team)


async def test_new_tokens_outlive_a_database_that_is_away_meanwhile(
    bureau: Bureau, workspaces: InstalledWorkspaces, slack: FakeSlack, eva: Person
) -> None:
    await bureau.install(eva)
    team = eva.workspace.id
    await workspaces.token(team)
    slack.advance(11 * 3600)
    bureau.kept.goes_after_a_claim = True
    new = await workspaces.token(team)
    assert await workspaces.token(team) == new, "the database is still away"
    bureau.kept.is_away = False
    await workspaces.token(team)
    assert await bureau.process().token(team) == new


async def test_without_a_database_the_token_known_last_serves(
    bureau: Bureau, workspaces: InstalledWorkspaces, eva: Person
) -> None:
    await bureau.install(eva)
    token = await workspaces.token(eva.workspace.id)
    bureau.kept.is_away = True
    assert await workspaces.token(eva.workspace.id) == token
    with pytest.raises(SlackUnavailable):
        await bureau.process().token(eva.workspace.id)


async def test_who_left_has_no_token_unless_they_came_back_since(
    bureau: Bureau, workspaces: InstalledWorkspaces, slack: FakeSlack, eva: Person
) -> None:
    team, told_at = eva.workspace.id, slack.clock()
    await bureau.install(eva)
    await workspaces.left(team, told_at)
    with pytest.raises(NotInstalled):
        await workspaces.token(team)
    slack.advance(60)
    await bureau.install(eva)
    await workspaces.left(team, told_at)
    await workspaces.token(team)


async def test_uninstalling_cleans_up_and_leaves_the_others_alone(
    bureau: Bureau, workspaces: InstalledWorkspaces, slack: FakeSlack, eva: Person
) -> None:
    leo = slack.add_person("leo", workspace=slack.add_workspace("Py Bogotá"))
    for person in (eva, leo):
        await bureau.install(person)
    slack.uninstall(eva.workspace)
    await slack.state.bell.until(lambda: bureau.kept.removals == 2 or None)
    assert [one.team_name for one in await workspaces.all()] == ["Py Bogotá"]
    with pytest.raises(NotThere):
        await eva.slash("/racha")
    assert (await leo.slash("/racha", "", slack.add_channel("reto", leo))).text


async def test_what_another_secret_sealed_is_not_there(
    bureau: Bureau, eva: Person
) -> None:
    await bureau.install(eva)
    other = bureau.process("another-secret-of-settings")
    with pytest.raises(NotInstalled):
        await other.token(eva.workspace.id)
    assert await other.all() == []
