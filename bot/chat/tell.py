"""Tell members in private what they did not ask for."""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable
from uuid import UUID

import structlog

from bot.chat.announce import ChatAdapter
from bot.chat.command import Place, Platform
from bot.chat.language import language_for
from bot.chat.operations import PrivateMessages
from bot.chat.pairing_notices import pairing_notice
from bot.chat.reply import Line, Reply, Text
from bot.chat.review_buttons import review_buttons
from bot.chat.review_thread import tell_in_thread
from bot.chat.texts import Texts, texts_in
from bot.domain.member import Member
from bot.domain.notice import OF_MENTORING, Notice
from bot.services.world import World

log = structlog.get_logger(__name__)


@runtime_checkable
class WithPrivateMessages(Protocol):
    @property
    def operations(self) -> PrivateMessages: ...


class Teller:
    """At least once: a crash in between tells twice, never not at all."""

    def __init__(self, world: World, adapters: Mapping[Platform, ChatAdapter]) -> None:
        self._world = world
        self._adapters = adapters

    async def __call__(self, notice_id: UUID) -> None:
        """Raises what the platform raises, and KeyError where it is not connected."""
        async with self._world.unit_of_work() as unit:
            notice = await unit.notices.get(notice_id)
            if notice is None:
                return
            member = await unit.members.get(notice.member_id)
            external_id = await unit.notices.account(member.id)
        texts = texts_in(language_for(member))
        reply = await self._reply(texts, member, notice)
        if reply is not None:
            await self._tell(member, external_id, reply, texts.language)
            await tell_in_thread(self._world, self._adapters, notice, reply)
        await self.give_up(notice_id)

    async def _reply(
        self, texts: Texts, member: Member, notice: Notice
    ) -> Reply | None:
        if notice.kind in OF_MENTORING:
            return await pairing_notice(self._world, texts, member, notice)
        told = Text(notice_line(self._world, texts, notice))
        return Reply(blocks=(told, *review_buttons(texts, notice.facts)))

    async def _tell(
        self, member: Member, external_id: str, reply: Reply, language: str
    ) -> None:
        adapter = self._adapters[Platform(member.community.platform)]
        if not isinstance(adapter, WithPrivateMessages):
            await adapter.deliver(_conversation_of(member), reply)
        elif not await adapter.operations.tell(external_id, reply, language=language):
            log.info("notice_not_taken", member=member.id)

    async def give_up(self, notice_id: UUID) -> None:
        async with self._world.unit_of_work() as unit:
            await unit.notices.remove(notice_id)
            await unit.commit()


def _conversation_of(member: Member) -> Place:
    """Of a platform whose every conversation is private already."""
    return Place(
        platform=Platform(member.community.platform),
        community=member.community.external_id,
        detail={
            "member": str(member.id),
            "community_id": str(member.community.id),
        },
    )


def notice_line(world: World, texts: Texts, notice: Notice) -> Line:
    facts = dict(notice.facts)
    if "platform" in facts:
        facts["platform"] = texts(f"platform.{facts['platform']}")
    challenge = str(facts.get("challenge", ""))
    if world.catalogue.has(challenge):
        facts["challenge"] = world.catalogue.get(challenge).title.in_(texts.language)
    return texts.line(f"notice.{notice.kind}", None, **facts)
