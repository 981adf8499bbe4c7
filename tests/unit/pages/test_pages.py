"""What the pages show, to whom, in which language."""

import re
from dataclasses import replace
from itertools import pairwise

import httpx
import pytest

from bot.chat.texts import LANGUAGES, texts_in
from bot.domain.audit import AuditEntry
from bot.services.board_page import PAGE_ROWS
from bot.services.change_settings import Change, change_settings
from bot.services.friends import add_friend
from bot.services.open_boards import set_open
from bot.services.ports.unit_of_work import UnitOfWork
from bot.services.today import todays_daily
from tests.fakes.site import SiteTrial

HOSTILE = "<script>alert(1)</script>\u202eana"


def headings(html: str) -> list[int]:
    return [int(level) for level in re.findall(r"<h([1-6])[ >]", html)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["boards", "roadmap", "today", "profile"])
async def test_every_page_is_whole_in_each_language(name: str, language: str) -> None:
    trial = SiteTrial()
    ada, *_ = await trial.crew(["Ada", "Ben"])
    await todays_daily(trial.world, ada)
    async with trial.signed_in(ada, language) as browser:
        page = await browser.get(f"/c/{ada.community.id}/{name}")
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    for other in LANGUAGES:
        assert f'hreflang="{other}" href="/c/1/{name}?lang={other}"' in page.text
    levels = headings(page.text)
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels)), levels
    assert "style=" not in page.text, "the content security policy forbids it"
    assert 'aria-current="page"' in page.text


async def test_language_asked_for_goes_on_from_page_to_page() -> None:
    trial = SiteTrial()
    ada = await trial.join("Ada")
    async with trial.signed_in(ada, "en") as browser:
        page = await browser.get("/c/1/boards?period=month&lang=es")
    assert '<html lang="es">' in page.text
    assert 'href="/c/1/roadmap?lang=es"' in page.text
    assert 'href="/c/1/boards?period=month&amp;lang=en"' in page.text


async def test_members_own_choice_of_language_comes_before_the_browsers() -> None:
    trial = SiteTrial()
    ada = await trial.join("Ada")
    await change_settings(trial.world, ada, Change(language="es"))
    async with trial.signed_in(ada, "en") as browser:
        page = await browser.get("/c/1/boards")
    assert '<html lang="es">' in page.text


async def test_friends_board_has_whom_one_follows_and_is_nobody_elses() -> None:
    trial = SiteTrial()
    ada, ben, cleo = await trial.crew(["Ada", "Ben", "Cleo"])
    await add_friend(trial.world, cleo, "ada")
    async with trial.signed_in(cleo) as browser:
        page = await browser.get("/c/1/boards?among=friends")
        assert [
            name for name in ("Ada", "Ben", "Cleo") if f">{name}<" in page.text
        ] == [
            "Ada",
            "Cleo",
        ]
        assert 'class="own" id="me"' in page.text
        assert "Leaderboard among friends" in page.text
        # Of the two of them, though third in the community.
        assert "Rank 2<" in page.text
        for wrong in ("among=foes", "among=friends&by=reputation"):
            assert (await browser.get(f"/c/1/boards?{wrong}")).status_code == 404
    async with trial.signed_in(ben) as browser:
        alone = await browser.get("/c/1/boards?among=friends")
    assert "/friends add" in alone.text
    await set_open(trial.world, ada, is_open=True)
    async with trial.browser() as stranger:
        board = await stranger.get("/c/1/boards")
        assert board.status_code == 200
        assert "among=friends" not in board.text
        assert (await stranger.get("/c/1/boards?among=friends")).status_code == 404


async def test_board_shows_ranks_pages_and_the_own_row() -> None:
    trial = SiteTrial()
    crew = await trial.crew([f"Member {n}" for n in range(PAGE_ROWS + 3)])
    last = crew[-1]
    async with trial.signed_in(last) as browser:
        first = await browser.get("/c/1/boards")
        assert first.text.count('<th scope="row">') == PAGE_ROWS
        assert "Rank 28" in first.text
        second = await browser.get(_link(first, 'rel="next" '))
        assert second.text.count('<th scope="row">') == 3
        assert 'rel="next"' not in second.text
        back = await browser.get(_link(second, 'rel="prev" '))
        assert _names(back) == _names(first)
        around = await browser.get(_link(first, "", "#me"))
    assert 'class="own" id="me"' in around.text
    assert _names(around)[-3:] == _names(second)
    assert 'rel="prev"' in around.text


def _link(page: httpx.Response, before: str, end: str = "") -> str:
    found = re.search(f'{before}href="([^"#]+){end}"', page.text)
    assert found is not None
    return found[1].replace("&amp;", "&")


def _names(page: httpx.Response) -> list[str]:
    return re.findall("<bdi>(.+?)</bdi></a>", page.text)


@pytest.mark.parametrize(
    "query",
    ["period=day", "phase=8", "phase=-1", "by=x", "after=٣", f"after={'9' * 19}"],
)
async def test_board_that_there_is_not_is_not_found(query: str) -> None:
    trial = SiteTrial()
    async with trial.signed_in(await trial.join("Ada")) as browser:
        assert (await browser.get(f"/c/1/boards?{query}")).status_code == 404


