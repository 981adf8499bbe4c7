"""What a log line says, and what it keeps to itself."""

import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import set_up_logs
from bot.settings import Settings


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def fail(secret: str) -> None:
    raise RuntimeError("it broke", len(secret))


@pytest.mark.usefixtures("logging_as_before")
@pytest.mark.parametrize("log_format", ["console", "json"])
def test_a_traceback_is_logged_without_the_values_of_variables(
    capsys: pytest.CaptureFixture[str], log_format: str
) -> None:
    set_up_logs(Settings.model_validate({"log_format": log_format}))
    try:
        # Backwards, so that the source line in the traceback does not show it.
        fail(secret="drowssap"[::-1])
    except RuntimeError as error:
        structlog.get_logger("bot").exception("ours_failed")
        logging.getLogger("theirs").exception("theirs_failed", exc_info=error)
    said = capsys.readouterr().err
    assert said.count("Traceback (most recent call last)") == 2
    assert said.count("ours_failed") == said.count("theirs_failed") == 1
    assert "password" not in said
