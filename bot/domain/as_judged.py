"""The log as if each submission had had today's verdict from the beginning.

A rejudge adds to the log and changes nothing in it (`bot/domain/correction.py`). Who
asks what somebody can do, and not what they were told then, reads it through here:

    accepted, and is not any more ──► an attempt that failed, on its day
    failed, and is accepted now ────► solved, on its day and in its place
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.domain.event import Event, EventKind

JUDGED = frozenset({EventKind.SOLVED, EventKind.REPEATED, EventKind.ATTEMPT_FAILED})


def as_judged(events: Iterable[Event]) -> Sequence[Event]:
    """In the log's order, with one event for each submission, where its first was."""
    log = list(events)
    accepted = verdicts(log)
    solved = {submission_of(one): one for one in log if one.kind is EventKind.SOLVED}
    found: list[Event] = []
    seen: set[str] = set()
    for event in log:
        if event.kind not in JUDGED:
            found.append(event)
            continue
        submission = submission_of(event)
        if submission in seen:
            continue
        seen.add(submission)
        if not accepted[submission]:
            found.append(_as(event, EventKind.ATTEMPT_FAILED))
        elif submission in solved:
            found.append(solved[submission])
        else:
            found.append(_as(event, EventKind.REPEATED))
    return found


def verdicts(log: Iterable[Event]) -> Mapping[str, bool]:
    """Of each submission in the log, whether it is accepted by what was said last."""
    of: dict[str, str] = {}
    accepted: dict[str, bool] = {}
    for event in sorted(log, key=lambda one: one.occurred_at):
        if event.kind in JUDGED:
            submission = of[event.key] = submission_of(event)
            accepted[submission] = event.kind is not EventKind.ATTEMPT_FAILED
        elif event.kind is EventKind.RESCORED and event.facts["of"] in of:
            still = event.facts.get("accepted", int(event.facts["solved"]) >= 0)
            accepted[of[str(event.facts["of"])]] = bool(still)
    return accepted


def submission_of(judged: Event) -> str:
    return str(judged.facts.get("submission", judged.key))


def _as(event: Event, kind: EventKind) -> Event:
    return event if event.kind is kind else replace(event, kind=kind, points=0)
