"""Bodies of requests to Discord."""

from collections.abc import Mapping, Sequence

from bot.chat.answer_form import shortened
from bot.chat.discord.render import ALT_LENGTH, Drawn
from bot.chat.files import File

Payload = Mapping[str, object]

EPHEMERAL = 1 << 6
COMPONENTS_V2 = 1 << 15

MESSAGE, DEFERRED, CHOICES, MODAL = 4, 5, 8, 9
"""Kinds of answers to an interaction; 5 says that a message will come."""

# Without it Discord lets a message call everybody.
NOBODY: Payload = {"parse": []}


def message(
    drawn: Drawn,
    *,
    ephemeral: bool = False,
    mentioned: Sequence[str] = (),
    called: str | None = None,
) -> dict[str, object]:
    """`mentioned`: ids of the people who may be called by it; `called`: of a role."""
    return {
        "flags": COMPONENTS_V2 | (EPHEMERAL if ephemeral else 0),
        "components": list(drawn.components),
        "allowed_mentions": _allowed(mentioned, called),
        # With an edit, the files of before go.
        "attachments": [_attachment(n, one) for n, one in enumerate(drawn.files)],
    }


def _allowed(people: Sequence[str], role: str | None) -> Payload:
    listed = {"users": [*people]} if people else {}
    return {**NOBODY, **listed, **({"roles": [role]} if role else {})}


def answer(kind: int, data: Payload | None = None) -> Payload:
    return {"type": kind} if data is None else {"type": kind, "data": data}


def deferral(*, ephemeral: bool) -> Payload:
    return answer(DEFERRED, {"flags": EPHEMERAL} if ephemeral else {})


def answer_to(body: dict[str, object], message_id: str) -> dict[str, object]:
    """As a reply to that message, or on its own when it was deleted meanwhile."""
    reference = {"message_id": message_id, "fail_if_not_exists": False}
    return body | {"message_reference": reference}


def _attachment(number: int, file: File) -> Payload:
    listed: dict[str, object] = {"id": number, "filename": file.name}
    return listed | (
        {"description": shortened(file.alt, ALT_LENGTH)} if file.alt else {}
    )
