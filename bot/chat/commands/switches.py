"""What a member turns on and off in `/settings`: reminders, and being shown."""

from collections.abc import Iterator

from bot.chat.buttons import action
from bot.chat.command import Option, OptionKind
from bot.chat.reply import Button, Line
from bot.chat.texts import Texts
from bot.domain.member import Member

SWITCH = {"on": True, "off": False}

REMINDER = Option(name="reminder", kind=OptionKind.CHOICE, choices=("on", "off"))
SHARING = Option(name="sharing", kind=OptionKind.CHOICE, choices=("on", "off"))


def switches(texts: Texts, member: Member) -> Iterator[tuple[str, Line]]:
    for name, turned in _switches(member):
        line = texts.line(f"settings.{name}.{_is(turned)}")
        yield texts(f"settings.{name}"), line


def switch_buttons(texts: Texts, member: Member) -> Iterator[Button]:
    for name, turned in _switches(member):
        other = _is(not turned)
        label = texts(f"settings.{name}.turn_{other}")
        yield Button(label, action("settings", **{name: other}))


def _switches(member: Member) -> tuple[tuple[str, bool], ...]:
    return ("reminder", member.reminded), ("sharing", member.shares)


def _is(on: bool) -> str:  # noqa: FBT001 - a word for it
    return "on" if on else "off"
