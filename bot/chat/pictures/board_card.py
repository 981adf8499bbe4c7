"""`/leaderboard` as a picture."""

from collections.abc import Sequence

from bot.chat.pictures.canvas import HUES, drawn
from bot.chat.pictures.lettering import drawable
from bot.chat.texts import Texts
from bot.chat.web.render import hue
from bot.domain.leaderboard import Standing

ROW_HEIGHT = 66
TOP = 148


def board_svg(
    texts: Texts,
    title: str,
    community: str,
    rows: Sequence[Standing],
    *,
    own: Standing | None = None,
) -> str:
    """`own` stands below the rows when it is not among them."""
    is_below = own is not None and own.member_id not in {one.member_id for one in rows}
    shown = [*rows, own] if own is not None and is_below else list(rows)
    most = max((row.points for row in shown), default=1) or 1
    return drawn(
        "board",
        texts,
        title=title,
        community=community,
        rows=[
            {
                "rank": row.rank,
                "name": row.name,
                "points": row.points,
                "hue": HUES[hue(row.name)],
                "share": max(row.points, 0) / most,
                "y": TOP + place * ROW_HEIGHT + (20 if is_below and row is own else 0),
                "is_own": own is not None and row.member_id == own.member_id,
            }
            for place, row in enumerate(shown)
        ],
        is_below=is_below,
        row_height=ROW_HEIGHT,
        height=TOP + len(shown) * ROW_HEIGHT + (20 if is_below else 0) + 62,
    )


def board_alt(texts: Texts, title: str, rows: Sequence[Standing]) -> str:
    named = "; ".join(f"{row.rank}. {drawable(row.name)}, {row.points}" for row in rows)
    return texts("picture.board.alt", title=title, rows=named)
