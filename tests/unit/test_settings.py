"""What is read of the environment, and what is refused."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.run import has_web_chat
from bot.settings import RunnerSettings, Settings


@pytest.mark.parametrize(
    ("told", "urls"),
    [
        ("", ()),
        ("http://a:1", ("http://a:1",)),
        (" http://a:1 ,https://b/x/ http://a:1,", ("http://a:1", "https://b/x")),
        ("http://[::1]:8700", ("http://[::1]:8700",)),
    ],
)
def test_urls_of_runners_are_parted_by_commas_or_spaces(
    told: str, urls: tuple[str, ...]
) -> None:
    assert Settings.model_validate({"runner_urls": told}).runner_urls == urls


@pytest.mark.parametrize(
    "told",
    ["a:8700", "ftp://a", "http://", "http://me:word@a", "http://a:x", "http://a?b"],
)
def test_what_is_no_url_of_a_runner_is_refused(told: str) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate({"runner_urls": told})


def test_the_secret_comes_from_the_variable_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("sixteen or more, in a file\n")
    none = RunnerSettings()
    both = {"runner_secret": "sixteen or more, told", "runner_secret_file": file}
    assert none.shared_secret() is None
    told = RunnerSettings.model_validate(both)
    assert told.shared_secret() == "sixteen or more, told"
    in_file = RunnerSettings.model_validate({"runner_secret_file": file})
    assert in_file.shared_secret() == "sixteen or more, in a file"


@pytest.mark.parametrize("name", ["runner_secret", "runner_secret_file"])
def test_a_short_secret_is_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / "secret"
    file.write_text("short\n")
    told = "short" if name == "runner_secret" else file
    with pytest.raises(ValidationError, match="16 characters"):
        RunnerSettings.model_validate({name: told})


@pytest.mark.parametrize(
    ("told", "url"),
    [
        ("https://Cordada.example/", "https://cordada.example"),
        ("https://cordada.example:8443", "https://cordada.example:8443"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
        ("", None),
    ],
)
def test_public_address_is_brought_to_one_form(told: str, url: str | None) -> None:
    assert Settings.model_validate({"web_url": told}).web_url == url


@pytest.mark.parametrize(
    "told",
    [
        "cordada.example",
        "http://cordada.example",
        "http://10.0.0.5:8000",
        "ftp://cordada.example",
        "https://",
        "https://me:word@cordada.example",
        "https://cordada.example/pages",
        "https://cordada.example?x",
        "https://cordada.example#x",
        "https://cordada.example:x",
    ],
)
def test_address_where_nobody_should_sign_in_is_refused(told: str) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate({"web_url": told})


@pytest.mark.parametrize(
    ("url", "has_chat"),
    [(None, True), ("http://localhost:8000", True), ("https://cordada.example", False)],
)
def test_web_chat_is_off_where_others_come(url: str | None, *, has_chat: bool) -> None:
    assert has_web_chat(Settings.model_validate({"web_url": url})) is has_chat
