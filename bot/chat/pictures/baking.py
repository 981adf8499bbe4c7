"""A picture that carries its credential: Open Badges 3.0, "baking" a PNG.

The signed credential is an iTXt chunk of its own before the picture's end, where a
verifier that is given the picture looks for it.
"""

import struct
import zlib
from typing import Final

KEYWORD: Final = b"openbadgecredential"
_END: Final = b"\x00\x00\x00\x00IEND"


def baked(png: bytes, credential: str) -> bytes:
    # Not packed, and neither a language nor the keyword in another one.
    data = KEYWORD + b"\x00\x00\x00\x00\x00" + credential.encode()
    body = b"iTXt" + data
    chunk = struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
    end = png.rindex(_END)
    return png[:end] + chunk + png[end:]
