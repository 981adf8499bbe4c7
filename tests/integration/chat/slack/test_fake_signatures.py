"""Signed HTTP: the address is verified, forged and old requests are sent on purpose."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import FakeSlack
from tests.fakes.slack.signed_http import signature


@pytest.fixture
async def careless(slack: FakeSlack) -> AsyncIterator[str]:
    """An application that says yes to everything."""

    async def yes(request: web.Request) -> web.Response:
        return web.Response(text="ok")

    app = web.Application()
    app.router.add_post("/", yes)
    async for url in _served(app):
        yield url


@pytest.fixture
async def careful(slack: FakeSlack, client: AsyncWebClient) -> AsyncIterator[str]:
    secret = slack.application.signing_secret
    bolt = AsyncApp(client=client, signing_secret=secret)
    async for url in _served(bolt.web_app("/")):
        yield url


async def _served(app: web.Application) -> AsyncIterator[str]:
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    yield f"http://{host}:{port}/"
    await runner.cleanup()


def test_the_signature_is_the_documented_one() -> None:
    # The example of docs.slack.dev/authentication/verifying-requests-from-slack.
    body = (
        "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
        "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA"
        "&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url="
        "https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F"
        "96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10"
        "d2c447fce8b6703c"
    )
    assert signature("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", body) == (
        "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    )


async def test_a_careful_application_refuses_forged_old_and_unsigned(
    slack: FakeSlack, careful: str
) -> None:
    http = slack.use_http(careful)
    await http.probe()
    await http.verify_url()


async def test_a_careless_application_is_found_out(
    slack: FakeSlack, careless: str
) -> None:
    http = slack.use_http(careless)
    await http.probe()
    await http.verify_url()
    rules = slack.take_violations()
    assert rules == ["signature_not_checked"] * 3 + ["url_verification"]
