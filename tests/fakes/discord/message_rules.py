"""What a message may hold, across its fields."""

from collections.abc import Collection, Iterator, Sequence

from tests.fakes.discord import limits
from tests.fakes.discord.component_rules import message_components, walk
from tests.fakes.discord.errors import Json, Path, Problem
from tests.fakes.discord.limits import length, problem

EMBED_TEXTS = {
    "title": limits.EMBED_TITLE,
    "description": limits.EMBED_DESCRIPTION,
}


def message_problems(
    body: Json, *, v2: bool, files: Collection[str], path: Path = ()
) -> Iterator[Problem]:
    """Of a message as it will be: with an edit, what is left included."""
    yield from length(body.get("content"), limits.CONTENT, (*path, "content"))
    yield from length(body.get("nonce"), limits.NONCE, (*path, "nonce"))
    yield from _embeds(body.get("embeds") or [], (*path, "embeds"))
    components = body.get("components") or []
    inner = (*path, "components")
    yield from message_components(components, v2=v2, path=inner)
    if v2:
        for name in ("content", "embeds", "sticker_ids", "poll"):
            if body.get(name):
                told = f"{name} cannot be used with components v2"
                where = (*path, name)
                code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
                yield problem(where, code, told)
    for about, where in walk(components, inner):
        for name in referred(about):
            if name not in files:
                told = f"no file {name!r} is attached"
                yield problem(where, "UNFURLED_MEDIA_ITEM_REFERENCED_MISSING", told)


def attachment_problems(
    listed: Sequence[Json], files: Collection[int], known: Collection[str]
) -> Iterator[Problem]:
    """`listed` names new files by their number and those kept by their id."""
    yield from length(listed, limits.FILES, ("attachments",))
    for index, one in enumerate(listed):
        where: Path = ("attachments", index)
        told = one.get("description")
        yield from length(told, limits.ALT_TEXT, (*where, "description"))
        key = str(one.get("id"))
        if key not in known and (not key.isdecimal() or int(key) not in files):
            yield problem((*where, "id"), "ATTACHMENT_NOT_FOUND", f"no file {key}")


def referred(component: Json) -> Iterator[str]:
    """The attached files that a component shows."""
    media = [component.get("media"), component.get("file")]
    media += [item.get("media") for item in component.get("items") or ()]
    for one in media:
        url = (one or {}).get("url", "")
        if url.startswith("attachment://"):
            yield url.removeprefix("attachment://")


def _embeds(embeds: Sequence[Json], path: Path) -> Iterator[Problem]:
    yield from length(embeds, limits.EMBEDS, path)
    total = 0
    for index, embed in enumerate(embeds):
        where = (*path, index)
        for name, most in EMBED_TEXTS.items():
            yield from length(embed.get(name), most, (*where, name))
            total += len(embed.get(name) or "")
        footer = (embed.get("footer") or {}).get("text") or ""
        yield from length(footer, limits.EMBED_FOOTER, (*where, "footer", "text"))
        author = (embed.get("author") or {}).get("name") or ""
        yield from length(author, limits.EMBED_AUTHOR, (*where, "author", "name"))
        fields = embed.get("fields") or []
        yield from length(fields, limits.EMBED_FIELDS, (*where, "fields"))
        for number, one in enumerate(fields):
            at = (*where, "fields", number)
            yield from length(one["name"], limits.FIELD_NAME, (*at, "name"), least=1)
            yield from length(one["value"], limits.FIELD_VALUE, (*at, "value"), least=1)
            total += len(one["name"]) + len(one["value"])
        total += len(footer) + len(author)
    if total > limits.EMBED_SUM:
        told = f"Embed size exceeds maximum size of {limits.EMBED_SUM}"
        yield problem(path, "MAX_EMBED_SIZE_EXCEEDED", told)
