"""The page in Chromium, with a fake router behind it: what only a browser can show."""

import pytest
from playwright.async_api import Page, expect

from bot.chat.command import Command
from bot.chat.names import command_name
from bot.chat.table import COMMANDS
from bot.chat.texts import LANGUAGES, texts_in
from tests.acceptance.web.conftest import Open
from tests.fakes.web_browser import WebTrial
from tests.fakes.web_router import SOURCE, words

EN = texts_in("en")


async def enter(page: Page, name: str = "Ana") -> None:
    """By keyboard: the name has the focus."""
    await page.keyboard.type(name)
    await page.keyboard.press("Enter")
    await expect(page.locator("#line")).to_be_focused()


async def say(page: Page, line: str) -> None:
    await page.locator("#line").fill(line)
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")


async def test_keyboard_alone_goes_from_the_name_to_a_judged_answer(
    open_page: Open, trial: WebTrial
) -> None:
    page = await open_page()
    await enter(page)
    await say(page, "/challenge submit")
    editor = page.locator(".editor textarea")
    await expect(editor).to_be_focused()
    await page.keyboard.press("Control+End")
    await page.keyboard.type("if x:")
    await page.keyboard.press("Enter")
    await page.keyboard.type("y")
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".banner.waiting")).to_have_text("Judging")
    command = trial.router.asked[-1]
    assert isinstance(command, Command)
    assert command.options == {
        "challenge": "north-face",
        "code": SOURCE + "if x:\n    y",
    }
    await trial.chat.deliver(trial.router.places[-1], words("accepted"))
    await expect(page.locator(".answer").last).to_contain_text("accepted")
    await expect(page.locator(".banner.waiting")).to_have_count(0)


async def test_the_pages_open_beside_the_chat(open_page: Open) -> None:
    page = await open_page(width=360)
    await enter(page)
    async with page.expect_popup() as opening:
        await page.get_by_role("button", name=EN("web.to_pages")).click()
    pages = await opening.value
    await expect(pages.locator("body")).to_have_text("ok")
    assert pages.url.endswith("/healthz?member=1")
    await expect(page.locator("#line")).to_be_visible()
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360


async def test_tab_indents_and_escape_lets_out_of_the_editor(open_page: Open) -> None:
    page = await open_page()
    await enter(page)
    await say(page, "/challenge submit")
    editor = page.locator(".editor textarea")
    await expect(editor).to_be_focused()
    await editor.fill("a\nb")
    await page.keyboard.press("Control+A")
    await page.keyboard.press("Tab")
    await expect(editor).to_have_value("    a\n    b")
    await page.keyboard.press("Shift+Tab")
    await expect(editor).to_have_value("a\nb")
    await page.keyboard.press("Escape")
    await page.keyboard.press("Tab")
    await expect(editor).not_to_be_focused()
    await expect(editor).to_have_value("a\nb")


async def test_completion_is_a_combobox_that_keys_move(
    open_page: Open, trial: WebTrial
) -> None:
    page = await open_page()
    await enter(page)
    line = page.locator("#line")
    await expect(line).to_have_attribute("aria-expanded", "false")
    await page.keyboard.type("/challenge sh")
    option = page.locator(".suggestion")
    await expect(option).to_have_count(1)
    await expect(line).to_have_attribute("aria-expanded", "true")
    await expect(line).to_have_attribute("aria-activedescendant", "suggestion-0")
    await page.keyboard.press("Enter")
    await expect(line).to_have_value("/challenge show ")
    await expect(option).to_contain_text("challenge:")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Tab")
    await expect(line).to_have_value("/challenge show challenge:")
    await expect(option).to_have_count(2)
    await page.keyboard.press("ArrowDown")
    await expect(option.nth(1)).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Enter")
    await expect(line).to_have_value("/challenge show challenge:south-ridge ")
    await expect(option).to_have_count(0)
    await page.keyboard.press("Enter")
    await expect(page.locator(".answer")).to_contain_text("ran /challenge show")
    assert trial.router.asked == ["/challenge show challenge:south-ridge"]


async def test_whole_command_is_sent_by_one_enter(
    open_page: Open, trial: WebTrial
) -> None:
    page = await open_page()
    await enter(page)
    await page.keyboard.type("/help")
    await expect(page.locator(".suggestion")).to_have_count(1)
    await page.keyboard.press("Enter")
    await expect(page.locator(".answer")).to_contain_text("ran /help")
    assert trial.router.asked == ["/help"]


async def test_escape_closes_the_suggestions_and_keeps_the_line(
    open_page: Open,
) -> None:
    page = await open_page()
    await enter(page)
    await page.keyboard.type("/")
    await expect(page.get_by_role("listbox")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("listbox")).to_be_hidden()
    await expect(page.locator("#line")).to_have_value("/")


async def test_earlier_lines_come_back_also_after_a_reload(open_page: Open) -> None:
    page = await open_page()
    await enter(page)
    for text in ("first", "second"):
        await page.keyboard.type(text)
        await page.keyboard.press("Enter")
        await expect(page.locator("#line")).to_have_value("")
    await expect(page.locator(".answer p", has_text="read")).to_have_count(2)
    await page.reload()
    await expect(page.locator(".said")).to_have_count(2)
    line = page.locator("#line")
    await expect(line).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await expect(line).to_have_value("second")
    await page.keyboard.press("ArrowUp")
    await expect(line).to_have_value("first")
    await page.keyboard.press("ArrowDown")
    await expect(line).to_have_value("second")