async def test_names_are_text_and_turn_nothing_round() -> None:
    trial = SiteTrial()
    ada, _ = await trial.crew(["Ada", HOSTILE])
    async with trial.signed_in(ada) as browser:
        page = await browser.get("/c/1/boards")
    assert "<script>" not in page.text
    assert "<bdi>&lt;script&gt;" in page.text


async def test_boards_are_for_members_until_organisers_open_them() -> None:
    trial = SiteTrial()
    ada, ben = await trial.crew(["Ada", "Ben"])
    await change_settings(trial.world, ben, Change(hidden=True))
    async with trial.browser() as stranger:
        assert (await stranger.get("/c/1/boards")).status_code == 403
        await set_open(trial.world, ada, is_open=True)
        page = await stranger.get("/c/1/boards")
        assert page.status_code == 200
        assert "Ada" in page.text
        assert "Ben" not in page.text, "who hides is on no board"
        assert "/members/" not in page.text, "profiles stay with members"
        assert (await stranger.get(f"/c/1/members/{ada.id}")).status_code == 403
        await set_open(trial.world, ada, is_open=False)
        assert (await stranger.get("/c/1/boards")).status_code == 403
    acts = [entry.act for entry in await _audited(trial)]
    assert acts == ["boards_closed", "boards_opened"]


async def _audited(trial: SiteTrial) -> list[AuditEntry]:
    async with trial.world.unit_of_work() as unit:
        return [one.entry for one in await unit.audit.read(1, limit=9)]


async def test_profile_is_shown_to_others_only_if_its_member_is() -> None:
    trial = SiteTrial()
    ada, ben = await trial.crew(["Ada", "Ben"])
    async with trial.signed_in(ben) as browser:
        assert (await browser.get(f"/c/1/members/{ada.id}")).status_code == 200
        await change_settings(trial.world, ada, Change(hidden=True))
        hidden = await browser.get(f"/c/1/members/{ada.id}")
        nobody = await browser.get("/c/1/members/404")
    assert hidden.status_code == nobody.status_code == 404
    assert "Ada" not in hidden.text
    async with trial.signed_in(ada) as browser:
        assert (await browser.get("/c/1/profile")).status_code == 200
        assert (await browser.get(f"/c/1/members/{ada.id}")).status_code == 200


async def test_today_shows_the_statement_and_never_a_solution() -> None:
    trial = SiteTrial()
    ada = await trial.join("Ada")
    async with trial.signed_in(ada) as browser:
        before = await browser.get("/c/1/today")
        assert texts_in("en")("pages.today.none", phase=1) in before.text
        assert not trial.store.dailies, "looking chooses nothing"
        await todays_daily(trial.world, ada)
        page = await browser.get("/c/1/today")
    assert "Adding up the till" in page.text
    assert "Write <code>add</code>" in page.text
    assert "return a + b" not in page.text
    assert trial.store.members[ada.id].focus is None


async def test_roadmap_shows_where_the_member_stands() -> None:
    trial = SiteTrial()
    ada = await trial.join("Ada")
    await trial.score(ada, 10, "add-up")
    async with trial.signed_in(ada) as browser:
        page = await browser.get("/c/1/roadmap")
    assert "You have mastered 1 of 76 skills." in page.text
    assert page.text.count('<section class="phase') == 7
    assert page.text.count('<article class="topic">') == 25
    assert page.text.count('<li class="skill ') == 76


async def test_roadmap_itself_is_no_secret() -> None:
    trial = SiteTrial()
    async with trial.browser() as stranger:
        page = await stranger.get("/roadmap")
    assert page.status_code == 200
    assert page.text.count('<li class="skill ') == 76
    assert "You have mastered" not in page.text


@pytest.mark.parametrize("name", ["boards", "roadmap", "today", "profile"])
async def test_short_addresses_lead_members_to_their_community(name: str) -> None:
    trial = SiteTrial()
    async with trial.signed_in(await trial.join("Ada")) as browser:
        answer = await browser.get(f"/{name}?lang=es")
    assert answer.headers["location"] == f"/c/1/{name}?lang=es"


async def test_unchanged_page_is_not_sent_again() -> None:
    trial = SiteTrial()
    ada, ben = await trial.crew(["Ada", "Ben"])
    async with trial.signed_in(ada) as browser:
        page = await browser.get("/c/1/boards")
        assert page.headers["cache-control"] == "private, no-cache"
        tag = {"if-none-match": page.headers["etag"]}
        again = await browser.get("/c/1/boards", headers=tag)
        assert (again.status_code, again.text) == (304, "")
        await trial.score(ben, 500, "other")
        assert (await browser.get("/c/1/boards", headers=tag)).status_code == 200


async def test_a_page_asks_the_database_a_handful_of_times() -> None:
    """However long the board is: no query a row."""
    trial = SiteTrial()
    ada, *_ = await trial.crew([f"Member {n}" for n in range(40)])
    units = 0
    make = trial.world.unit_of_work

    def counted() -> UnitOfWork:
        nonlocal units
        units += 1
        return make()

    counting = SiteTrial(world=replace(trial.world, unit_of_work=counted))
    async with counting.signed_in(ada) as browser:
        units = 0
        await browser.get("/c/1/boards")
    assert units == 2
