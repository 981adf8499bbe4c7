"""What stands on the boards, as a fold over the log.

The kept tables (`Boards`) must equal it: `cordada rebuild` compares them and puts the
fold's in their place. Which boards an event counts for was fixed when it was written
(`board_facts`): neither a challenge that moves to another phase nor a community that
moves to another zone changes what has been.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.domain.event import Event, EventKind
from bot.domain.leaderboard import Board, Measure, boards_for


@dataclass(frozen=True, kw_only=True)
class Gain:
    """What one event gives, or takes."""

    event: Event
    points: int
    solved: int = 0
    reputation: int = 0


@dataclass(frozen=True, kw_only=True)
class Total:
    """A member's on a board. Zero throughout is the same as none."""

    points: int = 0
    """Or reputation, as the board measures."""
    solved: int = 0
    reached_at: datetime | None = None
    """When the points last grew: of equal points, who had them first stands first."""


NOTHING: Final = Total()
Totals = Mapping[tuple[Board, int], Total]
"""By board and member."""


def board_facts(on: date, phase: int | None = None) -> Mapping[str, str | int]:
    """For an event with points: the community's date, and the challenge's phase."""
    facts: dict[str, str | int] = {"board_on": on.isoformat()}
    return facts if phase is None else facts | {"phase": phase}


def rescore_facts(solved: Event, change: int) -> Mapping[str, str | int]:
    """For RESCORED: which SOLVED it mends, and whether that still counts as solved.

    `change` is -1 when it does not any more, 1 when it does again, else 0.
    """
    return {"of": solved.key, "solved": change}


def gains_of(events: Iterable[Event]) -> Iterator[Gain]:
    """Of one person's events, in any order, whichever of their accounts wrote them.

    A challenge solved with two linked accounts counts once: the earliest, where it was
    solved. One that a rejudge took back leaves the place to the next.
    """
    once = {event.key: event for event in events}
    solved: defaultdict[str | None, list[Event]] = defaultdict(list)
    rescored: defaultdict[str, list[Event]] = defaultdict(list)
    for event in once.values():
        match event.kind:
            case EventKind.SOLVED:
                solved[event.challenge_id].append(event)
            case EventKind.RESCORED:
                rescored[str(event.facts["of"])].append(event)
            case _ if event.points or event.reputation:
                yield Gain(
                    event=event, points=event.points, reputation=event.reputation
                )
    for rivals in solved.values():
        for event in sorted(rivals, key=lambda one: (one.occurred_at, one.key)):
            mended = rescored[event.key]
            if 1 + sum(int(one.facts["solved"]) for one in mended) > 0:
                points = event.points + sum(one.points for one in mended)
                yield Gain(event=event, points=points, solved=1)
                break


def totals(events: Iterable[Event], community_of: Mapping[int, int]) -> Totals:
    """Of one person's events; `community_of` has the community of each member."""
    found: dict[tuple[Board, int], Total] = {}
    for gain in gains_of(events):
        event = gain.event
        # An event from before the facts were kept counts for its own date.
        on = date.fromisoformat(str(event.facts.get("board_on", event.local_on)))
        community_id = community_of[event.member_id]
        if gain.points or gain.solved:
            phase = event.facts.get("phase")
            for board in boards_for(
                community_id=community_id,
                on=on,
                phase=None if phase is None else int(phase),
            ):
                _add(found, (board, event.member_id), gain.points, gain.solved, event)
        if gain.reputation:
            for board in boards_for(
                community_id=community_id, on=on, measure=Measure.REPUTATION
            ):
                _add(found, (board, event.member_id), gain.reputation, 1, event)
    return {key: total for key, total in found.items() if not is_nothing(total)}


def is_nothing(total: Total) -> bool:
    return total.points == 0 and total.solved == 0


def changed(before: Totals, after: Totals) -> Totals:
    """What differs, as it is after; NOTHING for what is there no more."""
    return {
        key: after.get(key, NOTHING)
        for key in before.keys() | after.keys()
        if before.get(key, NOTHING) != after.get(key, NOTHING)
    }


def _add(
    found: dict[tuple[Board, int], Total],
    key: tuple[Board, int],
    points: int,
    solved: int,
    event: Event,
) -> None:
    before = found.get(key, NOTHING)
    times = [before.reached_at] if before.reached_at else []
    if points > 0:
        times.append(event.occurred_at)
    found[key] = Total(
        points=before.points + points,
        solved=before.solved + solved,
        reached_at=max(times, default=None),
    )
