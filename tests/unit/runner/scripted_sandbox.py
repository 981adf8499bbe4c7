"""A sandbox that does as it is told, for claims about judging."""

from collections.abc import Sequence

from runner.errors import RunnerError
from runner.sandbox import Outcome, Work

Turn = Sequence[Outcome] | RunnerError


class ScriptedSandbox:
    """Each run takes the next turn: outcomes to give, or a fault to raise."""

    name = "scripted"

    def __init__(self, *turns: Turn) -> None:
        self._turns = list(turns)
        self.told: list[Work] = []
        self.closed = False

    async def run(self, work: Work) -> Sequence[Outcome]:
        self.told.append(work)
        turn = self._turns.pop(0)
        if isinstance(turn, RunnerError):
            raise turn
        return turn

    async def close(self) -> None:
        self.closed = True
