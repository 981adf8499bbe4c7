"""Which permission lacks, worked out as Discord works it out."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.chat.discord.permissions import (
    NEEDED,
    granted,
    invite_link,
    lacking,
    organises,
)

EVERYTHING = sum(NEEDED.values())
SEND = NEEDED["send_messages"]
FILES = NEEDED["attach_files"]


def guild(everyone: int = EVERYTHING, role: int = 0) -> Mapping[str, Any]:
    return {
        "id": "1",
        "roles": [
            {"id": "1", "permissions": str(everyone)},
            {"id": "2", "permissions": str(role)},
        ],
    }


MEMBER = {"user": {"id": "9"}, "roles": ["2"]}


def channel(*overwrites: tuple[str, int, int]) -> Mapping[str, Any]:
    listed = [
        {"id": one, "allow": str(allow), "deny": str(deny)}
        for one, allow, deny in overwrites
    ]
    return {"permission_overwrites": listed}


@pytest.mark.parametrize(
    ("overwrites", "missing"),
    [
        ((), ()),
        ((("1", 0, SEND),), ("send_messages",)),
        ((("1", 0, SEND), ("2", SEND, 0)), ()),
        ((("2", SEND, 0), ("9", 0, SEND)), ("send_messages",)),
        ((("1", 0, SEND | FILES), ("9", FILES, 0)), ("send_messages",)),
    ],
)
def test_the_channels_words_go_over_the_servers_in_discords_order(
    overwrites: tuple[tuple[str, int, int], ...], missing: tuple[str, ...]
) -> None:
    assert lacking(granted(guild(), MEMBER, channel(*overwrites))) == missing


def test_a_role_of_the_server_gives_what_everyone_lacks() -> None:
    assert lacking(granted(guild(0, EVERYTHING), MEMBER, {})) == ()
    assert set(lacking(granted(guild(0), MEMBER, {}))) == set(NEEDED)


def test_an_administrator_lacks_nothing_anywhere() -> None:
    denied = channel(("9", 0, EVERYTHING))
    assert lacking(granted(guild(0, 1 << 3), MEMBER, denied)) == ()


def test_who_may_manage_the_server_organises() -> None:
    assert organises(1 << 5)
    assert organises(1 << 3)
    assert not organises(EVERYTHING)


def test_the_invitation_asks_for_what_is_needed_and_no_more() -> None:
    asked = parse_qs(urlsplit(invite_link("42")).query)
    assert asked["client_id"] == ["42"]
    assert asked["scope"] == ["bot applications.commands"]
    assert int(asked["permissions"][0]) == EVERYTHING
    assert not organises(EVERYTHING)
