"""Messages just over a limit, with where and how they are refused, and within."""

from typing import Any

from tests.fakes.discord.errors import Json

V2 = 1 << 15
LONG = "BASE_TYPE_BAD_LENGTH"


def button(**fields: Any) -> Json:
    return {"type": 2, "style": 2, "label": "Go", "custom_id": "go"} | fields


def link(**fields: Any) -> Json:
    url = "https://example.org"
    return {"type": 2, "style": 5, "label": "Go", "url": url} | fields


def row(*inner: Json) -> Json:
    return {"type": 1, "components": list(inner)}


def text(content: str = "words") -> Json:
    return {"type": 10, "content": content}


def option(value: str = "a", **fields: Any) -> Json:
    return {"label": value, "value": value} | fields


def select(*options: Json, **fields: Any) -> Json:
    body = {"type": 3, "custom_id": "way", "options": list(options or [option()])}
    return body | fields


def box(*inner: Json) -> Json:
    return {"type": 17, "components": list(inner)}


def v2(*components: Json) -> Json:
    return {"flags": V2, "components": list(components)}


def plain(*components: Json) -> Json:
    return {"content": "hi", "components": list(components)}


def embeds(*sizes: int) -> Json:
    return {"embeds": [{"description": "x" * size} for size in sizes]}


def field_embed(name: str, value: str, times: int = 1) -> Json:
    return {"embeds": [{"fields": [{"name": name, "value": value}] * times}]}


def gallery(**fields: Any) -> Json:
    item = {"media": {"url": "https://example.org/a.png"}} | fields
    return {"type": 12, "items": [item]}


def section(*texts: Json, **fields: Any) -> Json:
    return {"type": 9, "components": list(texts), "accessory": button()} | fields


def buttons(count: int) -> list[Json]:
    return [button(custom_id=f"b{number}") for number in range(count)]