async def test_shift_enter_makes_a_new_line(open_page: Open) -> None:
    page = await open_page()
    await enter(page)
    await page.keyboard.type("one")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("two")
    await expect(page.locator("#line")).to_have_value("one\ntwo")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_nothing_scrolls_sideways_on_a_phone(
    open_page: Open, language: str
) -> None:
    page = await open_page(width=320, language=language)
    await expect_no_sideways_scroll(page)
    await enter(page, "W" * 32)
    for line in ("/everything", "/leaderboard", "x" * 200, "/challenge submit"):
        await say(page, line)
    await expect(page.locator(".answer")).to_have_count(4)
    await page.locator("#people summary").click()
    await expect_no_sideways_scroll(page)


async def expect_no_sideways_scroll(page: Page) -> None:
    wider = await page.evaluate(
        """() => [document.documentElement, document.getElementById("log")]
        .filter((one) => one && one.scrollWidth > one.clientWidth)
        .map((one) => `${one.tagName} ${one.scrollWidth}`)"""
    )
    assert wider == []


CONTRASTS = """() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (rgb) => {
    const [r, g, b] = rgb.map((one) => one / 255)
      .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const [r, g, b, alpha = 1] = channels(getComputedStyle(one).backgroundColor);
      if (alpha === 1) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!own || !element.checkVisibility()) continue;
    const ink = light(channels(getComputedStyle(element).color).slice(0, 3));
    const paper = light(ground(element));
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (ratio < 4.5) faint.push(`${element.className}: ${ratio.toFixed(2)}`);
  }
  return faint;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_text_has_the_contrast_of_wcag_aa(
    open_page: Open, scheme: str
) -> None:
    page = await open_page(scheme=scheme)
    assert await page.evaluate(CONTRASTS) == []
    await enter(page)
    for line in ("/everything", "/leaderboard", "/fall", "/challenge submit"):
        await say(page, line)
    await expect(page.locator(".answer")).to_have_count(4)
    await page.locator("#people summary").click()
    await page.locator("#line").fill("/")
    await expect(page.get_by_role("listbox")).to_be_visible()
    assert await page.evaluate(CONTRASTS) == []


async def test_every_control_has_a_name(open_page: Open) -> None:
    page = await open_page()
    await enter(page)
    for line in ("/everything", "/challenge submit"):
        await say(page, line)
    await expect(page.locator(".answer")).to_have_count(2)
    nameless = await page.evaluate(
        """() => [...document.querySelectorAll("button, input, select, textarea")]
        .filter((one) => one.type !== "hidden" && !one.labels?.length)
        .filter((one) => !(one.matches("button") && one.textContent.trim()))
        .map((one) => one.outerHTML)"""
    )
    assert nameless == []
    assert await page.locator("[role=log][aria-label]").count() == 1


async def test_two_people_see_the_channel_and_not_each_others_answers(
    open_page: Open,
) -> None:
    ana, berta = await open_page(), await open_page()
    await enter(ana, "Ana")
    await enter(berta, "Berta")
    await say(ana, "/secret")
    await say(ana, "/leaderboard")
    await expect(berta.locator(".answer")).to_contain_text("Leaderboard")
    await expect(berta.locator(".asked")).to_contain_text("Ana")
    await expect(berta.locator("#log")).not_to_contain_text("/secret")


async def test_switching_person_in_one_tab_is_noticed_in_the_other(
    open_page: Open, trial: WebTrial, troubles: list[str]
) -> None:
    page = await open_page()
    await enter(page, "Ana")
    other = await page.context.new_page()
    await other.goto(page.url)
    await other.locator("#people summary").click()
    await other.locator("#person-name").fill("Berta")
    await other.keyboard.press("Enter")
    await expect(other.locator("#people summary")).to_contain_text("Berta")
    # The first tab still shows Ana: it must not speak as Berta.
    async with page.expect_navigation():
        await say(page, "/help")
    await expect(page.locator("#people summary")).to_contain_text("Berta")
    assert trial.router.asked == []
    # The browser itself reports the refusal.
    assert all("409" in one for one in troubles)
    troubles.clear()


async def test_changed_language_is_spoken_at_once(open_page: Open) -> None:
    page = await open_page()
    await enter(page)
    await say(page, "/settings language:es")
    await expect(page.locator("html")).to_have_attribute("lang", "es")
    await expect(page.locator("#line")).to_be_focused()
    await page.keyboard.type("/")
    name = command_name(texts_in("es"), COMMANDS[0])
    await expect(page.locator(".suggestion").first).to_contain_text(name)


async def test_lost_connection_is_said_and_nothing_typed_is_lost(
    open_page: Open, trial: WebTrial, troubles: list[str]
) -> None:
    page = await open_page()
    await enter(page)
    await page.context.set_offline(offline=True)
    await say(page, "my words")
    await expect(page.get_by_role("alert")).to_have_text(EN("web.fault.offline"))
    await expect(page.locator("#line")).to_have_value("my words")
    await page.context.set_offline(offline=False)
    await page.keyboard.press("Enter")
    await expect(page.locator(".answer")).to_contain_text("read")
    # The browser itself reports the request that could not be made.
    assert all("ERR_INTERNET_DISCONNECTED" in one for one in troubles)
    troubles.clear()
