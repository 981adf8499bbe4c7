import re

import pytest

from bot.chat.slack.install_page import failed_page, installed_page

HOSTILE = '<script>alert("1")</script>{0}'


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("en-GB", "en"),
        ("fr,es;q=0.5", "es"),
        ("fr", "en"),
        ("", "en"),
        (";;,,é=", "en"),
        ("x" * 10_000, "en"),
    ],
)
def test_the_page_is_in_the_browsers_language(accepted: str, language: str) -> None:
    page = installed_page(accepted, "Py Lima", "T1")
    assert f'<html lang="{language}">' in page
    assert "Py Lima" in page
    assert 'href="https://app.slack.com/client/T1"' in page


def test_a_workspaces_name_is_no_mark_up() -> None:
    page = installed_page("en", HOSTILE, HOSTILE)
    assert "<script" not in page
    assert re.search(r"&lt;script&gt;.*\{0\}", page)


@pytest.mark.parametrize(
    "reason", ["denied", "state", "code", "away", "storage", "organisation"]
)
def test_each_failure_says_why_and_leads_back(reason: str) -> None:
    pages = [failed_page(one, reason, again="/slack/install") for one in ("es", "en")]
    assert all('href="/slack/install"' in page for page in pages)
    assert pages[0] != pages[1]
