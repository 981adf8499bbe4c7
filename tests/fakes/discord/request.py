"""A request to the API, and the table row that says who answers it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.discord.state import State
from tests.fakes.discord.world import File


@dataclass(frozen=True, kw_only=True)
class Request:
    method: str
    template: str
    params: Mapping[str, str]
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    # By the number in `files[n]`.
    files: Mapping[int, File] = field(default_factory=dict)

    @property
    def where(self) -> str:
        return f"{self.method} {self.template}"


# What is answered: JSON, or None for 204.
Handler = Callable[[State, Request], Any]


@dataclass(frozen=True, kw_only=True)
class Row:
    method: str
    template: str
    handler: Handler
    # Interaction routes carry their own token and stand outside the global limit.
    by_token: bool = False
