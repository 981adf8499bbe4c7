"""What a board is called, in words and in pictures alike."""

from bot.chat.texts import Texts
from bot.services.leaderboard import BoardView, Scope


def board_title(texts: Texts, view: BoardView) -> str:
    period = texts(f"board.period.{view.board.period}")
    if view.scope is not Scope.COMMUNITY:
        return texts(f"board.title_{view.scope}", period=period)
    if view.board.phase is None:
        return texts("board.title", period=period)
    return texts("board.title_phase", period=period, phase=view.board.phase)
