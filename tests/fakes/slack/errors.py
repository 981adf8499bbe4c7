"""How Slack refuses: `{"ok": false, "error": a name, …}`.

`Refused` is what a method raises; `Problem` is one place in blocks or in a view that
breaks a rule, told as a JSON pointer.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

# What an application meets although it does everything right: things that people moved
# or deleted, a token that was taken away, too much at once. Any other error name is a
# fault of the application, so a violation.
FATE = frozenset(
    [
        "account_inactive",
        "already_in_channel",
        "already_pinned",
        "already_reacted",
        "bad_timestamp",
        "cannot_reply_to_message",
        "cant_delete_message",
        "cant_invite",
        "cant_update_message",
        "channel_not_found",
        "fatal_error",
        "file_deleted",
        "file_not_found",
        "hash_conflict",
        "internal_error",
        "invalid_auth",
        "invalid_code",
        "invalid_refresh_token",
        "is_archived",
        "message_not_found",
        "name_taken",
        "no_pin",
        "no_reaction",
        "not_found",
        "not_in_channel",
        "not_pinned",
        "plan_upgrade_required",
        "ratelimited",
        "request_timeout",
        "restricted_action",
        "service_unavailable",
        "thread_not_found",
        "token_expired",
        "token_revoked",
        "user_disabled",
        "user_not_found",
        "user_not_in_channel",
    ]
)


@dataclass(frozen=True, kw_only=True)
class Problem:
    pointer: str
    text: str

    def __str__(self) -> str:
        return f"{self.text} [json-pointer:{self.pointer}]"


Problems = Iterator[Problem]


class Refused(Exception):
    def __init__(
        self, error: str, problems: Iterable[object] = (), **facts: object
    ) -> None:
        self.error = error
        self.problems = [str(problem) for problem in problems]
        self.facts = facts
        super().__init__(f"{error} {facts or ''} {'; '.join(self.problems)}".strip())

    def body(self) -> Json:
        body: Json = {"ok": False, "error": self.error, **self.facts}
        if self.problems:
            body["errors"] = self.problems
            messages = [f"[ERROR] {problem}" for problem in self.problems]
            body["response_metadata"] = {"messages": messages}
        return body


class TooMany(Refused):
    def __init__(self, retry_after_s: int) -> None:
        self.retry_after_s = retry_after_s
        super().__init__("ratelimited")


def refuse(error: str, problems: Iterable[Problem]) -> None:
    """:raises Refused: if there is any problem."""
    if found := list(problems):
        raise Refused(error, found)
