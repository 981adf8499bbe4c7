"""The part of `/settings` about a member's days: when they start, which rest."""

from collections.abc import Mapping

from bot.chat.buttons import action
from bot.chat.command import Option, OptionKind
from bot.chat.context import Context
from bot.chat.reply import FieldKind, Form, FormField, Line
from bot.chat.texts import Texts, plain
from bot.domain.calendar import LATEST_DAY_START_HOUR
from bot.domain.member import Member

WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
NO_DAY = "none"
REST = ("first_rest_day", "second_rest_day")

DAYS_OPTIONS = (
    Option(
        name="day_start",
        kind=OptionKind.INTEGER,
        minimum=0,
        maximum=LATEST_DAY_START_HOUR,
    ),
    *(
        Option(name=name, kind=OptionKind.CHOICE, choices=(NO_DAY, *WEEKDAYS))
        for name in REST
    ),
)


def chosen_rest_days(
    options: Mapping[str, str], before: frozenset[int]
) -> frozenset[int] | None:
    """None when neither is given; one that is not given stays as it is."""
    if not options.keys() & set(REST):
        return None
    slots = _slots(before)
    for number, name in enumerate(REST):
        slots[number] = options.get(name, slots[number])
    return frozenset(WEEKDAYS.index(one) + 1 for one in slots if one != NO_DAY)


def days_form(context: Context, rest_days: frozenset[int]) -> Form:
    texts, member = context.texts, context.member
    weekdays = tuple(
        (one, texts(f"settings.weekday.{one}")) for one in (NO_DAY, *WEEKDAYS)
    )
    return Form(
        title=texts("settings.days_title"),
        action=action("settings", view="days_form"),
        submit=texts("form.save"),
        fields=(
            FormField(
                name="day_start",
                label=texts("settings.day_start_label"),
                kind=FieldKind.CHOICE,
                value=str(member.day_start_hour),
                choices=tuple(
                    (str(hour), _hour(hour))
                    for hour in range(LATEST_DAY_START_HOUR + 1)
                ),
            ),
            *(
                FormField(
                    name=name,
                    label=texts(f"settings.{name}"),
                    kind=FieldKind.CHOICE,
                    value=value,
                    choices=weekdays,
                )
                for name, value in zip(REST, _slots(rest_days), strict=True)
            ),
        ),
    )


def days_facts(
    texts: Texts, member: Member, rest_days: frozenset[int]
) -> tuple[tuple[str, Line], ...]:
    names = [texts(f"settings.weekday.{WEEKDAYS[n - 1]}") for n in sorted(rest_days)]
    return (
        (texts("settings.time_zone"), plain(member.zone)),
        (texts("settings.day_start"), plain(_hour(member.day_start_hour))),
        (
            texts("settings.rest_days"),
            plain(", ".join(names) or texts(f"settings.weekday.{NO_DAY}")),
        ),
    )


def _slots(rest_days: frozenset[int]) -> list[str]:
    named = [WEEKDAYS[number - 1] for number in sorted(rest_days)]
    return (named + [NO_DAY] * len(REST))[: len(REST)]


def _hour(hour: int) -> str:
    return f"{hour:02}:00"
