import pytest

from bot.chat.web.gate import SECURITY_HEADERS, host_name, is_own_origin
from tests.fakes.web_browser import HERE, WebTrial

EVIL = "http://evil.example"


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("127.0.0.1:8000", "127.0.0.1"),
        ("[::1]:8000", "::1"),
        ("LOCALHOST", "localhost"),
        ("evil.example", "evil.example"),
        ("evil.example@127.0.0.1", ""),
        ("127.0.0.1/evil.example", ""),
        ("[::1", ""),
        ("", ""),
    ],
)
def test_host_is_read_without_its_port(host: str, name: str) -> None:
    assert host_name(host) == name


@pytest.mark.parametrize(
    "origin",
    ["", "null", EVIL, "http://127.0.0.1:8001", "https://127.0.0.1:8000", "http://:x"],
)
def test_foreign_origin_is_not_ours(origin: str) -> None:
    assert not is_own_origin(origin, HERE)


def test_default_port_may_be_said_or_left_out() -> None:
    assert is_own_origin("http://localhost", "http://localhost:80")


@pytest.mark.parametrize("host", ["evil.example:8000", "127.0.0.1.evil.example", ""])
@pytest.mark.parametrize("path", ["/", "/updates", "/complete"])
async def test_foreign_host_is_refused_everywhere(host: str, path: str) -> None:
    async with WebTrial().browser() as browser:
        response = await browser.get(path, headers={"host": host})
    assert response.status_code == 400


@pytest.mark.parametrize("origin", [None, EVIL, "null"])
@pytest.mark.parametrize("path", ["/people", "/send", "/press"])
async def test_post_from_another_site_changes_nothing(
    origin: str | None, path: str
) -> None:
    trial = WebTrial()
    async with (
        trial.speaking_as("Ana") as browser,
        trial.browser(origin=origin) as other,
    ):
        other.cookies = browser.cookies
        response = await other.post(path, json={"speaker": "ana", "text": "/help"})
    assert response.status_code == 403
    assert trial.router.asked == []


@pytest.mark.parametrize("path", ["/", "/healthz", "/static/chat.js", "/nowhere"])
async def test_every_answer_carries_the_security_headers(path: str) -> None:
    async with WebTrial().browser() as browser:
        response = await browser.get(path)
    for name, value in SECURITY_HEADERS.items():
        assert response.headers[name] == value


async def test_cookie_is_kept_from_scripts_and_other_sites() -> None:
    async with WebTrial().browser() as browser:
        response = await browser.post("/people", data={"name": "Ana"})
    cookie = response.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


async def test_health_and_metrics_answer_under_any_host() -> None:
    trial = WebTrial()
    async with trial.browser() as browser:
        probe = {"host": "10.0.0.7:8000"}
        assert (await browser.get("/healthz", headers=probe)).text == "ok"
        metrics = await browser.get("/metrics", headers=probe)
        assert metrics.text == "cordada_up 1\n"
        assert metrics.headers["content-type"].startswith("text/plain; version=0.0.4")
        trial.healthy = False
        assert (await browser.get("/healthz", headers=probe)).status_code == 503
