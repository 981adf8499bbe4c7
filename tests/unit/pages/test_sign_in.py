"""Who gets in, who does not, and what an attacker tries."""

import re
from datetime import timedelta

import httpx
import pytest

from bot.chat.pages.attempts import TRIES
from bot.services.sign_in import LINK_LASTS, SIGN_IN_LASTS, make_link, signed_in
from tests.fakes.site import HERE, SiteTrial

PUBLIC = "https://cordada.example"


async def test_looking_at_a_link_does_not_spend_it() -> None:
    trial = SiteTrial()
    ada = await trial.join("Ada")
    link = await trial.link_for(ada)
    async with trial.browser() as preview:
        for _ in range(3):
            page = await preview.get(link)
            assert page.status_code == 200
            assert "Ada" in page.text
        assert not preview.cookies
    async with trial.browser() as browser:
        assert (await browser.post(link)).status_code == 303


async def test_link_signs_in_once_and_leads_to_the_boards() -> None:
    trial = SiteTrial()
    ada = await trial.join("Ada")
    link = await trial.link_for(ada)
    async with trial.browser() as browser:
        answer = await browser.post(link)
        assert answer.headers["location"] == f"/c/{ada.community.id}/boards"
        assert (await browser.get(answer.headers["location"])).status_code == 200
    async with trial.browser() as thief:
        again = await thief.post(link)
        assert again.status_code == 410
        assert not thief.cookies


async def test_link_is_over_after_its_minutes() -> None:
    trial = SiteTrial()
    link = await trial.link_for(await trial.join("Ada"))
    trial.clock.advance(LINK_LASTS)
    async with trial.browser() as browser:
        assert (await browser.get(link)).status_code == 410
        assert (await browser.post(link)).status_code == 410


async def test_sign_in_is_over_after_its_days() -> None:
    trial = SiteTrial()
    ada = await trial.join("Ada")
    async with trial.signed_in(ada) as browser:
        trial.clock.advance(SIGN_IN_LASTS)
        page = await browser.get(f"/c/{ada.community.id}/roadmap")
        assert page.status_code == 403


@pytest.mark.parametrize(
    "asked",
    [
        "https://evil.example/c/1/boards",
        "//evil.example/c/1/boards",
        "/c/1/boards/../../../evil",
        "/c/1/boards@evil.example",
        "/c/1/boards\r\nLocation: https://evil.example",
        "javascript:alert(1)",
        "/\\evil.example",
        "/c/1/boards?x=//evil",
    ],
)
async def test_nobody_is_sent_on_to_another_site(asked: str) -> None:
    trial = SiteTrial()
    ada = await trial.join("Ada")
    async with trial.browser() as browser:
        answer = await browser.post(await trial.link_for(ada), params={"next": asked})
    assert answer.headers["location"] == f"/c/{ada.community.id}/boards"


async def test_one_is_sent_on_to_the_page_that_was_asked_for() -> None:
    trial = SiteTrial()
    ada = await trial.join("Ada")
    async with trial.browser() as browser:
        answer = await browser.post(await trial.link_for(ada, "/c/1/roadmap"))
    assert answer.headers["location"] == "/c/1/roadmap"


async def test_a_planted_cookie_is_never_the_one_that_is_signed_in() -> None:
    trial = SiteTrial()
    ada = await trial.join("Ada")
    async with trial.browser() as browser:
        browser.cookies.set("cordada_sign_in", "planted-by-mallory")
        await browser.post(await trial.link_for(ada))
    assert await signed_in(trial.world, "planted-by-mallory") is None


async def test_signing_in_again_ends_what_the_browser_had() -> None:
    trial = SiteTrial()
    ada = await trial.join("Ada")
    async with trial.signed_in(ada) as browser:
        before = browser.cookies["cordada_sign_in"]
        await browser.post(await trial.link_for(ada))
        assert browser.cookies["cordada_sign_in"] != before
    assert await signed_in(trial.world, before) is None


@pytest.mark.parametrize("cookie", ["", "x", "é", "1", "a" * 4000, "' OR 1=1 --"])
async def test_forged_cookie_is_nobodys(cookie: str) -> None:
    trial = SiteTrial()
    ada = await trial.join("Ada")
    async with trial.browser() as browser:
        page = await browser.get(
            f"/c/{ada.community.id}/profile",
            headers={b"cookie": f"cordada_sign_in={cookie}".encode()},
        )
    assert page.status_code == 403


