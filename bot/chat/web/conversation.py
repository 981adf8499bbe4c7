"""From a member's line to its answer, through the transcript.

    said ──► Said entry, Waiting entry ──► router ──► the waiting entry, filled
                                             └─ later: `deliver` fills it again

The judge may be quicker than the router's own answer ("judging…"): whoever comes first
fills the waiting entry, and the immediate answer never covers a verdict.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

import structlog

from bot.chat.command import Actor, Command, Message, Place, Platform
from bot.chat.reply import Action, Form, Reply, Visibility
from bot.chat.texts import Texts
from bot.chat.web.bell import Bell
from bot.chat.web.body import (
    Answered,
    Body,
    Broken,
    Gone,
    Said,
    Waiting,
    stored,
)
from bot.chat.web.command_words import written
from bot.chat.web.errors import UndeliverableReply
from bot.chat.web.router import Router
from bot.domain.member import Member
from bot.services.errors import EntryNotFound
from bot.services.ports.transcript import Entry, Transcript

_log = structlog.get_logger(__name__)

ENTRIES_AT_ONCE = 200
# In the channel a line is quoted in a caption, not retold.
ASKED_LIMIT = 80


@dataclass(frozen=True, kw_only=True)
class Speaker:
    actor: Actor
    member: Member
    texts: Texts

    @property
    def community_id(self) -> int:
        return self.member.community.id


class Conversation:
    def __init__(
        self, router: Router, transcript: Transcript, *, community: str
    ) -> None:
        self._router = router
        self._transcript = transcript
        self._community = community
        self._community_id: int | None = None
        self.bell = Bell()

    def place(self, detail: Mapping[str, str] | None = None) -> Place:
        return Place(
            platform=Platform.WEB, community=self._community, detail=detail or {}
        )

    def knows(self, community_id: int) -> None:
        self._community_id = community_id

    async def say(self, speaker: Speaker, text: str) -> bool:
        """False when the speaker is known no more, and nothing of what they said."""

        async def ask(place: Place) -> Reply | Form:
            if text.startswith("/"):
                return await self._router.run_line(speaker.actor, place, text)
            message = Message(actor=speaker.actor, place=place, text=text)
            return await self._router.read(message)

        return await self._converse(speaker, text, ask)

    async def press(self, speaker: Speaker, action: Action) -> bool:
        """As `say`."""

        async def ask(place: Place) -> Reply | Form:
            return await self._router.run(
                Command(
                    actor=speaker.actor,
                    place=place,
                    path=action.path,
                    options=dict(action.options),
                )
            )

        text = written(action, self._router.table, speaker.texts)
        return await self._converse(speaker, text, ask)

    async def deliver(self, place: Place, reply: Reply) -> None:
        """An answer that comes later. Raises UndeliverableReply."""
        detail = place.detail
        community_id = int(detail.get("community_id", 0)) or self._community_id
        if community_id is None:
            raise UndeliverableReply(place)
        entry = await self._entry_of(place)
        await self._put(community_id, entry, detail, reply)
        await self.bell.ring()

    async def since(self, speaker: Speaker, revision: int) -> Sequence[Entry]:
        return await self._transcript.since(
            speaker.community_id, speaker.member.id, revision, ENTRIES_AT_ONCE
        )

    async def entry_for(self, speaker: Speaker, entry_id: int) -> Entry | None:
        """None too for an entry of somebody else's conversation."""
        entry = await self._transcript.get(entry_id)
        if entry is None or entry.community_id != speaker.community_id:
            return None
        return entry if entry.member_id in {None, speaker.member.id} else None

    async def _converse(
        self,
        speaker: Speaker,
        text: str,
        ask: Callable[[Place], Awaitable[Reply | Form]],
    ) -> bool:
        community_id, member_id = speaker.community_id, speaker.member.id
        said = stored(Said(name=speaker.actor.name, text=text))
        await self._transcript.append(community_id, member_id, said)
        waiting = await self._transcript.append(
            community_id, member_id, stored(Waiting())
        )
        await self.bell.ring()
        detail = {
            "entry": str(waiting.id),
            "member": str(member_id),
            "community_id": str(community_id),
            "name": speaker.actor.name,
            "asked": _caption(text),
        }
        answer = await self._answer(self.place(detail), ask)
        try:
            if isinstance(answer, Broken):
                fault = stored(answer)
                await self._transcript.change(waiting.id, fault, waiting.revision)
            else:
                await self._put(community_id, waiting, detail, answer, is_first=True)
        except EntryNotFound:
            return False
        await self.bell.ring()
        return True

    async def _answer(
        self, place: Place, ask: Callable[[Place], Awaitable[Reply | Form]]
    ) -> Reply | Form | Broken:
        try:
            return await ask(place)
        except Exception:  # noqa: BLE001
            # Whatever it was: nobody is left waiting, and the trace is in the log.
            await _log.aexception("web_interaction_failed", entry=place.detail["entry"])
            return Broken()

    async def _entry_of(self, place: Place) -> Entry | None:
        entry_id = place.detail.get("entry")
        return await self._transcript.get(int(entry_id)) if entry_id else None

    async def _put(
        self,
        community_id: int,
        entry: Entry | None,
        detail: Mapping[str, str],
        reply: Reply | Form,
        *,
        is_first: bool = False,
    ) -> None:
        answer: Body = Answered(reply=reply)
        if isinstance(reply, Reply) and reply.visibility is Visibility.PUBLIC:
            answer = Answered(
                reply=reply,
                asked_by=detail.get("name", ""),
                asked=detail.get("asked", ""),
            )
            await self._transcript.append(community_id, None, stored(answer))
            answer = Gone()
        if entry is not None:
            seen = entry.revision if is_first else None
            await self._transcript.change(entry.id, stored(answer), seen)
        elif not isinstance(answer, Gone):
            member_id = int(detail["member"]) if "member" in detail else None
            await self._transcript.append(community_id, member_id, stored(answer))


def _caption(text: str) -> str:
    """The command alone; plain talk to the bot is not repeated to everybody."""
    first = text.partition("\n")[0]
    return first[:ASKED_LIMIT] if first.startswith("/") else ""
