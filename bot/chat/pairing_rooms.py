"""Open the conversation of those who both said yes, with an agenda in it.

claim ─► private thread ─► the agenda ─► active

A crash in between leaves the claim to run out, and another conversation is opened: a
platform has no key to open one by. Where none can be opened, the two are told of each
other in private, and the pairing begins all the same.
"""

from collections.abc import Mapping

import structlog

from bot.chat.language import language_for
from bot.chat.markdown import inline
from bot.chat.operations import Channel, Operations
from bot.chat.pairing_view import (
    end_button,
    session_button,
    topics_line,
)
from bot.chat.reply import (
    Block,
    Bullets,
    Buttons,
    Fields,
    Heading,
    Line,
    Reply,
    Text,
    Visibility,
    Words,
)
from bot.chat.texts import Texts, plain, texts_in
from bot.domain.member import Community
from bot.domain.pairing.life import PairingKind
from bot.services.open_pairing import Opening, claim_openings, keep_opened
from bot.services.tend_pairings import tend_pairings
from bot.services.world import World

log = structlog.get_logger(__name__)


class MentoringClock:
    """What a community's mentoring needs by the clock."""

    def __init__(self, world: World, operations: Mapping[str, Operations]) -> None:
        """`operations` by platform; communities of others are left to others."""
        self._world = world
        self._operations = operations

    async def __call__(self, community: Community) -> None:
        """Raises what the database does."""
        operations = self._operations.get(community.platform)
        if operations is None:
            return
        await tend_pairings(self._world, community)
        for opening in await claim_openings(self._world, community):
            channel = await self._open(operations, opening)
            await keep_opened(self._world, opening.pairing.id, channel)

    async def _open(self, operations: Operations, opening: Opening) -> str | None:
        community = opening.community.external_id
        texts = texts_in(language_for(opening.mentee))
        try:
            channel = await self._channel(operations, opening.community)
            if channel is None:
                return None
            name = texts(
                "mentor.room.name",
                mentor=opening.mentor.name,
                mentee=opening.mentee.name,
            )
            room = await operations.open_private_thread(channel, name, opening.people)
            await operations.post_once(
                room,
                agenda(self._world, texts, opening),
                key=f"pairing:{opening.pairing.id}",
                language=texts.language,
            )
        except Exception as error:
            # Who can mend it was told by the platform's side; nobody waits for them.
            log.warning("room_not_opened", community=community, exc_info=error)
            return None
        return room.id

    async def _channel(
        self, operations: Operations, community: Community
    ) -> Channel | None:
        async with self._world.unit_of_work() as unit:
            settings = await unit.schedules.get(community.id)
        if settings is not None and settings.channel is not None:
            return Channel(community=community.external_id, id=settings.channel)
        return await operations.own_channel(community.external_id)


def agenda(world: World, texts: Texts, opening: Opening) -> Reply:
    roadmap, pairing = world.catalogue.roadmap, opening.pairing
    request, mentee = opening.request, opening.mentee
    side = "peers" if pairing.kind is PairingKind.PEERS else "mentor"
    blocks: list[Block] = [
        Heading(
            texts.line(
                f"mentor.room.title.{side}",
                mentor=opening.mentor.name,
                mentee=mentee.name,
            )
        )
    ]
    if opening.beside is not None:
        trio = texts.line("mentor.room.trio", name=opening.beside.name)
        blocks.append(Text(trio))
    blocks += [
        Fields(
            (
                (
                    texts("mentor.fact.topics"),
                    topics_line(texts, roadmap, request.topics),
                ),
                (texts("mentor.fact.goal"), plain(request.goal)),
                (
                    texts("mentor.fact.weeks"),
                    texts.line("mentor.weeks", pairing.weeks),
                ),
                *_evidence(world, texts, opening),
            )
        ),
        Text(texts.line("mentor.room.first")),
        Bullets(
            tuple(
                texts.line(f"mentor.room.step.{step}")
                for step in ("know", "goal", "look", "next")
            ),
            numbered=True,
        ),
        Text(texts.line("mentor.room.manners")),
        Buttons((session_button(texts, pairing), end_button(texts, pairing))),
    ]
    return Reply(blocks=tuple(blocks), visibility=Visibility.PUBLIC)


def _evidence(
    world: World, texts: Texts, opening: Opening
) -> tuple[tuple[str, Line], ...]:
    """Of the mentee of a mentor alone: peers show each other what they like."""
    if opening.pairing.kind is PairingKind.PEERS:
        return ()
    catalogue, evidence = world.catalogue, opening.evidence
    titles = [catalogue.get(one).title.in_(texts.language) for one in evidence.lately]
    solved = texts.line("mentor.room.solved", evidence.solved)
    if titles:
        lately = texts("mentor.room.lately", titles=", ".join(titles))
        solved = (*solved, Words(" "), Words(lately))
    facts = [(texts("mentor.fact.solved"), solved)]
    if evidence.failing:
        names: list[Line] = [
            inline(catalogue.roadmap.skill(one).name.in_(texts.language))
            for one in evidence.failing
        ]
        joined = [
            span
            for number, name in enumerate(names)
            for span in (*((Words("; "),) if number else ()), *name)
        ]
        facts.append((texts("mentor.fact.failing"), tuple(joined)))
    return tuple(facts)
