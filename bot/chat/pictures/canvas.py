"""What all cards share: their templates, size and colours."""

from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.chat.pictures.lettering import fitted, initial, lines
from bot.chat.texts import Texts

TEMPLATES = Path(__file__).parent / "templates"

# Three times a phone's column, so that it is sharp there and small on a desktop.
WIDTH: Final = 1000
MARGIN: Final = 48

# On a ground of their own: readable on the dark and the light of any chat. Each ink has
# 4.5 : 1 or more on ground and panel (tested).
COLOURS: Final = MappingProxyType(
    {
        "ground": "#12191d",
        "panel": "#1d272c",
        "line": "#37454b",
        "ink": "#f3f5f2",
        "quiet": "#aebabd",
        "rope": "#f59b52",
        "ice": "#7fcbe8",
        "good": "#8bd6a2",
        "far": "#1a252a",
        "near": "#202d33",
    }
)
HUES: Final = (
    "#8a3b12", "#6d5200", "#33691e", "#00695c",
    "#0b5c7a", "#3f51a3", "#7b3a92", "#9c2a55",
)  # fmt: skip


def drawn(card: str, texts: Texts, /, **facts: object) -> str:
    """The SVG of a card."""
    template = _environment().get_template(f"{card}.svg")
    return template.render(t=texts, width=WIDTH, margin=MARGIN, c=COLOURS, **facts)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        # Whatever a file's name ends with: a member's name must stay text.
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(fitted=fitted, initial=initial, lines=lines, min=min, max=max)
    return made
