"""A form as a modal, and what was filled in as the options of its action.

Code has two ways in: the text input, and a file for what is longer than Slack lets one
type. What the modal is for, and where its answer goes, is its `private_metadata`: it
may be sent long after, and to another process.
"""

import json
import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.chat.action_code import coded, recalled
from bot.chat.command import Path, Place, Platform
from bot.chat.flowed import flowed
from bot.chat.reply import FieldKind, Form, FormField, Text
from bot.chat.slack.escape import clean
from bot.chat.slack.heard import HeardView, SharedFile
from bot.chat.slack.prose import prose, rich_block
from bot.chat.slack.rows import SlackBlock, plain_label
from bot.chat.texts import Texts, plain, texts_in

# Slack's bounds.
TITLE_LENGTH = 24
INPUT_LENGTH = 3000
LABEL_LENGTH = 2000
# Of 3000, and the place takes its part.
ACTION_LENGTH = 1500
OPTION_LENGTH = 75
# More are a menu.
MOST_RADIO_BUTTONS = 10
MOST_CHOICES = 100

# A channel that was chosen on another platform is none here.
_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,}")

FORM = "form"
"""The callback id of a form, beside that of a page."""
FILE_SUFFIX = "?file"
"""After a field's name: the file that stands in for its text."""


@dataclass(frozen=True, kw_only=True)
class FilledIn:
    path: Path
    options: Mapping[str, str]
    files: Mapping[str, SharedFile]
    """Options whose value is still to be downloaded."""
    place: Place
    """Where the form was asked for."""


def modal(form: Form, texts: Texts, place: Place) -> Mapping[str, Any]:
    """Raises ActionTooLong."""
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": plain_label(form.title, TITLE_LENGTH),
        "submit": plain_label(form.submit, TITLE_LENGTH),
        "close": plain_label(texts("slack.form.close"), TITLE_LENGTH),
        "private_metadata": _metadata(form, texts, place),
        "blocks": [one for field in form.fields for one in _blocks(field, texts)],
    }


def filled_in(view: HeardView, team: str) -> FilledIn:
    told = json.loads(view.private_metadata)
    found = recalled(told["action"])
    options = dict(found.options)
    files: dict[str, SharedFile] = {}
    for inner in view.state.values.values():
        for name, written in inner.items():
            if written.files:
                files[name.removesuffix(FILE_SUFFIX)] = written.files[0]
            elif written.selected_option is not None:
                options[name] = written.selected_option.value
            elif written.selected_conversation is not None:
                options[name] = written.selected_conversation
            elif written.value is not None:
                options[name] = written.value
    # A file stands in for what was typed beside it.
    typed = {name: one for name, one in options.items() if name not in files}
    place = Place(platform=Platform.SLACK, community=team, detail=told["place"])
    return FilledIn(path=found.path, options=typed, files=files, place=place)


def objections(view: HeardView) -> Mapping[str, str]:
    """By block, in the form's language: what lacks, as far as the form itself tells."""
    told = json.loads(view.private_metadata)
    texts = texts_in(told["language"])
    given = {
        name
        for inner in view.state.values.values()
        for name, written in inner.items()
        if written.files or (written.value or "").strip()
    }
    return {
        name: texts("slack.form.empty")
        for name in told["code"]
        if not {name, name + FILE_SUFFIX} & given
    }


def _metadata(form: Form, texts: Texts, place: Place) -> str:
    return json.dumps(
        {
            "action": coded(form.action, most=ACTION_LENGTH),
            "code": [
                one.name
                for one in form.fields
                if one.kind is FieldKind.CODE and one.required
            ],
            "language": texts.language,
            "place": dict(place.detail),
        }
    )


def _blocks(field: FormField, texts: Texts) -> Iterator[SlackBlock]:
    match field.kind:
        case FieldKind.CHANNEL:
            yield _channel_menu(field)
        case FieldKind.CHOICE:
            yield from _choice(field)
        case FieldKind.CODE:
            yield _text_input(field, texts)
            yield _file_input(field, texts)
        case _:
            yield _text_input(field, texts)


def _text_input(field: FormField, texts: Texts) -> SlackBlock:
    is_code = field.kind is FieldKind.CODE
    # What does not fit would come back cut, so it is not put in.
    value = clean(field.value)
    fits = len(value) <= INPUT_LENGTH
    entry: dict[str, object] = {
        "type": "plain_text_input",
        "action_id": field.name,
        "multiline": field.kind is not FieldKind.TEXT,
        "max_length": min(max(field.max_length, 1), INPUT_LENGTH),
    }
    if fits and value:
        entry |= {"initial_value": value}
    # A file may stand in for code.
    block = _input(
        field.name, field.label, entry, optional=is_code or not field.required
    )
    hint = texts("platform.form.too_long") if not fits else ""
    return block | ({"hint": plain_label(hint, LABEL_LENGTH)} if hint else {})


def _file_input(field: FormField, texts: Texts) -> SlackBlock:
    name = field.name + FILE_SUFFIX
    upload = {"type": "file_input", "action_id": name, "max_files": 1}
    return _input(name, texts("platform.form.file"), upload, optional=True)


def _channel_menu(field: FormField) -> SlackBlock:
    entry: dict[str, object] = {
        "type": "conversations_select",
        "action_id": field.name,
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    if _CHANNEL.fullmatch(field.value):
        entry |= {"initial_conversation": field.value}
    return _input(field.name, field.label, entry, optional=not field.required)


def _choice(field: FormField) -> Iterator[SlackBlock]:
    """Answers too long for an option are told above it, by letter."""
    choices = field.choices[:MOST_CHOICES]
    is_long = any(len(label) > 2 * OPTION_LENGTH for _, label in choices)
    if is_long:
        items = (f"{_letter(n)}. {label}" for n, (_, label) in enumerate(choices))
        yield rich_block([part for one in items for part in prose(Text(plain(one)))])
    options = {
        value: _option(value, _letter(number) if is_long else label)
        for number, (value, label) in enumerate(choices)
    }
    is_menu = len(options) > MOST_RADIO_BUTTONS
    entry: dict[str, object] = {
        "type": "static_select" if is_menu else "radio_buttons",
        "action_id": field.name,
        "options": list(options.values()),
    }
    if field.value in options:
        entry |= {"initial_option": options[field.value]}
    yield _input(field.name, field.label, entry, optional=not field.required)


def _option(value: str, label: str) -> SlackBlock:
    text, description = flowed(clean(label), (OPTION_LENGTH, OPTION_LENGTH))
    option = {"value": value, "text": plain_label(text, OPTION_LENGTH)}
    if not description:
        return option
    return option | {"description": plain_label(description, OPTION_LENGTH)}


def _letter(number: int) -> str:
    """A … Z, then by number."""
    letters = string.ascii_uppercase
    return letters[number] if number < len(letters) else str(number + 1)


def _input(
    name: str, label: str, element: Mapping[str, object], *, optional: bool
) -> dict[str, object]:
    return {
        "type": "input",
        "block_id": name,
        "label": plain_label(label, LABEL_LENGTH),
        "element": element,
        "optional": optional,
    }
