from collections.abc import Mapping, Sequence

from bot.domain.leaderboard import Board, Standing
from bot.services.errors import MemberNotFound
from tests.fakes.storage.store import FakeStore, Total


class FakeBoards:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def add(self, boards: Sequence[Board], member_id: int, points: int) -> None:
        if member_id not in self._store.members:
            raise MemberNotFound(member_id)
        totals = self._store.totals
        now = max((total.reached for total in totals.values()), default=0) + 1
        for board in boards:
            before = totals.get(
                (board, member_id), Total(points=0, solved=0, reached=0)
            )
            totals[board, member_id] = Total(
                points=before.points + points,
                solved=before.solved + 1,
                reached=now if points > 0 else before.reached,
            )

    async def top(
        self, board: Board, *, limit: int, offset: int = 0
    ) -> Sequence[Standing]:
        rows = [
            (-total.points, total.reached, member_id)
            for member_id, total in self._of(board).items()
            if not self._store.seen(self._store.members[member_id]).hidden
        ]
        page = sorted(rows)[offset : offset + limit]
        return [self._standing(board, member_id) for *_, member_id in page]

    async def standing(self, board: Board, member_id: int) -> Standing | None:
        if member_id not in self._of(board):
            return None
        return self._standing(board, member_id)

    def _of(self, board: Board) -> Mapping[int, Total]:
        return {
            member_id: total
            for (on, member_id), total in self._store.totals.items()
            if on == board and total.points > 0
        }

    def _standing(self, board: Board, member_id: int) -> Standing:
        totals = self._of(board)
        own = totals[member_id]
        ahead = sum(
            total.points > own.points
            and not self._store.seen(self._store.members[other]).hidden
            for other, total in totals.items()
        )
        return Standing(
            rank=ahead + 1,
            member_id=member_id,
            name=self._store.members[member_id].name,
            points=own.points,
            solved=own.solved,
        )
