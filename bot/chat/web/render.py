"""Bodies of entries to HTML. Everything is escaped by Jinja2; nothing is trusted."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from urllib.parse import urlsplit
from zlib import crc32
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.chat.reply import Action, Block, Form
from bot.chat.texts import Texts
from bot.chat.web.body import Answered, Broken, Gone, Waiting, restored
from bot.chat.web.highlight import coloured, pieces
from bot.domain.calendar import is_zone
from bot.services.ports.transcript import Entry

TEMPLATES = Path(__file__).parent / "templates"

# An immediate answer takes milliseconds; one that is still awaited after a minute was
# lost with the process that should have given it.
LOST_AFTER = timedelta(minutes=1)

HUES = 8
"""Colours of the names' badges: `hue-0` … in the style sheet."""


@dataclass(frozen=True, kw_only=True)
class Reader:
    """For whom something is drawn."""

    member_id: int
    texts: Texts
    time_zone: str = "UTC"

    @property
    def zone(self) -> tzinfo:
        return ZoneInfo(self.time_zone) if is_zone(self.time_zone) else UTC


def environment(*folders: Path) -> Environment:
    """Of templates; the chat's are found after those of the folders."""
    made = Environment(
        loader=FileSystemLoader([*folders, TEMPLATES]),
        # For every file, whatever its name ends with.
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(action=action_json, coloured=coloured, pieces=pieces, hue=hue)
    made.tests["safe_url"] = is_safe_url
    return made


class Renderer:
    def __init__(self) -> None:
        self._environment = environment()

    def page(self, name: str, reader_texts: Texts, **facts: object) -> str:
        template = self._environment.get_template(name)
        return template.render(t=reader_texts, **facts)

    def entry(self, entry: Entry, reader: Reader, now: datetime) -> str:
        """Empty for an entry that shows nothing (any more)."""
        body = restored(entry.body)
        if isinstance(body, Gone):
            return ""
        if isinstance(body, Waiting) and now - entry.written_at > LOST_AFTER:
            body = Broken()
        template = self._environment.get_template("entry.html")
        return template.render(
            t=reader.texts,
            entry=entry,
            body=body,
            form=_form(body),
            moment=lambda at: moment(at, reader),
            clock=lambda at: format_datetime(
                at, "HH:mm", tzinfo=reader.zone, locale=reader.texts.language
            ),
        ).strip()


def action_json(action: Action) -> str:
    return json.dumps({"path": action.path, "options": dict(action.options)})


def is_safe_url(url: str) -> bool:
    """Such that following it cannot run anything."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def moment(at: datetime, reader: Reader) -> str:
    """In the reader's zone; the page puts the browser's own in its place."""
    return format_datetime(
        at, "d MMM, HH:mm", tzinfo=reader.zone, locale=reader.texts.language
    )


def hue(name: str) -> int:
    return crc32(name.casefold().encode()) % HUES


def block_of(data: Mapping[str, object], index: int) -> Block | None:
    """The one that stands there in a stored answer."""
    body = restored(data)
    if not isinstance(body, Answered) or isinstance(body.reply, Form):
        return None
    blocks = body.reply.blocks
    return blocks[index] if index < len(blocks) else None


def _form(body: object) -> Form | None:
    if isinstance(body, Answered) and isinstance(body.reply, Form):
        return body.reply
    return None
