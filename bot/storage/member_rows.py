"""A member as a row: with the person, account and community behind them."""

from sqlalchemy import ColumnElement, Label, Row, Select, func, select

from bot.domain.calendar import Calendar, Days
from bot.domain.member import Community, Member
from bot.storage.tables import account, community, member, person
from bot.storage.together import is_hidden

OWN = person.alias("own")


def _platform_says(column: ColumnElement[str | None]) -> Label[str | None]:
    """Of the person's own account, whomever they are joined with."""
    return (
        select(column)
        .where(account.c.person_id == member.c.person_id)
        .where(account.c.platform == community.c.platform)
        .limit(1)
        # Not with the account that `_find` joins.
        .correlate(member, community)
        .scalar_subquery()
        .label(f"platform_{column.key}")
    )


MEMBER: Select[tuple[object, ...]] = select(
    member,
    _platform_says(account.c.language),
    _platform_says(account.c.time_zone),
    person.c.language,
    person.c.time_zone,
    person.c.day_start_hour,
    is_hidden().label("hidden"),
    person.c.shares,
    person.c.reminded,
    community.c.platform,
    community.c.external_id,
    community.c.name.label("community_name"),
    community.c.language.label("community_language"),
    community.c.time_zone.label("community_time_zone"),
).select_from(
    member.join(OWN, member.c.person_id == OWN.c.id)
    # Whose settings hold for all that are joined.
    .join(person, person.c.id == func.coalesce(OWN.c.joined_to, OWN.c.id))
    .join(community, member.c.community_id == community.c.id)
)


def member_of(row: Row[tuple[object, ...]]) -> Member:
    return Member(
        id=row.id,
        person_id=row.person_id,
        community=Community(
            id=row.community_id,
            platform=row.platform,
            external_id=row.external_id,
            name=row.community_name,
            language=row.community_language,
            time_zone=row.community_time_zone,
        ),
        name=row.name,
        joined_at=row.joined_at,
        phase=row.phase,
        language=row.language,
        time_zone=row.time_zone,
        platform_language=row.platform_language,
        platform_time_zone=row.platform_time_zone,
        day_start_hour=row.day_start_hour,
        calendar=_calendar(row),
        hidden=row.hidden,
        shares=row.shares,
        reminded=row.reminded,
        focus=row.focus,
    )


def _calendar(row: Row[tuple[object, ...]]) -> Calendar | None:
    if row.counted_zone is None:
        return None
    return Calendar(
        days=Days(zone=row.counted_zone, start_hour=row.counted_start_hour),
        coming=row.coming_zone
        and Days(zone=row.coming_zone, start_hour=row.coming_start_hour),
        coming_at=row.coming_at,
    )
