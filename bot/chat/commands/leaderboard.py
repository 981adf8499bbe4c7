"""`/leaderboard`: who earned most, by period, scope and phase; and one's neighbours."""

from collections.abc import Mapping, Sequence

from bot.chat.board_title import board_title
from bot.chat.buttons import action, today_button
from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.commands.phases import PHASE
from bot.chat.context import Context
from bot.chat.pictures.drawings import draw_board
from bot.chat.pictures.pictured import VIEW, pictured
from bot.chat.reply import (
    Action,
    Block,
    Button,
    Buttons,
    Heading,
    Line,
    Reply,
    Select,
    Table,
    Text,
)
from bot.chat.texts import Texts, plain
from bot.domain.leaderboard import Period, Standing
from bot.services.leaderboard import BoardView, PageTurn, Scope, read_board


async def handle_leaderboard(context: Context, options: Mapping[str, str]) -> Reply:
    phase = options.get("phase")
    view = await read_board(
        context.world,
        context.member,
        period=Period(options.get("period", Period.WEEK)),
        phase=int(phase) if phase else None,
        scope=Scope(options.get("scope", Scope.COMMUNITY)),
        turn=PageTurn(
            after=_number(options, "after"), before=_number(options, "before")
        ),
    )
    return Reply(blocks=_board_blocks(context, view))


def _number(options: Mapping[str, str], name: str) -> int | None:
    return int(options[name]) if name in options else None


def _board_blocks(context: Context, view: BoardView) -> tuple[Block, ...]:
    texts = context.texts
    blocks: list[Block] = [Heading(plain(board_title(texts, view)))]
    if view.top:
        blocks.append(_table(context, view, view.top))
    else:
        blocks.append(Text(texts.line(f"board.empty.{view.scope}")))
    own = _own_line(texts, context.member.id, view)
    if own is not None:
        blocks.append(Text(own))
    if view.around:
        blocks.append(Heading(texts.line("board.around"), level=3))
        blocks.append(_table(context, view, view.around))
    if context.member.hidden:
        blocks.append(Text(texts.line("board.hidden")))
    blocks.extend(_others(texts, view))
    blocks.append(Buttons((*_pages(texts, view), today_button(texts))))
    return tuple(blocks)


def _table(context: Context, view: BoardView, rows: Sequence[Standing]) -> Table:
    texts = context.texts
    ids = [row.member_id for row in rows]
    is_of_mentors = view.scope is Scope.MENTORS
    return Table(
        header=(
            texts("board.column.rank"),
            texts("board.column.name"),
            texts(
                "board.column.reputation" if is_of_mentors else "board.column.points"
            ),
            texts("board.column.helped" if is_of_mentors else "board.column.solved"),
        ),
        rows=tuple(map(_row, rows)),
        numeric=(0, 2, 3),
        highlighted=ids.index(context.member.id) if context.member.id in ids else None,
    )


def _row(standing: Standing) -> tuple[str, ...]:
    return (
        str(standing.rank),
        standing.name,
        str(standing.points),
        str(standing.solved),
    )


def _own_line(texts: Texts, member_id: int, view: BoardView) -> Line | None:
    """None when the reader sees themselves in the table already."""
    if view.own is None:
        is_told = view.top and view.scope is not Scope.MENTORS
        return texts.line("board.own_nothing") if is_told else None
    if any(row.member_id == member_id for row in view.top):
        return None
    if view.scope is Scope.MENTORS:
        return texts.line("board.own_mentor", rank=view.own.rank, n=view.own.points)
    return texts.line("board.own", rank=view.own.rank, points=view.own.points)


def _others(texts: Texts, view: BoardView) -> tuple[Select, Select]:
    """Each keeps what the other has chosen."""
    return (
        Select(
            label=texts("board.choose_period"),
            action=_same(view, "period"),
            option="period",
            choices=tuple((one.value, texts(f"board.period.{one}")) for one in Period),
            chosen=view.board.period,
        ),
        Select(
            label=texts("board.choose_scope"),
            action=_same(view, "scope"),
            option="scope",
            choices=tuple((one.value, texts(f"board.scope.{one}")) for one in Scope),
            chosen=view.scope,
        ),
    )


def _pages(texts: Texts, view: BoardView) -> tuple[Button, ...]:
    found = []
    if view.back and view.back.before is not None:
        before = _same(view, before=str(view.back.before))
        found.append(Button(texts("board.page_back"), before))
    if view.on and view.on.after is not None:
        after = _same(view, after=str(view.on.after))
        found.append(Button(texts("board.page_on"), after))
    return tuple(found)


def _same(view: BoardView, without: str = "", **more: str) -> Action:
    """This very board again, but for one option."""
    phase = view.board.phase
    options = {
        "period": view.board.period.value,
        "scope": view.scope.value,
        **({} if phase is None else {"phase": str(phase)}),
        **more,
    }
    options.pop(without, None)
    return action("leaderboard", **options)


COMMANDS = (
    CommandSpec(
        path=("leaderboard",),
        handler=pictured(("leaderboard",), handle_leaderboard, draw_board),
        options=(
            Option(
                name="period", kind=OptionKind.CHOICE, choices=tuple(map(str, Period))
            ),
            Option(
                name="scope", kind=OptionKind.CHOICE, choices=tuple(map(str, Scope))
            ),
            PHASE,
            Option(name="view", kind=OptionKind.CHOICE, choices=(VIEW,)),
            # Of a row on the page that is turned.
            Option(name="after", kind=OptionKind.INTEGER, is_listed=False),
            Option(name="before", kind=OptionKind.INTEGER, is_listed=False),
        ),
    ),
)
