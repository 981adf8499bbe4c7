"""`/leaderboard`: who earned most, by period and phase."""

from collections.abc import Mapping

from bot.chat.buttons import action, today_button
from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.commands.phases import PHASE
from bot.chat.context import Context
from bot.chat.pictures.drawings import draw_board
from bot.chat.pictures.pictured import VIEW, pictured
from bot.chat.reply import Block, Buttons, Heading, Line, Reply, Select, Table, Text
from bot.chat.texts import Texts
from bot.domain.leaderboard import Period, Standing
from bot.services.leaderboard import BoardView, read_board


async def handle_leaderboard(context: Context, options: Mapping[str, str]) -> Reply:
    phase = options.get("phase")
    period = Period(options.get("period", Period.WEEK))
    view = await read_board(
        context.world,
        context.member,
        period=period,
        phase=int(phase) if phase else None,
    )
    return Reply(blocks=_board_blocks(context, view))


def _board_blocks(context: Context, view: BoardView) -> tuple[Block, ...]:
    texts = context.texts
    blocks: list[Block] = [Heading(_title(texts, view))]
    if view.top:
        blocks.append(_table(context, view))
    else:
        blocks.append(Text(texts.line("board.empty")))
    own = _own_line(texts, context.member.id, view)
    if own is not None:
        blocks.append(Text(own))
    if context.member.hidden:
        blocks.append(Text(texts.line("board.hidden")))
    blocks.append(_other_period(texts, view))
    blocks.append(Buttons((today_button(texts),)))
    return tuple(blocks)


def _title(texts: Texts, view: BoardView) -> Line:
    period = texts(f"board.period.{view.board.period}")
    if view.board.phase is None:
        return texts.line("board.title", period=period)
    return texts.line("board.title_phase", period=period, phase=view.board.phase)


def _table(context: Context, view: BoardView) -> Table:
    texts = context.texts
    ids = [row.member_id for row in view.top]
    return Table(
        header=(
            texts("board.column.rank"),
            texts("board.column.name"),
            texts("board.column.points"),
            texts("board.column.solved"),
        ),
        rows=tuple(map(_row, view.top)),
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
        return texts.line("board.own_nothing") if view.top else None
    if any(row.member_id == member_id for row in view.top):
        return None
    return texts.line("board.own", rank=view.own.rank, points=view.own.points)


def _other_period(texts: Texts, view: BoardView) -> Select:
    phase = view.board.phase
    options = {} if phase is None else {"phase": str(phase)}
    return Select(
        label=texts("board.choose_period"),
        action=action("leaderboard", **options),
        option="period",
        choices=tuple((one.value, texts(f"board.period.{one}")) for one in Period),
        chosen=view.board.period,
    )


COMMANDS = (
    CommandSpec(
        path=("leaderboard",),
        handler=pictured(("leaderboard",), handle_leaderboard, draw_board),
        options=(
            Option(
                name="period", kind=OptionKind.CHOICE, choices=tuple(map(str, Period))
            ),
            PHASE,
            Option(name="view", kind=OptionKind.CHOICE, choices=(VIEW,)),
        ),
    ),
)
