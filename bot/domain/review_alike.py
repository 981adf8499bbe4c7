"""Solutions that are the same, read once: which are, and where a comment then stands.

Two are equal when they differ in nothing that a reviewer could speak of but comments,
docstrings and layout. Names count, unlike in `fingerprint`: a review speaks of them.
Sources are hostile: they are parsed and never run; one that does not parse is equal to
itself, its spaces at the ends of lines aside.
"""

import ast
import hashlib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.review import Comment
from challenges.normalised import parsed


def alike_key(source: str, file_language: str) -> str:
    """The same of equal solutions in a language, as `Challenge.language` calls it."""
    tree = _tree(source) if file_language == "python" else None
    said = _lines(source) if tree is None else ast.dump(_without_docstrings(tree))
    digest = hashlib.sha256(f"{file_language}\n{said}".encode(errors="replace"))
    return digest.hexdigest()


def carried(comment: Comment, reviewed: str, equal: str) -> Comment:
    """The comment on `reviewed`, as it stands on a solution equal to it."""
    lines = _line_by_line(reviewed, equal)
    if not lines:
        return comment
    last = max(lines.values())
    first = min(_nearest(lines, comment.first), last)
    return replace(comment, first=first, last=max(first, _nearest(lines, comment.last)))


def _line_by_line(reviewed: str, equal: str) -> Mapping[int, int]:
    """Where each line that says something has come to; empty: where it was."""
    trees = _tree(reviewed), _tree(equal)
    if trees[0] is None or trees[1] is None:
        return {}
    walks = [_lines_of(_without_docstrings(one)) for one in trees if one is not None]
    if len(walks[0]) != len(walks[1]):
        # They were not equal: no line can be told from another.
        return {}
    pairs = list(zip(*walks, strict=True))
    # Where something begins says more of a line than where something ends.
    ends = {one[1]: other[1] for one, other in reversed(pairs)}
    return ends | {one[0]: other[0] for one, other in reversed(pairs)}


def _nearest(lines: Mapping[int, int], line: int) -> int:
    """A comment line, or an empty one, belongs to what comes after it."""
    known = sorted(lines)
    at = bisect_left(known, line)
    return lines[known[min(at, len(known) - 1)]]


def _lines_of(tree: ast.AST) -> Sequence[tuple[int, int]]:
    """The first and the last of each node, in one order."""
    return [
        (node.lineno, node.end_lineno or node.lineno)
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt | ast.expr)
    ]


def _tree(source: str) -> ast.Module | None:
    tree = parsed(source)
    try:
        # Far deeper than people write: what walks it by recursion would give up.
        if tree is not None:
            ast.dump(tree)
    except (RecursionError, MemoryError):
        return None
    return tree


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            # Many kinds of node have one, and no class of theirs says so.
            node.body = [one for one in body if not _is_text(one)]  # type: ignore[attr-defined]
    return tree


def _is_text(node: ast.AST) -> bool:
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Constant):
        return False
    return isinstance(node.value.value, str)


def _lines(source: str) -> str:
    return "\n".join(line.rstrip() for line in source.rstrip().splitlines())
