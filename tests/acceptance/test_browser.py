"""A stranger plays in a browser, on the bot as `make run` starts it."""

import re

from playwright.async_api import Browser, Page, expect

from challenges.loader import load_catalogue
from runner.verdict import Verdict
from tests.acceptance.conftest import Start

VERDICT_TIMEOUT_MS = 60_000


async def type_line(page: Page, line: str) -> None:
    box = page.get_by_role("combobox")
    await box.fill(line)
    # The first Enter may take a completion; Escape leaves the list.
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")


async def submit(page: Page, source: str, *, attempt: int) -> None:
    """In the editor of that attempt; the earlier ones stay in the conversation."""
    editors = page.get_by_label("Tu código")
    await expect(editors).to_have_count(attempt)
    await editors.last.fill(source)
    await editors.last.press("Control+Enter")


async def test_a_stranger_chooses_a_name_and_plays(
    bot_process: Start, chromium: Browser
) -> None:
    bot = bot_process(CORDADA_LANGUAGE="es")
    await bot.start()
    elsewhere: list[str] = []
    context = await chromium.new_context(locale="es-CO")
    page = await context.new_page()
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(bot.url) else elsewhere.append(request.url)
        ),
    )
    await page.goto(bot.url)
    await page.get_by_label("Tu nombre").fill("Lucía")
    await page.get_by_role("button", name="Entrar").click()
    await page.wait_for_load_state("load")

    await type_line(page, "/reto hoy")
    write = page.get_by_role("button", name="Escribir mi solución").last
    await expect(write).to_be_visible()
    titles = await page.get_by_role("heading").all_inner_texts()
    challenge = next(
        one for one in load_catalogue().of_phase(1) if one.title.es in titles
    )
    wrong = next(
        one for one in challenge.samples if one.verdict is not Verdict.ACCEPTED
    )
    await write.click()
    await submit(page, wrong.source, attempt=1)
    again = page.get_by_role("button", name="Intentar de nuevo")
    await expect(again).to_be_visible(timeout=VERDICT_TIMEOUT_MS)

    await again.click()
    await submit(page, challenge.solution, attempt=2)
    accepted = page.get_by_text("aceptado. Pasan los")
    await expect(accepted).to_be_visible(timeout=VERDICT_TIMEOUT_MS)
    await expect(page.get_by_text(re.compile(r"Lucía resolvió"))).to_be_visible()

    await type_line(page, "/clasificacion")
    row = page.get_by_role("row").filter(has_text="Lucía")
    await expect(row).to_contain_text(re.compile(r"\d{2,3}"))

    await page.reload()
    await expect(page.get_by_text("aceptado. Pasan los")).to_be_visible()
    await expect(page.get_by_role("row").filter(has_text="Lucía")).to_be_visible()
    assert elsewhere == []
    await context.close()
