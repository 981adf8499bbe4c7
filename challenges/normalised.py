"""A program without what its author chose freely: how two are seen to be the same.

Names, literals, docstrings and annotations go; what is called of Python's own stays.
Sources are hostile: they are parsed and never run, and what cannot be parsed (another
language, another Python's syntax, a nesting without end) is taken word by word.
"""

import ast
import builtins
import re
import warnings
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

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
    tree = parsed(source)
    return [_words(source[:MOST_CHARACTERS])] if tree is None else list(_units(tree))


def parsed(source: str) -> ast.Module | None:
    """As much of it as can be handed in; None for what this Python cannot parse."""
    try:
        # Of an invalid escape Python warns; it is not ours to say.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source[:MOST_CHARACTERS])
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


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
