"""`cordada rebuild`, `cordada whatif`: what the log says, and would under others."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from bot.bootstrap_database import opened_database
from bot.checked_settings import checked
from bot.domain.leaderboard import Board, Period, starts_on
from bot.domain.member import Community
from bot.domain.score import RULES, ScoreRules
from bot.domain.whatif import BoardMove, BoardPlace
from bot.services.keep_score import Difference
from bot.services.rebuild import Mended, OtherPhase, Rebuilt, StruckBadge
from bot.services.rebuild import rebuild as rebuild_kept
from bot.services.try_rules import Tried, try_rules
from bot.services.world import World
from bot.settings import Settings, read_settings
from bot.storage.unit_of_work import unit_of_work_factory
from challenges.loader import load_catalogue

console = Console(highlight=False)
complaints = Console(stderr=True, highlight=False)


class UnknownCommunity(Exception):
    """There is none of that id, or several, and one must be chosen."""

    def __init__(self, known: Sequence[Community]) -> None:
        super().__init__()
        self.known = known


async def rebuild(settings: Settings, most_told: int) -> None:
    told = 0

    def tell(mended: Mended) -> None:
        nonlocal told
        told += 1
        if told <= most_told:
            console.print(_mended(mended), markup=False)

    async with opened_database(settings) as (_, engine):
        world = World(
            unit_of_work=unit_of_work_factory(engine),
            now=lambda: datetime.now(UTC),
            catalogue=load_catalogue(),
        )
        found = await rebuild_kept(world, tell)
    if told > most_told:
        console.print(f"… and {told - most_told} more.")
    console.print(_summary(found))


def _mended(one: Mended) -> str:
    match one:
        case OtherPhase():
            return (
                f"member {one.member_id}: phase {one.kept} was kept, the log says"
                f" {one.folded}"
            )
        case StruckBadge():
            return f"member {one.member_id}: the badge {one.badge} was missing"
        case Difference():
            return _difference(one)


def _difference(one: Difference) -> str:
    board = one.board
    where = "" if board.phase is None else f", phase {board.phase}"
    return (
        f"community {board.community_id}, {board.measure} of {board.period} from"
        f" {board.starts_on}{where}, member {one.member_id}:"
        f" {one.kept.points} points and {one.kept.solved} solved were kept,"
        f" the log says {one.folded.points} and {one.folded.solved}"
    )


def _summary(found: Rebuilt) -> str:
    if found.is_as_the_log_says:
        return (
            f"The boards, phases and badges of {found.people} people are as the log"
            " says."
        )
    return (
        f"{found.people} people: {found.totals} totals, {found.counts} counts,"
        f" {found.phases} phases and {found.badges} badges were not as the log says,"
        " and are now."
    )


async def whatif(
    settings: Settings,
    rules: ScoreRules,
    *,
    community_id: int | None,
    season: date,
    phase: int | None,
    rows: int,
) -> None:
    """Raises UnknownCommunity."""
    async with opened_database(settings) as (_, engine):
        unit_of_work = unit_of_work_factory(engine)
        async with unit_of_work() as unit:
            known = await unit.communities.all()
        chosen = [one for one in known if community_id in {None, one.id}]
        if len(chosen) != 1:
            raise UnknownCommunity(known)
        board = Board(
            community_id=chosen[0].id,
            period=Period.SEASON,
            starts_on=starts_on(Period.SEASON, season),
            phase=phase,
        )
        tried = await try_rules(unit_of_work, board, rules)
    console.print(_tried_table(board, tried, rows))
    console.print(_moved(tried))
    if tried.unweighed:
        console.print(
            f"{tried.unweighed} acceptances were written before the log said what they"
            " took: they count as they did."
        )


def _tried_table(board: Board, tried: Tried, rows: int) -> Table:
    table = Table(
        "Rank",
        "Moves",
        "Name",
        "Points",
        "Real rank",
        "Real points",
        "Difference",
        title=f"The season from {board.starts_on}, under these rules",
    )
    for move in tried.moves[:rows]:
        now, real = move.tried, move.real
        table.add_row(
            _shown(now, lambda place: place.rank),
            _arrow(move),
            tried.names[move.member_id],
            _shown(now, lambda place: place.points),
            _shown(real, lambda place: place.rank),
            _shown(real, lambda place: place.points),
            f"{_points(now) - _points(real):+}",
        )
    return table


def _shown(place: BoardPlace | None, of: Callable[[BoardPlace], int]) -> str:
    return "–" if place is None else str(of(place))


def _points(place: BoardPlace | None) -> int:
    return 0 if place is None else place.points


def _arrow(move: BoardMove) -> str:
    if move.tried is None or move.real is None:
        return ""
    climbed = move.real.rank - move.tried.rank
    if climbed == 0:
        return "="
    return f"▲ {climbed}" if climbed > 0 else f"▼ {-climbed}"


def _moved(tried: Tried) -> str:
    moved = [
        move
        for move in tried.moves
        if move.real and move.tried and move.real.rank != move.tried.rank
    ]
    return f"{len(moved)} of {len(tried.moves)} members would stand elsewhere."


def season_named(text: str | None) -> date:
    """A day of the season: of 2026-Q3, or of a date in it; None is the last whole one.

    Raises ValueError.
    """
    if text is None:
        today = datetime.now(UTC).date()
        return starts_on(Period.SEASON, today) - timedelta(days=1)
    year, _, quarter = text.strip().upper().partition("-Q")
    if quarter:
        return date(int(year), 3 * int(quarter), 1)
    return date.fromisoformat(text.strip())


def add_to(app: typer.Typer, finish: Callable[..., None]) -> None:
    """Both commands; `finish` runs one and tells what an organiser can mend."""

    @app.command("rebuild")
    def rebuild_command(
        rows: Annotated[int, typer.Option(help="Differences to print.", min=0)] = 20,
    ) -> None:
        """Bring the boards to what the log says, while the bot runs."""
        finish(rebuild(checked(read_settings), rows))

    @app.command("whatif")
    def whatif_command(
        *,
        season: Annotated[
            str | None,
            typer.Option(help="2026-Q3, or a date in it; the last whole one without."),
        ] = None,
        community: Annotated[
            int | None, typer.Option(help="Its number, when there are several.")
        ] = None,
        phase: Annotated[
            int | None, typer.Option(help="The board of a phase.", min=1, max=7)
        ] = None,
        easiest_points: Annotated[int, typer.Option(min=1)] = RULES.easiest_points,
        floor_percent: Annotated[
            int, typer.Option(min=0, max=100)
        ] = RULES.floor_percent,
        hint_percent: Annotated[int, typer.Option(min=0, max=100)] = RULES.hint_percent,
        wrong_attempt_percent: Annotated[
            int, typer.Option(min=0, max=100)
        ] = RULES.wrong_attempt_percent,
        free_wrong_attempts: Annotated[
            int, typer.Option(min=0)
        ] = RULES.free_wrong_attempts,
        daily_points: Annotated[int, typer.Option(min=0)] = RULES.daily_points,
        rows: Annotated[int, typer.Option(help="Members to print.", min=1)] = 20,
    ) -> None:
        """Try other rules of points on a past season, beside the real board."""
        try:
            on = season_named(season)
        except ValueError:
            _give_up(f"{season} is no season: write 2026-Q3, or a date in it")
        rules = ScoreRules(
            easiest_points=easiest_points,
            floor_percent=floor_percent,
            hint_percent=hint_percent,
            wrong_attempt_percent=wrong_attempt_percent,
            free_wrong_attempts=free_wrong_attempts,
            daily_points=daily_points,
        )
        try:
            finish(
                whatif(
                    checked(read_settings),
                    rules,
                    community_id=community,
                    season=on,
                    phase=phase,
                    rows=rows,
                )
            )
        except UnknownCommunity as error:
            known = "\n".join(
                f"  --community {one.id}  {one.platform}: {one.name}"
                for one in error.known
            )
            _give_up(
                f"Choose one of the communities:\n{known}"
                if known
                else "Nobody plays here yet."
            )


def _give_up(told: str) -> NoReturn:
    complaints.print(told, markup=False)
    raise typer.Exit(1)
