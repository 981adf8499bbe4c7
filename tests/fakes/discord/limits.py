"""Discord's limits, from its documentation as of August 2026.

Kept here and not only in the description: these hold where that file is not at hand.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.fakes.discord.errors import Path, Problem

CONTENT = 2000
EMBEDS = 10
EMBED_TITLE, EMBED_DESCRIPTION, EMBED_FOOTER, EMBED_AUTHOR = 256, 4096, 2048, 256
EMBED_FIELDS, FIELD_NAME, FIELD_VALUE = 25, 256, 1024
EMBED_SUM = 6000
V2_COMPONENTS, V2_TEXT = 40, 4000
ROWS, BUTTONS_IN_ROW = 5, 5
OPTIONS, OPTION_LABEL, OPTION_VALUE, OPTION_DESCRIPTION = 25, 100, 100, 100
PLACEHOLDER = 150
BUTTON_LABEL, CUSTOM_ID, URL = 80, 100, 512
SECTION_TEXTS, GALLERY_ITEMS = 3, 10
ALT_TEXT = 1024
FILES, FILE_BYTES = 10, 10 * 1024 * 1024
NONCE = 25
MODAL_TITLE, MODAL_COMPONENTS = 45, 5
LABEL, LABEL_DESCRIPTION = 45, 100
INPUT, INPUT_PLACEHOLDER = 4000, 100
CHOICES, CHOICE_NAME, CHOICE_VALUE = 25, 100, 100
COMMANDS, MENUS = 100, 15
COMMAND_NAME, COMMAND_DESCRIPTION, COMMAND_OPTIONS, COMMAND_SUM = 32, 100, 25, 8000
PINS = 50
THREAD_NAME = 100


def length(
    value: object, most: int, path: Path, *, least: int = 0
) -> Iterator[Problem]:
    """Of a text, in characters, or of a list."""
    if isinstance(value, str | Sequence) and not least <= len(value) <= most:
        told = f"Must be between {least} and {most} in length."
        yield Problem(path=path, code="BASE_TYPE_BAD_LENGTH", message=told)


def number(body: Mapping[str, Any], name: str, otherwise: int) -> int:
    """What is null counts as not said."""
    said = body.get(name)
    return otherwise if said is None else int(said)


def required(body: Mapping[str, object], name: str, path: Path) -> Iterator[Problem]:
    if not body.get(name):
        told = "This field is required"
        yield Problem(path=(*path, name), code="BASE_TYPE_REQUIRED", message=told)


def problem(path: Path, code: str, message: str) -> Problem:
    return Problem(path=path, code=code, message=message)
