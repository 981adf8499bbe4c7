from bot.domain.board_post import BoardPost
from tests.fakes.storage.store import FakeStore


class FakeBoardPosts:
    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def get(self, community_id: int, *, lock: bool = False) -> BoardPost | None:
        return self._store.board_posts.get(community_id)

    async def put(self, post: BoardPost) -> None:
        self._store.board_posts[post.community_id] = post

    async def remove(self, community_id: int) -> None:
        self._store.board_posts.pop(community_id, None)
