"""The community's pages in Chromium: what only a browser can show."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from importlib import import_module

import pytest
from playwright.async_api import Browser, Page, expect

from bot.chat.pages.links import certificate_path
from bot.chat.texts import LANGUAGES, texts_in
from bot.chat.web.server import WebServer, first_free
from bot.services.change_settings import Change, change_settings
from bot.services.friends import add_friend
from bot.services.today import todays_daily
from tests.contract.test_certificates import a_certificate
from tests.fakes.site import SiteTrial

HOST = "127.0.0.1"
NAMES = ("Ada", "Ben", "A" * 100, "مريم", "<b>Mallory", "José Ñandú")
PAGES = ("boards", "roadmap", "today", "profile")

FOCUSED = """() => [
    document.activeElement.innerText,
    getComputedStyle(document.activeElement).outlineStyle,
]"""

Visit = Callable[..., Awaitable[Page]]


@pytest.fixture
async def trial() -> SiteTrial:
    trial = SiteTrial()
    crew = await trial.crew(NAMES)
    await trial.score(crew[0], 80, "add-up")
    await todays_daily(trial.world, crew[0])
    return trial


@pytest.fixture
async def server(trial: SiteTrial) -> AsyncIterator[str]:
    async def nothing() -> None:
        pass

    with first_free(HOST, 0) as listener:
        port = listener.getsockname()[1]
    server = WebServer(trial.app, host=HOST, port=port, before_stop=nothing)
    await server.start()
    yield f"http://{HOST}:{server.port}"
    await server.stop()


@pytest.fixture
async def visit(chromium: Browser, server: str) -> AsyncIterator[Visit]:
    """A page of a browser of its own; it finds no fault and asks no other host."""
    opened = []

    async def visit(
        path: str, *, language: str = "en", scheme: str = "light", width: int = 1280
    ) -> Page:
        context = await chromium.new_context(
            base_url=server,
            locale=language,
            color_scheme="dark" if scheme == "dark" else "light",
            viewport={"width": width, "height": 800},
        )
        opened.append(context)
        context.set_default_timeout(20_000)
        page = await context.new_page()
        page.on("request", lambda request: _only_here(request.url, server))
        page.on("console", lambda message: _no_error(message.type, message.text))
        await page.goto(path)
        return page

    yield visit
    # Before the server goes: what a page still loads would find it gone.
    for context in opened:
        await context.close()


def _only_here(url: str, server: str) -> None:
    assert url.startswith(server)


def _no_error(kind: str, text: str) -> None:
    # Chromium tells of a page that was refused, too.
    assert kind != "error" or "(Forbidden)" in text or "(Not Found)" in text, text


async def faults(page: Page) -> list[str]:
    """What axe-core finds, with the elements that it finds it in."""
    axe = import_module("axe_playwright_python.base").AXE_SCRIPT
    await page.evaluate(axe)
    found = await page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['html']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("es", "light", 1280), ("en", "dark", 360)]
)
async def test_pages_are_for_everybody(
    trial: SiteTrial, visit: Visit, language: str, scheme: str, width: int
) -> None:
    """By axe-core, in both colours; nothing is wider than a phone."""
    link = await trial.link_for(await trial.join("Ada"))
    page = await visit(link, language=language, scheme=scheme, width=width)
    assert await faults(page) == []
    await page.get_by_role("main").get_by_role("button").click()
    for name in PAGES:
        await page.goto(f"/c/1/{name}")
        assert await page.locator("html").get_attribute("lang") == language
        assert await faults(page) == [], name
        wide = await page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, name
    await page.goto("/c/2/boards")
    assert await faults(page) == []
    holder = a_certificate(await trial.join("Ada"))
    async with trial.world.unit_of_work() as unit:
        await unit.certificates.put(replace(holder, name="Ñ" * 80))
        await unit.commit()
    await page.goto(certificate_path(holder.id))
    await expect(page.get_by_role("img", name="Certificado: Ñ")).to_be_visible()
    assert await faults(page) == []
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, "certificate"


async def test_keyboard_alone_signs_in_reads_on_and_signs_out(
    trial: SiteTrial, visit: Visit
) -> None:
    page = await visit(await trial.link_for(await trial.join("Ada")))

    async def go_to(label: str) -> None:
        for _ in range(60):
            await page.keyboard.press("Tab")
            name, outline = await page.evaluate(FOCUSED)
            if name.strip().endswith(label):
                assert outline != "none", "who uses keys must see where they are"
                return
        raise AssertionError(label)

    await page.keyboard.press("Tab")
    await expect(page.get_by_text("Skip to the content")).to_be_focused()
    await page.keyboard.press("Enter")
    await go_to("Sign in")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/boards#main")
    await go_to("this month")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**period=month")
    await go_to("Roadmap")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/roadmap")
    await go_to("Working with data and APIs")
    await page.keyboard.press("Enter")
    await expect(page.locator("#phase-3")).to_be_in_viewport()
    await go_to("Ada")
    await page.keyboard.press("Enter")
    await go_to("Sign out")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="For members")).to_be_visible()


async def test_profile_opens_from_the_board_unless_it_is_hidden(
    trial: SiteTrial, visit: Visit
) -> None:
    page = await visit(await trial.link_for(await trial.join("Ben")))
    await page.get_by_role("main").get_by_role("button").click()
    await page.get_by_role("link", name="Ada", exact=True).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Ada")
    await change_settings(trial.world, await trial.join("Ada"), Change(hidden=True))
    await page.reload()
    await expect(page.get_by_role("heading", level=1)).to_have_text(
        "There is nothing here"
    )
    await page.goto("/boards")
    await expect(page.get_by_role("row").filter(has_text="Ben")).to_be_visible()
    await expect(page.get_by_role("link", name="Ada", exact=True)).to_have_count(0)


async def test_friends_board_is_a_tab_of_its_own(
    trial: SiteTrial, visit: Visit
) -> None:
    ben = await trial.join("Ben")
    await add_friend(trial.world, ben, "ada")
    page = await visit(await trial.link_for(ben), width=360)
    await page.get_by_role("main").get_by_role("button").click()
    await page.get_by_role("link", name="Friends", exact=True).click()
    rows = page.get_by_role("row")
    await expect(rows.filter(has_text="Ada")).to_be_visible()
    await expect(rows).to_have_count(3)
    assert await faults(page) == []
    await page.get_by_role("link", name="this month", exact=True).click()
    await expect(
        page.get_by_role("link", name="Friends", exact=True)
    ).to_have_attribute("aria-current", "page")


async def test_language_changes_by_a_link_and_stays(
    trial: SiteTrial, visit: Visit
) -> None:
    page = await visit(await trial.link_for(await trial.join("Ada")))
    await page.get_by_role("main").get_by_role("button").click()
    for language in LANGUAGES:
        name = texts_in(language)(f"web.language.{language}")
        await page.get_by_role("contentinfo").get_by_role("link", name=name).click()
        roadmap = texts_in(language)("pages.nav.roadmap")
        await page.get_by_role("link", name=roadmap, exact=True).click()
        await expect(page.get_by_role("heading", level=1)).to_have_text(
            texts_in(language)("pages.roadmap.title")
        )
