"""What a community's organisers decide of its dailies."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot.domain.audit import AuditAct, AuditEntry
from bot.domain.calendar import is_zone
from bot.domain.member import Community, Member
from bot.domain.schedule import (
    EVERY_PHASE,
    FIRST_HOUR,
    LAST_HOUR,
    MOST_PAUSED,
    DailySettings,
)
from bot.services.change_settings import known_zone
from bot.services.errors import Refused
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.world import World

Act = tuple[AuditAct, Mapping[str, str | int]]

NO_ROLE = ""
"""In a change of roles: none any more."""


@dataclass(frozen=True, kw_only=True)
class DailyChange:
    """What is None or missing stays as it is."""

    channel: str | None = None
    hour: int | None = None
    time_zone: str | None = None
    weekdays: frozenset[int] | None = None
    phases: frozenset[int] | None = None
    mentions: Mapping[int, str] = field(default_factory=dict)
    roles: Mapping[int, str] = field(default_factory=dict)
    pause_days: int | None = None
    """From today on; 0 ends a pause."""


@dataclass(frozen=True, kw_only=True)
class Dailies:
    """A community's settings as they hold now."""

    settings: DailySettings
    community: Community

    @property
    def zone(self) -> str:
        return self.community.time_zone


async def read_dailies(world: World, community: Community) -> Dailies:
    async with world.unit_of_work() as unit:
        settings = await settings_of(world, unit, community)
        fresh = await unit.communities.get(community.id) or community
        await unit.commit()
    return Dailies(settings=settings, community=fresh)


async def settings_of(
    world: World, unit: UnitOfWork, community: Community, *, lock: bool = False
) -> DailySettings:
    """Made on first sight, with what most communities want."""
    found = await unit.schedules.get(community.id, lock=lock)
    if found is not None:
        return found
    new = DailySettings(community_id=community.id, changed_at=world.now())
    return await unit.schedules.start(new)


async def change_dailies(
    world: World, organiser: Member, change: DailyChange
) -> Dailies:
    """Holds at once, and stands in the audit log.

    Raises Refused: unknown_zone, no_weekday, no_phase, bad_hour, pause_too_long.
    """
    community = organiser.community
    now = world.now()
    async with world.unit_of_work() as unit:
        before = await settings_of(world, unit, community, lock=True)
        changed = replace(
            _changed(before, change, world.today_in(community)), changed_at=now
        )
        await unit.schedules.save(changed)
        if changed.time_zone is not None:
            await unit.communities.set_zone(community.id, changed.time_zone)
        if changed.roles != before.roles:
            await unit.phase_roles.ask_all(community.id, now)
        await _try_again(world, unit, community)
        for act, facts in _acts(before, changed):
            entry = AuditEntry(
                community_id=community.id,
                act=act,
                actor_id=organiser.id,
                at=now,
                facts=facts,
            )
            await unit.audit.append(entry)
        fresh = await unit.communities.get(community.id) or community
        await unit.commit()
    return Dailies(settings=changed, community=fresh)


def _changed(before: DailySettings, change: DailyChange, today: date) -> DailySettings:
    zone = before.time_zone
    if change.time_zone is not None:
        zone = known_zone(change.time_zone)
        if not is_zone(zone):
            raise Refused("unknown_zone", zone=zone)
    if change.hour is not None and not FIRST_HOUR <= change.hour <= LAST_HOUR:
        raise Refused("bad_hour", hour=change.hour, first=FIRST_HOUR, last=LAST_HOUR)
    if change.weekdays is not None and not change.weekdays:
        raise Refused("no_weekday")
    if change.phases is not None and not change.phases & EVERY_PHASE:
        raise Refused("no_phase")
    return replace(
        before,
        channel=change.channel or before.channel,
        time_zone=zone,
        hour=before.hour if change.hour is None else change.hour,
        weekdays=change.weekdays or before.weekdays,
        phases=(change.phases or before.phases) & EVERY_PHASE,
        mentions=_without_none({**before.mentions, **change.mentions}),
        roles=_without_none({**before.roles, **change.roles}),
        paused_until=_paused_until(before, change, today),
    )


def _without_none(roles: Mapping[int, str]) -> Mapping[int, str]:
    return {phase: role for phase, role in roles.items() if role != NO_ROLE}


def _paused_until(
    before: DailySettings, change: DailyChange, today: date
) -> date | None:
    days = change.pause_days
    if days is None:
        return before.paused_until
    if not 0 <= days <= MOST_PAUSED:
        raise Refused("pause_too_long", most=MOST_PAUSED)
    return today + timedelta(days=days) if days else None


def _acts(before: DailySettings, after: DailySettings) -> Iterator[Act]:
    if after.channel != before.channel:
        yield AuditAct.DAILY_CHANNEL_SET, {"channel": after.channel or ""}
    when = ("hour", "time_zone", "weekdays")
    if any(getattr(after, one) != getattr(before, one) for one in when):
        days = ", ".join(str(day + 1) for day in sorted(after.weekdays))
        zone = after.time_zone or "-"
        yield AuditAct.DAILY_TIME_SET, {"hour": after.hour, "zone": zone, "days": days}
    if after.phases != before.phases:
        phases = ", ".join(map(str, sorted(after.phases)))
        yield AuditAct.DAILY_PHASES_SET, {"phases": phases}
    if (after.mentions, after.roles) != (before.mentions, before.roles):
        yield AuditAct.DAILY_ROLES_SET, {}
    if after.paused_until != before.paused_until:
        if after.paused_until is None:
            yield AuditAct.DAILY_RESUMED, {}
        else:
            yield AuditAct.DAILY_PAUSED, {"until": after.paused_until.isoformat()}


async def _try_again(world: World, unit: UnitOfWork, community: Community) -> None:
    """What an organiser had to make possible is tried with the new settings at once."""
    today = world.today_in(community)
    for post in await unit.daily_posts.of_days(community.id, today):
        if post.retry_at is not None:
            await unit.daily_posts.save(replace(post, retry_at=world.now()))
