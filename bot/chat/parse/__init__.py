"""Pure parsing of what people type: command lines, and messages with code."""

from bot.chat.parse.code import MAX_SOURCE_BYTES, clean_source, find_code
from bot.chat.parse.errors import ParseError
from bot.chat.parse.line import ParsedLine, parse_line
from bot.chat.parse.options import read_options

__all__ = [
    "MAX_SOURCE_BYTES",
    "ParseError",
    "ParsedLine",
    "clean_source",
    "find_code",
    "parse_line",
    "read_options",
]
