"""Badges that a log has earned and does not hold, each with the event that earned it.

Counts of deeds only grow with the log (`bot/domain/badge.py`), so a badge is earned by
one event: the last of the shortest beginning of the log that has earned it.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from bot.domain.badge import BadgeRules, earned, to_give
from bot.domain.event import Event


def struck_badges(log: Sequence[Event], rules: BadgeRules) -> Mapping[str, Event]:
    """By badge, of one person's events in the log's order."""
    return {badge: _earning(badge, log, rules) for badge in to_give(log, rules)}


def _earning(badge: str, log: Sequence[Event], rules: BadgeRules) -> Event:
    shortest = bisect_left(
        range(len(log)), 1, key=lambda last: badge in earned(log[: last + 1], rules)
    )
    return log[shortest]
