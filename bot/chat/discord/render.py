"""A reply as the components of one Discord message (Components V2).

    Banner                       container with the tone's colour
    words, code, tables          text displays, neighbours made one
    Details                      container under a spoiler
    Picture                      media gallery with alternative text
    FileToKeep                   a file, under its label
    Buttons, Select              action rows
    what passes Discord's bounds  a text file, attached, and a line that says so

A pure function: nothing is sent here. Nothing is ever cut silently.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.chat.answer_form import shortened
from bot.chat.discord.custom_id import custom_id
from bot.chat.discord.escape import escaped, fenced, marked, one_line
from bot.chat.discord.tables import table_text
from bot.chat.files import File, named
from bot.chat.plain import plain_text
from bot.chat.reply import (
    Action,
    Banner,
    Block,
    Bullets,
    Button,
    Buttons,
    ButtonStyle,
    Code,
    Details,
    Fields,
    FileToKeep,
    Heading,
    Picture,
    Reply,
    Select,
    Table,
    Text,
    Tone,
)
from bot.chat.texts import Texts

Component = Mapping[str, object]

# Discord's bounds for one message, and what is kept of them for the note and the file.
MAX_COMPONENTS = 40
MAX_CHARACTERS = 4000
NOTE_COMPONENTS = 3
NOTE_CHARACTERS = 200
# Rows come first, for they are how one goes on; beyond this there would be no text.
ROW_COMPONENTS = 28

BUTTONS_IN_ROW = 5
CHOICES_IN_SELECT = 25
LABEL_LENGTH = 80
CHOICE_LENGTH = 100
PLACEHOLDER_LENGTH = 150
ALT_LENGTH = 1024
# Without a paid server.
MAX_FILES = 10
MAX_FILE_BYTES = 10 * 1024 * 1024

REST_NAME = "cordada.txt"

# GitHub's palette, readable beside light and dark text.
_COLOURS = {
    Tone.GOOD: 0x2DA44E,
    Tone.BAD: 0xCF222E,
    Tone.WAITING: 0xBF8700,
    Tone.NEUTRAL: 0x57606A,
}
_MARKS = {Tone.GOOD: "✅ ", Tone.BAD: "❌ ", Tone.WAITING: "🔸 ", Tone.NEUTRAL: ""}
_STYLES = {ButtonStyle.PRIMARY: 1, ButtonStyle.SECONDARY: 2, ButtonStyle.DANGER: 4}


@dataclass(frozen=True, kw_only=True)
class Drawn:
    components: tuple[Component, ...]
    files: tuple[File, ...] = ()


def render(reply: Reply, texts: Texts, *, veiled: bool = False) -> Drawn:
    """`veiled`: others can read the message, so all but banners is under a spoiler."""
    page = _Page(veiled=veiled, rows=_row_components(reply.blocks))
    for block in reply.blocks:
        page.put(block)
    return page.drawn(texts)


def _row_components(blocks: Sequence[Block]) -> int:
    counted = 0
    for block in blocks:
        if isinstance(block, Buttons):
            rows = -(-len(block.buttons) // BUTTONS_IN_ROW)
            counted += rows + len(block.buttons)
        elif isinstance(block, Select):
            counted += 2 * -(-len(block.choices) // CHOICES_IN_SELECT)
    return min(counted, ROW_COMPONENTS)


class _Page:
    """One message as it fills."""

    def __init__(self, *, veiled: bool, rows: int) -> None:
        self._veiled = veiled
        self._row_room = rows
        self._room = MAX_COMPONENTS - NOTE_COMPONENTS - rows
        self._characters = MAX_CHARACTERS - NOTE_CHARACTERS
        self._components: list[Component] = []
        self._stretch: list[Component] = []
        self._files: list[File] = []
        self._rest: list[Block] = []
        self._is_full = False
        self._ids: Counter[str] = Counter()

    def put(self, block: Block) -> None:
        match block:
            case Buttons():
                self._put_rows(block, list(self._button_rows(block)))
            case Select():
                self._put_rows(block, list(self._selects(block)))
            case Picture():
                self._put_picture(block)
            case FileToKeep():
                self._put_file(block)
            case Banner(line=line, tone=tone):
                self._put_text(block, _MARKS[tone] + marked(line), tone=tone)
            case Details(summary=summary, blocks=blocks):
                hidden = "\n".join(filter(None, map(_text, blocks)))
                self._put_details(block, f"**{escaped(one_line(summary))}**", hidden)
            case _:
                self._put_text(block, _text(block))

    def drawn(self, texts: Texts) -> Drawn:
        if self._rest:
            note = {"type": 10, "content": f"-# {escaped(texts('platform.rest'))}"}
            content = plain_text(self._rest).encode(errors="replace")
            self._files.append(File(name=REST_NAME, content=content))
            file = {"url": f"attachment://{REST_NAME}"}
            self._stretch += [note, {"type": 13, "file": file}]
        self._end_stretch()
        components = self._components or [{"type": 10, "content": "…"}]
        return Drawn(components=tuple(components), files=tuple(self._files))

    def _put_text(self, block: Block, text: str, *, tone: Tone | None = None) -> None:
        if not text.strip():
            return
        if not self._takes(2 if tone else 1, len(text) + 1):
            self._rest.append(block)
            return
        shown: Component = {"type": 10, "content": text}
        if tone is not None:
            self._end_stretch()
            self._components.append(
                {"type": 17, "accent_color": _COLOURS[tone], "components": [shown]}
            )
        elif self._stretch and self._stretch[-1]["type"] == 10:  # noqa: PLR2004 - a text display
            before = self._stretch[-1]["content"]
            self._stretch[-1] = {"type": 10, "content": f"{before}\n{text}"}
            self._room += 1
        else:
            self._stretch.append(shown)

    def _put_details(self, block: Details, summary: str, hidden: str) -> None:
        if not hidden.strip():
            self._put_text(block, summary)
        elif self._veiled:
            self._put_text(block, f"{summary}\n{hidden}")
        elif self._takes(3, len(summary) + len(hidden)):
            inner = [{"type": 10, "content": hidden}]
            self._stretch += [
                {"type": 10, "content": summary},
                {"type": 17, "spoiler": True, "components": inner},
            ]
        else:
            self._rest.append(block)

    def _put_picture(self, block: Picture) -> None:
        is_too_big = len(block.png) > MAX_FILE_BYTES
        if len(self._files) >= MAX_FILES - 1 or is_too_big or not self._takes(1, 0):
            self._rest.append(block)
            return
        file = named(block.filename, block.png, [one.name for one in self._files])
        self._files.append(file)
        item: dict[str, object] = {"media": {"url": f"attachment://{file.name}"}}
        if block.alt.strip():
            item |= {"description": shortened(block.alt, ALT_LENGTH)}
        self._stretch.append({"type": 12, "items": [item]})

    def _put_file(self, block: FileToKeep) -> None:
        taken = [one.name for one in self._files]
        file = named(block.filename, block.content, taken)
        label = escaped(one_line(block.label)).strip() or escaped(file.name)
        is_too_big = len(block.content) > MAX_FILE_BYTES
        full = len(self._files) >= MAX_FILES - 1 or is_too_big
        if full or not self._takes(2, len(label)):
            self._rest.append(block)
            return
        self._files.append(file)
        shown = {"type": 13, "file": {"url": f"attachment://{file.name}"}}
        self._stretch += [{"type": 10, "content": label}, shown]

    def _put_rows(self, block: Block, rows: list[list[Component]]) -> None:
        size = sum(1 + len(row) for row in rows)
        if size > self._row_room:
            self._rest.append(block)
            return
        self._row_room -= size
        if rows:
            self._end_stretch()
        self._components += [{"type": 1, "components": row} for row in rows]

    def _button_rows(self, block: Buttons) -> Iterator[list[Component]]:
        drawn = [self._button(one) for one in block.buttons]
        for start in range(0, len(drawn), BUTTONS_IN_ROW):
            yield drawn[start : start + BUTTONS_IN_ROW]

    def _button(self, button: Button) -> Component:
        return {
            "type": 2,
            "style": _STYLES[button.style],
            "label": _label(button.label, LABEL_LENGTH),
            "custom_id": self._id(button.action),
        }

    def _selects(self, block: Select) -> Iterator[list[Component]]:
        for start in range(0, len(block.choices), CHOICES_IN_SELECT):
            options = [
                {
                    "value": value,
                    "label": _label(label, CHOICE_LENGTH),
                    "default": value == block.chosen,
                }
                for value, label in block.choices[start : start + CHOICES_IN_SELECT]
            ]
            yield [
                {
                    "type": 3,
                    "custom_id": self._id(block.action, block.option),
                    "placeholder": _label(block.label, PLACEHOLDER_LENGTH),
                    "options": options,
                }
            ]

    def _id(self, action: Action, option: str | None = None) -> str:
        first = custom_id(action, option=option)
        self._ids[first] += 1
        return custom_id(action, option=option, copy=self._ids[first])

    def _takes(self, components: int, characters: int) -> bool:
        """Once something had to be left out, no text comes after it."""
        if self._veiled and not self._stretch:
            components += 1
        if self._is_full or components > self._room or characters > self._characters:
            self._is_full = True
            return False
        self._room -= components
        self._characters -= characters
        return True

    def _end_stretch(self) -> None:
        if self._stretch and self._veiled:
            veil = {"type": 17, "spoiler": True, "components": self._stretch}
            self._components.append(veil)
        else:
            self._components += self._stretch
        self._stretch = []


def _text(block: Block) -> str:
    match block:
        case Heading(line=line, level=level):
            return f"{'#' * level} {one_line(marked(line))}"
        case Text(line=line) | Banner(line=line):
            return marked(line)
        case Bullets(items=items, numbered=numbered):
            return "\n".join(
                f"{f'{number}.' if numbered else '-'} "
                + marked(item).replace("\n", "\n  ")
                for number, item in enumerate(items, start=1)
            )
        case Code(source=source, language=language):
            return fenced(source, language)
        case Fields(items=items):
            return "\n".join(
                f"**{escaped(one_line(name))}:** {marked(line)}" for name, line in items
            )
        case Table():
            return table_text(block)
        case _:
            return ""


def _label(text: str, length: int) -> str:
    return shortened(one_line(text), length) or "…"
