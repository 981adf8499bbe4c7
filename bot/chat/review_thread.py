"""Tell an author of a review where they asked for it, when that was in a thread.

Beside the private word, which those have who asked anywhere. In the thread others may
read along: there it is one line, and the button shows the review to its author alone.
"""

from collections.abc import Mapping
from uuid import UUID

import structlog

from bot.chat.announce import ChatAdapter
from bot.chat.command import Platform
from bot.chat.place import place_from
from bot.chat.reply import Reply
from bot.domain.notice import Notice, NoticeKind
from bot.services.errors import ReviewNotFound
from bot.services.world import World

_OF_REVIEWS = frozenset({NoticeKind.REVIEWED, NoticeKind.REVIEW_OFFERED})

log = structlog.get_logger(__name__)


async def tell_in_thread(
    world: World,
    adapters: Mapping[Platform, ChatAdapter],
    notice: Notice,
    reply: Reply,
) -> None:
    """Raises what another try may mend; a thread that is gone is none."""
    if notice.kind not in _OF_REVIEWS:
        return
    try:
        async with world.unit_of_work() as unit:
            request = await unit.review_requests.get(UUID(str(notice.facts["request"])))
    except ReviewNotFound:
        return
    place = place_from(request.place)
    if "thread" not in place.detail or place.platform not in adapters:
        return
    try:
        await adapters[place.platform].deliver(place, reply)
    except Exception as error:
        if not getattr(error, "permanent", False):
            raise
        log.info("thread_not_told", member=notice.member_id, error=repr(error))
