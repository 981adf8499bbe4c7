"""Installing in many workspaces by OAuth, rotating tokens, leaving."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization.async_authorize import AsyncInstallationStoreAuthorize
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import FakeSlack, NotThere, Person
from tests.integration.chat.slack.refusals import refused
from tests.integration.chat.slack.small_app import MANIFEST, SmallApp

SCOPES: list[str] = MANIFEST["oauth_config"]["scopes"]["bot"]


@dataclass(frozen=True, kw_only=True)
class Installed:
    small: SmallApp
    install_url: str
    store: FileInstallationStore


@pytest.fixture
async def many(slack: FakeSlack, tmp_path: Path) -> AsyncIterator[Installed]:
    """An application for many workspaces, with its stores in files."""
    application = slack.application
    store = FileInstallationStore(base_dir=str(tmp_path / "installations"))
    settings = AsyncOAuthSettings(
        client_id=application.client_id,
        client_secret=application.client_secret,
        scopes=SCOPES,
        installation_store=store,
        state_store=FileOAuthStateStore(
            expiration_seconds=600, base_dir=str(tmp_path / "states")
        ),
    )
    client = AsyncWebClient(base_url=slack.base_url)
    assert isinstance(settings.authorize, AsyncInstallationStoreAuthorize)
    # Its own would ask slack.com.
    settings.authorize.token_rotator = AsyncTokenRotator(
        client_id=application.client_id,
        client_secret=application.client_secret,
        client=client,
    )
    bolt = AsyncApp(
        client=client,
        signing_secret=application.signing_secret,
        oauth_settings=settings,
    )
    runner = web.AppRunner(bolt.web_app("/slack/events"))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    origin = f"http://{host}:{port}"
    settings.redirect_uri = f"{origin}/slack/oauth_redirect"
    settings.authorize_url_generator.redirect_uri = settings.redirect_uri
    slack.use_http(f"{origin}/slack/events")
    yield Installed(
        small=SmallApp(bolt, slack),
        install_url=f"{origin}/slack/install",
        store=store,
    )
    await runner.cleanup()


@pytest.fixture
def eva(slack: FakeSlack) -> Person:
    """In a workspace that knows nothing of the application yet."""
    return slack.add_person("eva", workspace=slack.add_workspace("Py Lima"))


async def test_a_workspace_installs_and_is_served(
    many: Installed, slack: FakeSlack, eva: Person
) -> None:
    status, page = await slack.install(eva, many.install_url)
    assert (status, "Thank you" in page) == (200, True)
    channel = slack.add_channel("reto", eva)
    assert (await eva.slash("/post", "hola", channel)).text.startswith("*hola*")


async def test_who_denies_or_forges_installs_nothing(
    many: Installed, slack: FakeSlack, eva: Person
) -> None:
    await slack.install(eva, many.install_url, deny=True)
    status, _ = await slack.install(eva, many.install_url, state="forged")
    assert status >= 400
    installed = await many.store.async_find_bot(
        enterprise_id=None, team_id=eva.workspace.id
    )
    assert installed is None


async def test_tokens_rotate_and_old_ones_end(
    many: Installed, slack: FakeSlack, eva: Person
) -> None:
    # Within the two hours ahead of the end in which slack-bolt takes a new one.
    slack.state.token_life = timedelta(minutes=90)
    await slack.install(eva, many.install_url)
    old = await many.store.async_find_bot(enterprise_id=None, team_id=eva.workspace.id)
    channel = slack.add_channel("reto", eva)
    await eva.slash("/post", "hola", channel)
    new = await many.store.async_find_bot(enterprise_id=None, team_id=eva.workspace.id)
    assert old is not None
    assert new is not None
    assert old.bot_token != new.bot_token
    client = AsyncWebClient(token=old.bot_token, base_url=slack.base_url)
    assert await refused(client.auth_test()) == "token_revoked"
    client.token = new.bot_token
    await client.auth_test()
    slack.advance(90 * 60)
    assert await refused(client.auth_test()) == "token_expired"


async def test_codes_and_secrets_are_checked(slack: FakeSlack) -> None:
    application = slack.application
    client = AsyncWebClient(base_url=slack.base_url)

    async def access(client_id: str, secret: str, **more: str) -> str:
        return await refused(
            client.oauth_v2_access(client_id=client_id, client_secret=secret, **more)
        )

    own = application.client_id, application.client_secret
    assert await access("1.1", own[1], code="a") == "invalid_client_id"
    assert await access(own[0], "guess", code="a") == "bad_client_secret"
    assert await access(*own, code="a") == "invalid_code"
    refresh = {"grant_type": "refresh_token", "refresh_token": "xoxe-0"}
    assert await access(*own, **refresh) == "invalid_refresh_token"
    assert slack.take_violations() == ["invalid_client_id", "bad_client_secret"]


async def test_uninstalling_is_told_and_ends_the_tokens(
    many: Installed, slack: FakeSlack, eva: Person
) -> None:
    await slack.install(eva, many.install_url)
    slack.uninstall(eva.workspace)
    told = many.small.told
    await slack.state.bell.until(lambda: len(told) == 2 or None)
    names = {event["type"] for event in told}
    assert names == {"app_uninstalled", "tokens_revoked"}
    before = len(slack.deliveries.sent)
    await eva.say("still there?", eva.direct_channel)
    assert len(slack.deliveries.sent) == before
    with pytest.raises(NotThere):
        await eva.slash("/echo")
