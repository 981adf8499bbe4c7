"""Which pairing a command is about: by a button's number, or by the other member."""

from collections.abc import Mapping

from bot.chat.command import Option, OptionKind
from bot.services.own_pairing import Which

MEMBER = Option(name="member", kind=OptionKind.MEMBER)
PAIRING = Option(name="pairing", kind=OptionKind.INTEGER, minimum=1, is_listed=False)


def which_of(options: Mapping[str, str]) -> Which:
    number = options.get("pairing")
    return Which(
        id=None if number is None else int(number), other=options.get("member")
    )