REFUSED = {
    "content over 2000": ({"content": "x" * 2001}, "content", LONG),
    "eleven embeds": (embeds(*[1] * 11), "embeds", LONG),
    "6001 in embeds": (embeds(4000, 2001), "embeds", "MAX_EMBED_SIZE_EXCEEDED"),
    "embed description": (embeds(4097), "embeds.0.description", LONG),
    "embed title": ({"embeds": [{"title": "x" * 257}]}, "embeds.0.title", LONG),
    "embed footer": (
        {"embeds": [{"footer": {"text": "x" * 2049}}]},
        "embeds.0.footer.text",
        LONG,
    ),
    "26 fields": (field_embed("a", "b", 26), "embeds.0.fields", LONG),
    "field name": (field_embed("a" * 257, "b"), "embeds.0.fields.0.name", LONG),
    "field value": (field_embed("a", "b" * 1025), "embeds.0.fields.0.value", LONG),
    "a long nonce": ({"content": "hi", "nonce": "n" * 26}, "nonce", LONG),
    "six rows": (
        plain(*[row(button(custom_id=f"b{n}")) for n in range(6)]),
        "components",
        LONG,
    ),
    "six buttons in a row": (plain(row(*buttons(6))), "components.0.components", LONG),
    "a select with a button": (
        plain(row(select(), button())),
        "components.0.components",
        "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
    ),
    "an empty row": (plain(row()), "components.0.components", LONG),
    "a long label": (
        plain(row(button(label="x" * 81))),
        "components.0.components.0.label",
        LONG,
    ),
    "a long custom_id": (
        plain(row(button(custom_id="x" * 101))),
        "components.0.components.0.custom_id",
        LONG,
    ),
    "no custom_id": (
        plain(row(button(custom_id=None))),
        "components.0.components.0.custom_id",
        "BASE_TYPE_REQUIRED",
    ),
    "a link without its address": (
        plain(row(link(url=None))),
        "components.0.components.0.url",
        "BASE_TYPE_REQUIRED",
    ),
    "a link with a custom_id": (
        plain(row(link(custom_id="go"))),
        "components.0.components.0",
        "BUTTON_COMPONENT_CUSTOM_ID_URL_EXCLUSIVE",
    ),
    "the same custom_id twice": (
        plain(row(button(), button())),
        "components.0.components.1.custom_id",
        "COMPONENT_CUSTOM_ID_DUPLICATED",
    ),
    "the same id twice": (
        v2(text() | {"id": 7}, text() | {"id": 7}),
        "components.1.id",
        "COMPONENT_ID_DUPLICATED",
    ),
    "a button that says nothing": (
        plain(row(button(label=""))),
        "components.0.components.0",
        "BUTTON_COMPONENT_EMPTY",
    ),
    "26 options": (
        plain(row(select(*[option(str(n)) for n in range(26)]))),
        "components.0.components.0.options",
        LONG,
    ),
    "an option twice": (
        plain(row(select(option(), option()))),
        "components.0.components.0.options",
        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
    ),
    "a long option": (
        plain(row(select(option("x" * 101)))),
        "components.0.components.0.options.0.label",
        LONG,
    ),
    "more values than options": (
        plain(row(select(max_values=2))),
        "components.0.components.0.max_values",
        "SELECT_COMPONENT_VALUES_COUNT",
    ),
    "a long placeholder": (
        plain(row(select(placeholder="x" * 151))),
        "components.0.components.0.placeholder",
        LONG,
    ),
    "text without the flag": (
        plain(text()),
        "components.0.type",
        "UNION_TYPE_CHOICES",
    ),
    "content with components v2": (
        v2(text()) | {"content": "hi"},
        "content",
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ),
    "embeds with components v2": (
        v2(text()) | embeds(3),
        "embeds",
        "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
    ),
    "41 components, nested": (
        v2(box(*[text()] * 39), text()),
        "components",
        "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
    ),
    "4001 characters in sum": (
        v2(text("x" * 2001), box(text("y" * 2000))),
        "components",
        "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
    ),
    "a container in a container": (
        v2(box(box(text()))),
        "components.0.components.0.type",
        "UNION_TYPE_CHOICES",
    ),
    "a button outside a row": (v2(button()), "components.0.type", "UNION_TYPE_CHOICES"),
    "an empty text": (v2(text("")), "components.0.content", LONG),
    "four texts in a section": (
        v2(section(*[text()] * 4)),
        "components.0.components",
        LONG,
    ),
    "a section alone": (
        v2(section(text(), accessory=None)),
        "components.0.accessory",
        "BASE_TYPE_REQUIRED",
    ),
    "a long alt text": (
        v2(gallery(description="x" * 1025)),
        "components.0.items.0.description",
        LONG,
    ),
    "a file that is not attached": (
        v2({"type": 13, "file": {"url": "attachment://a.txt"}}),
        "components.0",
        "UNFURLED_MEDIA_ITEM_REFERENCED_MISSING",
    ),
    "an attachment without its file": (
        {"content": "hi", "attachments": [{"id": 0}]},
        "attachments.0.id",
        "ATTACHMENT_NOT_FOUND",
    ),
    "ephemeral in a channel": ({"content": "hi", "flags": 64}, "flags", "FLAGS"),
    "an answer to nothing": (
        {"content": "hi", "message_reference": {"message_id": "1"}},
        "message_reference",
        "MESSAGE_REFERENCE_UNKNOWN_MESSAGE",
    ),
}

TAKEN = {
    "content of 2000": {"content": "x" * 2000},
    "6000 in embeds": embeds(4000, 2000),
    "25 fields": field_embed("a", "b", 25),
    "five rows of five": plain(
        *[row(*buttons(25)[at : at + 5]) for at in range(0, 25, 5)]
    ),
    "25 options": plain(row(select(*[option(str(n)) for n in range(25)]))),
    "40 components, nested": v2(box(*[text()] * 38), text()),
    "4000 characters in sum": v2(text("x" * 2000), box(text("y" * 2000))),
    "a section and a gallery": v2(section(*[text()] * 3), gallery(description="x")),
    "a link": plain(row(link())),
    "a nonce of 25": {"content": "hi", "nonce": "n" * 25, "enforce_nonce": True},
}
