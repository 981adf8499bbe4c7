"""A form as a modal, and what was filled in as the options of its action.

A modal has at most five components. Code has two ways in where there is room: the text
input, and a file for what is longer than Discord lets one type.
"""

from collections.abc import Mapping

from bot.chat.answer_form import TITLE_LENGTH, shortened
from bot.chat.discord.custom_id import custom_id
from bot.chat.discord.escape import one_line
from bot.chat.discord.registration import POSTABLE
from bot.chat.flowed import flowed
from bot.chat.reply import FieldKind, Form, FormField
from bot.chat.texts import Texts

Component = Mapping[str, object]

# Discord's bounds.
MAX_PARTS = 5
INPUT_LENGTH = 4000
LABEL_LENGTH = 45
DESCRIPTION_LENGTH = 100
PLACEHOLDER_LENGTH = 150
CHOICE_LENGTH = 100

FILE_SUFFIX = "?file"
"""After a field's name: the file that stands in for its text."""


def modal(form: Form, texts: Texts) -> Mapping[str, object]:
    """The `data` of the interaction's answer. Raises ActionTooLong."""
    parts = [_part(field, texts) for field in form.fields[:MAX_PARTS]]
    for field in form.fields:
        if field.kind is FieldKind.CODE and len(parts) < MAX_PARTS:
            parts.append(_file_part(field, texts))
    return {
        "custom_id": custom_id(form.action),
        "title": shortened(one_line(form.title), TITLE_LENGTH) or "…",
        "components": parts,
    }


def _part(field: FormField, texts: Texts) -> Component:
    if field.kind is FieldKind.CHOICE:
        return _choice_part(field)
    if field.kind is FieldKind.CHANNEL:
        return _channel_part(field)
    label, description = flowed(field.label, (LABEL_LENGTH, DESCRIPTION_LENGTH))
    # What does not fit would come back cut, so it is not put in.
    fits = len(field.value) <= INPUT_LENGTH
    if not fits:
        description = texts("platform.form.too_long")
    entry = {
        "type": 4,
        "custom_id": field.name,
        "style": 1 if field.kind is FieldKind.TEXT else 2,
        "max_length": min(max(field.max_length, 1), INPUT_LENGTH),
        # A file may stand in for code: what comes empty, the router refuses.
        "required": field.required and field.kind is not FieldKind.CODE,
    }
    if fits and field.value:
        entry |= {"value": field.value}
    return _labelled(label, description, entry)


def _choice_part(field: FormField) -> Component:
    lengths = (LABEL_LENGTH, DESCRIPTION_LENGTH, PLACEHOLDER_LENGTH)
    label, description, placeholder = flowed(field.label, lengths)
    select = {
        "type": 3,
        "custom_id": field.name,
        "required": field.required,
        "options": [
            _choice(value, name, chosen=value == field.value)
            for value, name in field.choices
        ],
    }
    if placeholder:
        select |= {"placeholder": placeholder}
    return _labelled(label, description, select)


def _channel_part(field: FormField) -> Component:
    label, description = flowed(field.label, (LABEL_LENGTH, DESCRIPTION_LENGTH))
    chosen = [{"id": field.value, "type": "channel"}] if field.value else []
    select = {
        "type": 8,
        "custom_id": field.name,
        "required": field.required,
        "channel_types": [*POSTABLE],
    }
    return _labelled(
        label, description, select | ({"default_values": chosen} if chosen else {})
    )


def _choice(value: str, name: str, *, chosen: bool) -> Component:
    label, description = flowed(name, (CHOICE_LENGTH, CHOICE_LENGTH))
    option = {"value": value, "label": label or "…", "default": chosen}
    return option | ({"description": description} if description else {})


def _file_part(field: FormField, texts: Texts) -> Component:
    upload = {
        "type": 19,
        "custom_id": field.name + FILE_SUFFIX,
        "required": False,
        "max_values": 1,
    }
    return _labelled(texts("platform.form.file"), "", upload)


def _labelled(label: str, description: str, component: Component) -> Component:
    part = {"type": 18, "label": label or "…", "component": component}
    return part | ({"description": description} if description else {})
