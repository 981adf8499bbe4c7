"""What an entry of the web chat holds, as it is stored.

A member's line becomes two entries: what was said, and `Waiting`, whose place the
answer takes. An answer for everybody goes to the channel as an entry of its own; what
waited is then `Gone`, until a later private answer fills it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Discriminator, TypeAdapter

from bot.chat.reply import Form, Reply


@dataclass(frozen=True, kw_only=True)
class Said:
    name: str
    text: str
    kind: Literal["said"] = "said"


@dataclass(frozen=True, kw_only=True)
class Waiting:
    kind: Literal["waiting"] = "waiting"


@dataclass(frozen=True, kw_only=True)
class Gone:
    kind: Literal["gone"] = "gone"


@dataclass(frozen=True, kw_only=True)
class Broken:
    """We failed; the page says so in the reader's language."""

    kind: Literal["fault"] = "fault"


@dataclass(frozen=True, kw_only=True)
class Answered:
    reply: Reply | Form
    asked_by: str = ""
    """In the channel: whose line it answers, since others do not see that line."""
    asked: str = ""
    kind: Literal["answer"] = "answer"


Body = Annotated[Said | Waiting | Gone | Broken | Answered, Discriminator("kind")]

_BODY: TypeAdapter[Body] = TypeAdapter(Body)


def stored(body: Body) -> Mapping[str, object]:
    data: Mapping[str, object] = _BODY.dump_python(body, mode="json")
    return data


def restored(data: Mapping[str, object]) -> Body:
    """Raises pydantic.ValidationError for what no version of ours wrote."""
    # Through JSON text: only there does pydantic read a picture's base64.
    return _BODY.validate_json(json.dumps(data))
