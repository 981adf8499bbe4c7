"""Blocks as plain text: what does not fit into a message is read in a file."""

from collections.abc import Iterable

from bot.chat.reply import (
    Banner,
    Block,
    Bullets,
    Buttons,
    Code,
    Details,
    Fields,
    FileToKeep,
    Heading,
    Line,
    Link,
    Moment,
    Named,
    Picture,
    Select,
    Table,
    Text,
)


def plain_text(blocks: Iterable[Block]) -> str:
    return "\n\n".join(filter(None, map(_block, blocks))) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading(line=line) | Text(line=line) | Banner(line=line):
            return plain_line(line)
        case Code(source=source):
            return source
        case Bullets(items=items, numbered=numbered):
            marks = (f"{n}. " if numbered else "- " for n in range(1, len(items) + 1))
            return "\n".join(
                f"{mark}{plain_line(item)}"
                for mark, item in zip(marks, items, strict=True)
            )
        case Fields(items=items):
            return "\n".join(f"{name}: {plain_line(line)}" for name, line in items)
        case Table(header=header, rows=rows, caption=caption):
            lines = ["\t".join(row) for row in (header, *rows)]
            return "\n".join([caption, *lines] if caption else lines)
        case Details(summary=summary, blocks=inner):
            return f"{summary}\n\n{plain_text(inner)}"
        case Picture(alt=alt):
            return alt
        case FileToKeep(label=label, filename=filename):
            return f"{label}: {filename}"
        case Buttons(buttons=buttons):
            return " ".join(f"[{button.label}]" for button in buttons)
        case Select(label=label, choices=choices):
            return "\n".join([label, *(f"- {name}" for _, name in choices)])


def plain_line(line: Line) -> str:
    words = []
    for span in line:
        match span:
            case Link(label=label, url=url):
                words.append(f"{label} <{url}>")
            case Moment(at=at):
                words.append(at.isoformat(timespec="minutes"))
            case Named(id=name):
                words.append(f"#{name}")
            case _:
                words.append(span.text)
    return "".join(words)
