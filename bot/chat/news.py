"""What a community's channel reads: news that come together are posted together.

Platforms take about one message a second in a channel. When a class solves the daily at
once, a post for each would make those wait for their verdicts who come after.
"""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from bot.chat.reply import Reply
from bot.domain.member import Community

# A line has some hundred characters; Discord takes 4,000 in a message, Slack 13,200.
IN_ONE_MESSAGE = 20

Post = Callable[[Community, Reply], Awaitable[None]]


class News:
    def __init__(
        self, post: Post, start: Callable[[Coroutine[Any, Any, None]], None]
    ) -> None:
        """`post` never raises."""
        self._post = post
        self._start = start
        self._waiting: dict[str, list[Reply]] = {}

    def tell(self, community: Community, reply: Reply) -> None:
        """Returns at once: no verdict waits for its news, or is told again for them."""
        name = community.external_id
        if name in self._waiting:
            self._waiting[name].append(reply)
        else:
            self._waiting[name] = [reply]
            self._start(self._post_all(community))

    async def _post_all(self, community: Community) -> None:
        name = community.external_id
        try:
            while waiting := self._waiting[name]:
                told = waiting[:IN_ONE_MESSAGE]
                del waiting[:IN_ONE_MESSAGE]
                blocks = tuple(block for one in told for block in one.blocks)
                await self._post(community, Reply(blocks=blocks))
        finally:
            del self._waiting[name]
