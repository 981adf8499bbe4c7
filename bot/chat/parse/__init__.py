"""Pure parsing of what people type: command lines, and messages with code."""

from bot.chat.parse.code import SOURCE_LIMIT, clean_source, find_code
from bot.chat.parse.errors import ParseError
from bot.chat.parse.line import ParsedLine, parse_line
from bot.chat.parse.options import read_options

__all__ = [
    "SOURCE_LIMIT",
    "ParseError",
    "ParsedLine",
    "clean_source",
    "find_code",
    "parse_line",
    "read_options",
]
