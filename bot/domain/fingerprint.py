"""What is characteristic of a program, whatever its author called things.

    source ─► normalised tree, as tokens ─► runs of K, hashed ─► some of the hashes

Which hashes are kept is *winnowing* (Schleimer, Wilkerson and Aiken, "Winnowing: Local
Algorithms for Document Fingerprinting", SIGMOD 2003): of each W hashes in a row the
least, the rightmost of equals. So whatever two programs share in a row of K + W - 1
tokens leaves a common mark, and nothing shorter than K does.

Sources are hostile: they are parsed and never run, and what cannot be parsed (another
Python's syntax, a nesting without end) is taken word by word.
"""

import ast
import builtins
import re
import warnings
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

K: Final = 10
"""Tokens of a run: about two short lines. Fewer are idioms that everybody writes."""

W: Final = 6
"""With K, whatever is shared of 15 tokens, about three lines, is found."""

MOST_CHARACTERS: Final = 64 * 1024
"""As much as can be handed in."""

_BUILTINS: Final = frozenset(dir(builtins))
_WORDS: Final = re.compile(r"[^\W\d]\w*|\d[\w.]*|\"[^\"\n]*\"|'[^'\n]*'|\S")


class Token(NamedTuple):
    text: str
    line: int


def tokens(source: str) -> Sequence[Sequence[Token]]:
    """The program without names, literals, docstrings and annotations.

    Each function and class is a sequence of its own, so that their order says nothing.
    """
    source = source[:MOST_CHARACTERS]
    try:
        # Of an invalid escape Python warns; it is not ours to say.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return [_words(source)]
    return list(_units(tree))


def _words(source: str) -> Sequence[Token]:
    return [
        Token(_kind(found[0]), number)
        for number, line in enumerate(source.splitlines(), start=1)
        for found in _WORDS.finditer(line.partition("#")[0])
    ]


def _kind(word: str) -> str:
    if word[0].isalpha() or word[0] == "_":
        return word if word in _BUILTINS or _is_keyword(word) else "name"
    return "literal" if word[0].isdigit() or word[0] in "\"'" else word


def _is_keyword(word: str) -> bool:
    # Of any version: what is short and common is no name worth hiding.
    return word in {"def", "class", "return", "for", "in", "if", "else", "while", "not"}


_UNIT = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _units(tree: ast.AST) -> Iterator[Sequence[Token]]:
    """Without recursion: a tree may be deeper than Python's own stack."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        unit = waiting.pop()
        written: list[Token] = []
        line = getattr(unit, "lineno", 1)
        stack: list[ast.AST | str] = list(reversed(_children(unit)))
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                written.append(Token(node, line))
                continue
            line = getattr(node, "lineno", line)
            written.append(Token(_name_of(node), line))
            if isinstance(node, _UNIT):
                waiting.append(node)
                continue
            children = _children(node)
            if isinstance(node, ast.stmt) and children:
                stack.append("end")
            stack += reversed(children)
        yield written


def _children(node: ast.AST) -> list[ast.AST]:
    found: list[ast.AST] = []
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "type_comment", "type_params", "ctx"}:
            continue
        each = value if isinstance(value, list) else [value]
        found += [one for one in each if isinstance(one, ast.AST) and not _says(one)]
    return found


def _says(node: ast.AST) -> bool:
    """A docstring, or another text that does nothing; and `pass`."""
    if isinstance(node, ast.Pass):
        return True
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _name_of(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) if name in _BUILTINS:
            return name
        case ast.Attribute(attr=name):
            return f".{name}"
        case ast.Constant(value=value):
            return type(value).__name__
        case _:
            return type(node).__name__


def fingerprints(source: str) -> Mapping[int, tuple[int, int]]:
    """The marks of a program, each with the first and the last line of its run."""
    found: dict[int, tuple[int, int]] = {}
    for unit in tokens(source):
        hashes = [
            zlib.crc32(_said(unit[at : at + K])) for at in range(len(unit) - K + 1)
        ]
        for at in winnow(hashes):
            run = unit[at : at + K]
            lines = [one.line for one in run]
            found.setdefault(hashes[at], (min(lines), max(lines)))
    return found


def _said(run: Sequence[Token]) -> bytes:
    # What was handed in may hold half a surrogate pair.
    return " ".join(one.text for one in run).encode(errors="replace")


def winnow(hashes: Sequence[int], width: int = W) -> Sequence[int]:
    """Where the kept ones are: the least of each window, the rightmost of equals."""
    if not hashes:
        return []
    kept: list[int] = []
    for start in range(max(1, len(hashes) - width + 1)):
        window = range(start, min(start + width, len(hashes)))
        least = min(window, key=lambda at: (hashes[at], -at))
        if not kept or kept[-1] != least:
            kept.append(least)
    return kept
