"""A reply as the blocks of one Slack message, or of a page in a view.

    Heading of level 1            header
    words, lists, code, tables    rich text, neighbours made one block
    Details                       the same under their summary: Slack folds nothing
    Picture, FileToKeep           a file beside the message
    Buttons, Select               rows of actions
    what passes Slack's bounds    a text file, and a line that says so

A pure function: nothing is sent here. Nothing is ever cut silently.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.chat.answer_form import shortened
from bot.chat.files import File, named
from bot.chat.plain import plain_line, plain_text
from bot.chat.reply import Banner, Block, FileToKeep, Heading, Picture, Reply, Text
from bot.chat.slack.escape import clean, escaped
from bot.chat.slack.prose import prose, rich_block
from bot.chat.slack.rich import Element, section, words
from bot.chat.slack.rows import SlackBlock, plain_label, rows
from bot.chat.texts import Texts

# Slack's bounds for one message, and what is kept of them for the note.
MAX_BLOCKS = 50
MAX_CHARACTERS = 13_200
NOTE_CHARACTERS = 300
# Rows come first, for they are how one goes on; beyond this there would be no text.
ROW_BLOCKS = 25
ROW_CHARACTERS = 9_000

HEADER_LENGTH = 150
# What a notification shows of a message.
SUMMARY_LENGTH = 200

REST_NAME = "cordada.txt"


@dataclass(frozen=True, kw_only=True)
class DrawnForSlack:
    blocks: tuple[SlackBlock, ...]
    summary: str
    """What stands in for the blocks where they are not shown; escaped."""
    files: tuple[File, ...] = ()


def render(reply: Reply, texts: Texts, *, files_apart: bool = False) -> DrawnForSlack:
    """`files_apart`: the files are not seen beside the message, and it says so.

    Raises ActionTooLong.
    """
    page = _Page(reply.blocks)
    for block in reply.blocks:
        page.put(block)
    return page.drawn(texts, files_apart=files_apart)


def weight(drawn: object) -> int:
    """What it takes of a message's characters; rather too much than too little."""
    match drawn:
        case str():
            return len(drawn)
        case Mapping():
            return sum(weight(one) for key, one in drawn.items() if key != "type")
        case list() | tuple():
            return sum(map(weight, drawn))
        case _:
            return 0


class _Page:
    """One message as it fills."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        kept = [row for one in blocks for row in rows(one)]
        self._row_room = min(len(kept), ROW_BLOCKS)
        self._row_characters = min(weight(kept), ROW_CHARACTERS)
        self._room = MAX_BLOCKS - 1 - self._row_room
        self._characters = MAX_CHARACTERS - NOTE_CHARACTERS - self._row_characters
        self._blocks: list[SlackBlock] = []
        self._stretch: list[Element] = []
        self._files: list[File] = []
        self._rest: list[Block] = []
        self._is_full = False
        self._summary = _summary(blocks)

    def put(self, block: Block) -> None:
        if isinstance(block, Picture | FileToKeep):
            self._files.append(_file(block, self._files))
        elif isinstance(block, Heading) and (title := _title(block)):
            self._put_header(block, title)
        elif found := rows(block):
            self._put_rows(block, found)
        elif parts := list(prose(block)):
            self._put_prose(block, parts)

    def drawn(self, texts: Texts, *, files_apart: bool) -> DrawnForSlack:
        if self._rest:
            content = plain_text(self._rest).encode(errors="replace")
            self._files.append(File(name=REST_NAME, content=content))
        if self._files and files_apart:
            self._stretch.append(section([words(texts("slack.files_apart"))]))
        elif self._rest:
            self._stretch.append(section([words(texts("platform.rest"))]))
        self._end_stretch()
        return DrawnForSlack(
            blocks=tuple(self._blocks or [rich_block([section([])])]),
            summary=self._summary,
            files=tuple(self._files),
        )

    def _put_header(self, block: Heading, title: str) -> None:
        if not self._takes(1, len(title)):
            self._rest.append(block)
            return
        self._end_stretch()
        self._blocks.append(
            {"type": "header", "text": plain_label(title, HEADER_LENGTH)}
        )

    def _put_prose(self, block: Block, parts: Sequence[Element]) -> None:
        # Each part may get a blank line before it.
        if self._takes(0 if self._stretch else 1, weight(parts) + 2 * len(parts)):
            self._stretch += parts
        else:
            self._rest.append(block)

    def _put_rows(self, block: Block, found: Sequence[SlackBlock]) -> None:
        if len(found) > self._row_room or weight(found) > self._row_characters:
            self._rest.append(block)
            return
        self._row_room -= len(found)
        self._row_characters -= weight(found)
        self._end_stretch()
        self._blocks += found

    def _takes(self, blocks: int, characters: int) -> bool:
        """Once something had to be left out, no text comes after it."""
        if self._is_full or blocks > self._room or characters > self._characters:
            self._is_full = True
            return False
        self._room -= blocks
        self._characters -= characters
        return True

    def _end_stretch(self) -> None:
        if self._stretch:
            self._blocks.append(rich_block(self._stretch))
        self._stretch = []


def _title(block: Heading) -> str:
    """Empty for one that is no title, or is longer than Slack's headers."""
    title = " ".join(clean(plain_line(block.line)).split())
    return title if block.level == 1 and len(title) <= HEADER_LENGTH else ""


def _file(block: Picture | FileToKeep, others: Sequence[File]) -> File:
    if isinstance(block, Picture):
        content, alt = block.png, block.alt
    else:
        content, alt = block.content, block.label
    file = named(block.filename, content, [one.name for one in others])
    return File(name=file.name, content=file.content, alt=alt)


def _summary(blocks: Sequence[Block]) -> str:
    said = [one for one in blocks if isinstance(one, Banner | Heading | Text)]
    for block in said or blocks:
        told = " ".join(clean(plain_text([block])).split())
        if told:
            return escaped(shortened(told, SUMMARY_LENGTH))
    return "…"
