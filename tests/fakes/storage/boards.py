from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from bot.domain.leaderboard import Board, Standing
from bot.domain.totals import Total, Totals, is_nothing
from bot.services.errors import MemberNotFound
from tests.fakes.storage.store import FakeStore

_NEVER = datetime(1, 1, 1, tzinfo=UTC)


class FakeBoards:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def put(self, totals: Totals) -> None:
        for _, member_id in totals:
            if member_id not in self._store.members:
                raise MemberNotFound(member_id)
        self._store.totals.update(totals)

    async def kept(self, member_ids: Collection[int]) -> Totals:
        return {
            (board, member_id): total
            for (board, member_id), total in self._store.totals.items()
            if member_id in member_ids and not is_nothing(total)
        }

    async def page(
        self,
        board: Board,
        *,
        limit: int,
        after: int | None = None,
        before: int | None = None,
    ) -> Sequence[Standing]:
        rows = self._ranked(board)
        ids = [row.member_id for row in rows]
        if after in ids:
            start = ids.index(after) + 1
            return rows[start : start + limit]
        if before in ids:
            end = ids.index(before)
            return rows[max(0, end - limit) : end]
        return rows[:limit]

    async def standing(self, board: Board, member_id: int) -> Standing | None:
        found = self._ranked(board, seen_by=member_id)
        return next((row for row in found if row.member_id == member_id), None)

    async def around(
        self, board: Board, member_id: int, *, each_side: int
    ) -> Sequence[Standing]:
        rows = self._ranked(board, seen_by=member_id)
        at = next((n for n, row in enumerate(rows) if row.member_id == member_id), None)
        if at is None:
            return []
        return rows[max(0, at - each_side) : at + each_side + 1]

    async def among(
        self, board: Board, member_ids: Collection[int]
    ) -> Sequence[Standing]:
        return self._ranked(board, only=member_ids)

    async def mend_counts(self) -> int:
        return 0

    def _ranked(
        self,
        board: Board,
        *,
        seen_by: int | None = None,
        only: Collection[int] | None = None,
    ) -> Sequence[Standing]:
        found: list[tuple[int, datetime, int, Total]] = []
        for (on, member_id), total in self._store.totals.items():
            is_shown = not self._is_hidden(member_id)
            if (
                on != board
                or total.points <= 0
                or not (is_shown or member_id == seen_by)
            ):
                continue
            if only is None or member_id in only:
                reached_at = total.reached_at or _NEVER
                found.append((-total.points, reached_at, member_id, total))
        found.sort(key=lambda row: row[:3])
        return [
            Standing(
                rank=1
                + sum(
                    other.points > total.points and not self._is_hidden(other_id)
                    for *_, other_id, other in found
                ),
                member_id=member_id,
                name=self._store.members[member_id].name,
                points=total.points,
                solved=total.solved,
            )
            for *_, member_id, total in found
        ]

    def _is_hidden(self, member_id: int) -> bool:
        return self._store.seen(self._store.members[member_id]).hidden
