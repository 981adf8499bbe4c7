"""The web chat's memory, in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.services.errors import EntryNotFound
from bot.services.ports.clock import Clock
from bot.services.ports.transcript import Entry
from tests.fakes.clock import A_MONDAY


class FakeTranscript:
    def __init__(self, now: Clock = lambda: A_MONDAY) -> None:
        self._now = now
        self._entries: dict[int, Entry] = {}
        self._revision = 0
        self._keys: dict[tuple[int, str], int] = {}

    def forget(self, member_id: int) -> None:
        self._entries = {
            key: one for key, one in self._entries.items() if one.member_id != member_id
        }

    async def append(
        self,
        community_id: int,
        member_id: int | None,
        body: Mapping[str, object],
        key: str | None = None,
    ) -> Entry:
        if key is not None:
            known = self._keys.get((community_id, key))
            if known is not None:
                return self._entries[known]
            self._keys[community_id, key] = len(self._entries) + 1
        self._revision += 1
        entry = Entry(
            id=max(self._entries, default=0) + 1,
            revision=self._revision,
            community_id=community_id,
            member_id=member_id,
            body=body,
            written_at=self._now(),
        )
        self._entries[entry.id] = entry
        return entry

    async def change(
        self, entry_id: int, body: Mapping[str, object], revision: int | None = None
    ) -> Entry:
        if entry_id not in self._entries:
            raise EntryNotFound(entry_id)
        if revision not in {None, self._entries[entry_id].revision}:
            return self._entries[entry_id]
        self._revision += 1
        entry = replace(self._entries[entry_id], body=body, revision=self._revision)
        self._entries[entry_id] = entry
        return entry

    def entries(self) -> Sequence[Entry]:
        """For a test to look at: all, in order."""
        return list(self._entries.values())

    async def get(self, entry_id: int) -> Entry | None:
        return self._entries.get(entry_id)

    async def since(
        self, community_id: int, member_id: int, revision: int, limit: int = 200
    ) -> Sequence[Entry]:
        found = sorted(
            (
                entry
                for entry in self._entries.values()
                if entry.community_id == community_id
                and entry.member_id in {None, member_id}
                and entry.revision > revision
            ),
            key=lambda entry: entry.revision,
        )
        return found[:limit] if revision else found[-limit:]
