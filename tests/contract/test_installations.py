import asyncio
from datetime import timedelta

import pytest

from bot.services.ports.installations import Installation, Installations, OAuthStates
from tests.fakes.clock import A_MONDAY

MINUTE = timedelta(minutes=1)


def of(
    team: str, sealed: bytes = b"\x00sealed\xff", platform: str = "slack"
) -> Installation:
    return Installation(platform=platform, external_id=team, sealed=sealed)


async def test_an_installation_comes_back_as_it_was(
    installations: Installations,
) -> None:
    await installations.put(of("T1"), A_MONDAY)
    assert await installations.find("slack", "T1") == of("T1")
    assert await installations.find("slack", "T2") is None
    assert await installations.find("discord", "T1") is None


async def test_who_installs_again_has_the_new_tokens(
    installations: Installations,
) -> None:
    await installations.put(of("T1", b"old"), A_MONDAY)
    await installations.put(of("T1", b"new"), A_MONDAY + MINUTE)
    assert await installations.find("slack", "T1") == of("T1", b"new")


async def test_all_of_a_platform_are_listed_and_no_others(
    installations: Installations,
) -> None:
    for one in (of("T2"), of("T1"), of("9", platform="discord")):
        await installations.put(one, A_MONDAY)
    assert list(await installations.all("slack")) == [of("T1"), of("T2")]


async def test_renewing_changes_what_is_there_and_makes_nothing(
    installations: Installations,
) -> None:
    assert not await installations.renew(of("T1", b"new"))
    assert await installations.find("slack", "T1") is None
    await installations.put(of("T1", b"old"), A_MONDAY)
    assert await installations.renew(of("T1", b"new"))
    assert await installations.find("slack", "T1") == of("T1", b"new")


async def test_one_alone_may_renew_until_it_has_or_its_time_is_over(
    installations: Installations,
) -> None:
    async def claim(minutes: int) -> bool:
        now = A_MONDAY + minutes * MINUTE
        return await installations.claim("slack", "T1", now, now + 2 * MINUTE)

    assert not await claim(0), "there is nothing to claim"
    await installations.put(of("T1"), A_MONDAY)
    assert sorted(await asyncio.gather(*(claim(0) for _ in range(4)))) == [
        False,
        False,
        False,
        True,
    ]
    assert not await claim(1)
    assert await claim(2), "whoever had it is gone"
    await installations.renew(of("T1", b"new"))
    assert await claim(2), "it was renewed"


@pytest.mark.parametrize(("told_at", "stays"), [(-1, True), (0, False), (1, False)])
async def test_late_news_of_leaving_remove_no_later_installation(
    installations: Installations, told_at: int, *, stays: bool
) -> None:
    await installations.put(of("T1"), A_MONDAY)
    before = A_MONDAY + told_at * MINUTE
    assert await installations.remove("slack", "T1", before) is not stays
    assert (await installations.find("slack", "T1") is not None) is stays
    assert not await installations.remove("slack", "T2", before)


async def test_a_state_is_good_once(oauth_states: OAuthStates) -> None:
    await oauth_states.issue("s1", A_MONDAY, A_MONDAY + MINUTE)
    assert not await oauth_states.consume("s2", A_MONDAY)
    together = (oauth_states.consume("s1", A_MONDAY) for _ in range(4))
    assert sorted(await asyncio.gather(*together)) == [False, False, False, True]


async def test_a_state_ends(oauth_states: OAuthStates) -> None:
    await oauth_states.issue("s1", A_MONDAY, A_MONDAY + MINUTE)
    assert not await oauth_states.consume("s1", A_MONDAY + MINUTE)


async def test_others_states_are_swept_only_when_they_are_over(
    oauth_states: OAuthStates,
) -> None:
    await oauth_states.issue("s1", A_MONDAY, A_MONDAY + 2 * MINUTE)
    await oauth_states.issue("s2", A_MONDAY + MINUTE, A_MONDAY + 3 * MINUTE)
    assert await oauth_states.consume("s1", A_MONDAY + MINUTE)