async def test_another_communitys_member_sees_what_a_stranger_sees() -> None:
    trial = SiteTrial()
    ada = await trial.join("Ada", "home")
    eve = await trial.join("Eve", "elsewhere")
    await trial.score(ada, 100)
    async with trial.signed_in(eve) as spy:
        seen = {
            await _seen(spy, f"/c/{community}/{page}")
            for community in (ada.community.id, 404)
            for page in ("boards", "roadmap", "today", "profile", f"members/{ada.id}")
        }
        own = await spy.get(f"/c/{eve.community.id}/members/{ada.id}")
    assert len(seen) == 1, "there is nothing to tell a community from none"
    assert own.status_code == 404


async def _seen(browser: httpx.AsyncClient, address: str) -> tuple[int, str]:
    page = await browser.get(address)
    assert "Ada" not in page.text
    return page.status_code, page.text.replace(address, "…")


async def test_sign_out_ends_this_browser_and_no_other() -> None:
    trial = SiteTrial()
    ada = await trial.join("Ada")
    async with trial.signed_in(ada) as one, trial.signed_in(ada) as other:
        kept = dict(one.cookies)
        await one.post("/sign-out")
        assert not one.cookies
        one.cookies.update(kept)
        assert (await one.get("/c/1/profile")).status_code == 403
        assert (await other.get("/c/1/profile")).status_code == 200


async def test_sign_out_everywhere_ends_every_browser_and_link() -> None:
    trial = SiteTrial()
    ada = await trial.join("Ada")
    async with trial.signed_in(ada) as one, trial.signed_in(ada) as other:
        link = await trial.link_for(ada)
        await one.post("/sign-out", data={"everywhere": "yes"})
        assert (await other.get("/c/1/profile")).status_code == 403
        assert (await other.get(link)).status_code == 410


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
async def test_other_sites_can_neither_sign_in_nor_out(origin: str) -> None:
    trial = SiteTrial()
    ada = await trial.join("Ada")
    async with trial.browser(origin=origin) as forged:
        assert (await forged.post(await trial.link_for(ada))).status_code == 403
        assert (await forged.post("/sign-out")).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", ""])
async def test_a_name_that_is_not_ours_is_answered_nothing(host: str) -> None:
    trial = SiteTrial(url=PUBLIC)
    ada = await trial.join("Ada")
    async with trial.browser() as browser:
        for address in ("/", "/c/1/boards", await trial.link_for(ada)):
            page = await browser.get(address, headers={"host": host})
            assert page.status_code == 400


async def test_cookie_is_locked_to_the_host_where_pages_are_encrypted() -> None:
    trial = SiteTrial(url=PUBLIC)
    ada = await trial.join("Ada")
    # TLS ended before us: we are asked over plain HTTP.
    async with trial.browser(host="cordada.example") as browser:
        browser.base_url = "http://cordada.example"
        answer = await browser.post(await trial.link_for(ada))
    cookie = answer.headers["set-cookie"]
    name, *attributes = re.split("; ?", cookie)
    assert name.startswith("__Host-cordada=")
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= set(attributes)
    assert not any(one.startswith("Domain") for one in attributes)


async def test_cookie_on_this_machine_is_hidden_from_scripts() -> None:
    trial = SiteTrial()
    async with trial.browser() as browser:
        answer = await browser.post(await trial.link_for(await trial.join("Ada")))
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=lax" in answer.headers["set-cookie"]


async def test_guesses_are_bounded() -> None:
    trial = SiteTrial()
    async with trial.browser() as guesser:
        tries = [await guesser.post(f"/sign-in/{n}") for n in range(TRIES)]
        # A refused sign-in looks at the link once more, to say what to do.
        assert {one.status_code for one in tries} <= {410, 429}
        late = await guesser.post("/sign-in/x")
        assert late.status_code == 429
        assert int(late.headers["retry-after"]) > 0
        trial.clock.advance(timedelta(minutes=11))
        assert (await guesser.get("/sign-in/x")).status_code == 410


async def test_the_store_holds_no_secret() -> None:
    trial = SiteTrial()
    ada = await trial.join("Ada")
    secret = await make_link(trial.world, ada)
    assert len(secret) >= 43, "256 bits"
    async with trial.signed_in(ada) as browser:
        cookie = browser.cookies["cordada_sign_in"]
    held = repr(vars(trial.store))
    assert secret not in held
    assert cookie not in held


async def test_no_answer_about_a_link_is_kept() -> None:
    trial = SiteTrial()
    async with trial.browser() as browser:
        page = await browser.get(await trial.link_for(await trial.join("Ada")))
    assert page.headers["cache-control"] == "no-store"
    assert HERE not in page.text, "addresses come from the settings, never from Host"
