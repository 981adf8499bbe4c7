"""How Discord refuses: an HTTP status, a code of its own, and a tree of fields.

`Refused` is what a handler raises; `Problem` is one field of a 50035.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
Path = tuple[str | int, ...]

MESSAGES = {
    0: "401: Unauthorized",
    10003: "Unknown Channel",
    10004: "Unknown Guild",
    10007: "Unknown Member",
    10008: "Unknown Message",
    10011: "Unknown Role",
    10013: "Unknown User",
    10015: "Unknown Webhook",
    10062: "Unknown interaction",
    10063: "Unknown application command",
    30003: "Maximum number of pins reached for the channel (50)",
    40005: "Request entity too large",
    40060: "Interaction has already been acknowledged.",
    50001: "Missing Access",
    50005: "Cannot edit a message authored by another user",
    50006: "Cannot send an empty message",
    50007: "Cannot send messages to this user",
    50013: "Missing Permissions",
    50027: "Invalid Webhook Token",
    50028: "Invalid role",
    50035: "Invalid Form Body",
    50083: "Thread is archived",
    160004: "A thread has already been created for this message",
}
STATUSES = {
    0: 401,
    40005: 413,
    40060: 400,
    50001: 403,
    50005: 403,
    50007: 403,
    50013: 403,
    50027: 401,
}


@dataclass(frozen=True, kw_only=True)
class Problem:
    path: Path
    code: str
    message: str

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.path))}: {self.code} ({self.message})"


class Refused(Exception):
    def __init__(self, code: int, problems: Iterable[Problem] = ()) -> None:
        self.problems = tuple(problems)
        self.code = code
        # 10xxx are things that are not there; the rest is a bad request unless named.
        self.status = STATUSES.get(code, 404 if 10000 <= code < 20000 else 400)
        super().__init__(
            f"{code} {MESSAGES[code]} {'; '.join(map(str, self.problems))}"
        )

    def body(self) -> Json:
        body: Json = {"message": MESSAGES[self.code], "code": self.code}
        if self.problems:
            body["errors"] = tree(self.problems)
        return body


def refuse(problems: Iterable[Problem]) -> None:
    """:raises Refused: 50035, if there is any problem."""
    if found := tuple(problems):
        raise Refused(50035, found)


def tree(problems: Iterable[Problem]) -> Json:
    """`{"components": {"0": {"_errors": [{"code": …, "message": …}]}}}`."""
    root: Json = {}
    for problem in problems:
        node = root
        for key in problem.path:
            node = node.setdefault(str(key), {})
        told = {"code": problem.code, "message": problem.message}
        node.setdefault("_errors", []).append(told)
    return root
