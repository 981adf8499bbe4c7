"""A neutral answer: what to say, not how a platform draws it.

Text is spans, never mark-up, so that a member's words cannot become mark-up or a
mention: an adapter escapes each span for its platform. What a platform lacks degrades
in its own `render.py`.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Discriminator, TypeAdapter


class SpanStyle(StrEnum):
    PLAIN = "plain"
    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"


@dataclass(frozen=True)
class Words:
    text: str
    style: SpanStyle = SpanStyle.PLAIN
    kind: Literal["words"] = "words"


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    kind: Literal["link"] = "link"


@dataclass(frozen=True)
class Moment:
    """An instant, shown in each reader's own zone where the platform can."""

    at: datetime
    kind: Literal["moment"] = "moment"


@dataclass(frozen=True)
class Named:
    """A channel or a role by the platform's id, shown by its name where it can be.

    Nobody is called by it.
    """

    what: Literal["channel", "role"]
    id: str
    kind: Literal["named"] = "named"


Span = Annotated[Words | Link | Moment | Named, Discriminator("kind")]
Line = tuple[Span, ...]


@dataclass(frozen=True)
class Heading:
    line: Line
    level: Literal[1, 2, 3] = 2
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    line: Line
    kind: Literal["text"] = "text"


@dataclass(frozen=True)
class Bullets:
    items: tuple[Line, ...]
    numbered: bool = False
    kind: Literal["bullets"] = "bullets"


@dataclass(frozen=True)
class Code:
    source: str
    language: str = "python"
    kind: Literal["code"] = "code"


@dataclass(frozen=True)
class Fields:
    """Short facts, name and value."""

    items: tuple[tuple[str, Line], ...]
    kind: Literal["fields"] = "fields"


@dataclass(frozen=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    numeric: tuple[int, ...] = ()
    """Indexes of the columns that align right."""
    highlighted: int | None = None
    """Index of the row that is the reader's own."""
    kind: Literal["table"] = "table"


@dataclass(frozen=True)
class Picture:
    # PNG is not UTF-8: in JSON it travels as base64.
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(
        ser_json_bytes="base64", val_json_bytes="base64"
    )

    png: bytes
    alt: str
    filename: str
    kind: Literal["picture"] = "picture"


@dataclass(frozen=True)
class FileToKeep:
    """A file to keep. Where the answer is private, so is the file."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(
        ser_json_bytes="base64", val_json_bytes="base64"
    )

    filename: str
    content: bytes
    label: str
    kind: Literal["file"] = "file"


class Tone(StrEnum):
    NEUTRAL = "neutral"
    GOOD = "good"
    BAD = "bad"
    WAITING = "waiting"


@dataclass(frozen=True)
class Banner:
    """The one line that says how it went; a colour may carry the tone, never alone."""

    line: Line
    tone: Tone = Tone.NEUTRAL
    kind: Literal["banner"] = "banner"


class ButtonStyle(StrEnum):
    PRIMARY = "primary"
    SECONDARY = "secondary"
    DANGER = "danger"


@dataclass(frozen=True)
class Action:
    """A command to issue when pressed. Its whole state: it survives a restart.

    Path and options fit in 100 characters, the tightest platform's limit.
    """

    path: tuple[str, ...]
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Button:
    label: str
    action: Action
    style: ButtonStyle = ButtonStyle.SECONDARY


@dataclass(frozen=True)
class Buttons:
    """At most five, the tightest platform's row."""

    buttons: tuple[Button, ...]
    kind: Literal["buttons"] = "buttons"


@dataclass(frozen=True)
class Select:
    """A choice among at most 25; `action` is issued with `option` set to the value."""

    label: str
    action: Action
    option: str
    choices: tuple[tuple[str, str], ...]
    """(value, label)."""
    chosen: str | None = None
    kind: Literal["select"] = "select"


@dataclass(frozen=True)
class Details:
    """Folded until asked for: a spoiler where the platform has one."""

    summary: str
    blocks: tuple[
        Annotated[
            Heading | Text | Bullets | Code | Fields | Table, Discriminator("kind")
        ],
        ...,
    ]
    kind: Literal["details"] = "details"


Block = Annotated[
    Heading
    | Text
    | Bullets
    | Code
    | Fields
    | Table
    | Picture
    | FileToKeep
    | Banner
    | Buttons
    | Select
    | Details,
    Discriminator("kind"),
]


class Visibility(StrEnum):
    PRIVATE = "private"
    PUBLIC = "public"
    PERSONAL = "personal"
    """For one person's eyes: `refusal.personal` stands in its place where others can
    read along, even under a spoiler."""


@dataclass(frozen=True, kw_only=True)
class Reply:
    blocks: tuple[Block, ...]
    visibility: Visibility = Visibility.PRIVATE


class FieldKind(StrEnum):
    TEXT = "text"
    PARAGRAPH = "paragraph"
    CODE = "code"
    CHOICE = "choice"
    CHANNEL = "channel"
    """One of the place's channels, by the platform's id."""


@dataclass(frozen=True, kw_only=True)
class FormField:
    """`name` becomes an option of the form's action."""

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    value: str = ""
    required: bool = True
    max_length: int = 4000
    choices: tuple[tuple[str, str], ...] = ()
    """(value, label), for CHOICE."""


@dataclass(frozen=True, kw_only=True)
class Form:
    """A modal: one to five fields (Discord's bound); sending it issues the action."""

    title: str
    action: Action
    fields: tuple[FormField, ...]
    submit: str
    kind: Literal["form"] = "form"


REPLY_JSON: TypeAdapter[Reply | Form] = TypeAdapter(Reply | Form)
