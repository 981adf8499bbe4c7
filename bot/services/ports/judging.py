"""Code is judged, and its author told."""

from collections.abc import Awaitable, Callable
from typing import Protocol
from uuid import UUID

from runner.job import Job
from runner.report import Report


class Judge(Protocol):
    async def judge(self, job: Job) -> Report:
        """Never raises for what a submission does; a fault of ours is in the report.

        Raises `runner.errors.SandboxFull` when nobody is free: the queue tries again.
        """
        ...


Announce = Callable[[UUID], Awaitable[None]]
"""Tells the author of a judged submission; may be called twice for the same one."""
