"""SVG to PNG, off the event loop.

resvg shapes and orders text itself (Arabic, Devanagari, right to left), takes each
letter from the first of our fonts that has it, and needs nothing of the system: what is
drawn is the same on every machine.
"""

import asyncio
from collections import OrderedDict
from hashlib import sha256
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
# Latin, Greek, Cyrillic, Arabic, Hebrew, Devanagari, Thai and Georgian; then Chinese,
# Japanese and Korean.
FONT_FILES = ("FiraGO-Regular.ttf", "FiraGO-Bold.ttf", "DroidSansFallback.ttf")
FAMILY = "FiraGO"

# A picture takes some 50 ms of a core; two leave the others to commands and judging.
AT_ONCE = 2
# At most 200 KB each: what a community asks for again within minutes.
KEPT = 64


class Painter:
    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()

    async def png(self, svg: str) -> bytes:
        """The same drawing is made once, while it is remembered."""
        key = sha256(svg.encode()).digest()
        if key not in self._kept:
            async with self._turns:
                self._kept[key] = await asyncio.to_thread(painted, svg)
        self._kept.move_to_end(key)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return self._kept[key]


def painted(svg: str) -> bytes:
    # Loaded by the first picture: a bot that draws none need not have it in memory.
    from resvg_py import svg_to_bytes  # noqa: PLC0415

    return bytes(
        svg_to_bytes(
            svg_string=svg,
            skip_system_fonts=True,
            font_files=[str(FONTS / name) for name in FONT_FILES],
            font_family=FAMILY,
            sans_serif_family=FAMILY,
        )
    )
