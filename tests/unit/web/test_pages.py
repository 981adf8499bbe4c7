import json
import re

import httpx
import pytest

from bot.chat.command import Command
from bot.chat.names import command_name, spec_of
from bot.chat.reply import FileToKeep, Reply
from bot.chat.table import COMMANDS
from bot.chat.texts import LANGUAGES, texts_in
from bot.chat.web.body import Answered, Said, stored
from bot.chat.web.pages import BODY_LIMIT
from tests.fakes.web_browser import WebTrial
from tests.fakes.web_router import PNG, everything, words

EN = texts_in("en")


async def updates(
    trial: WebTrial, browser: httpx.AsyncClient, after: int, **headers: str
) -> list[tuple[int, str]]:
    """(entry, HTML) of what the stream has now; the chat is over then."""
    await trial.chat.close()
    response = await browser.get(f"/updates?after={after}", headers=headers)
    assert response.headers["content-type"].startswith("text/event-stream")
    found = [json.loads(data) for data in re.findall(r"data: (.*)", response.text)]
    return [(one["id"], one["html"]) for one in found]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_first_visit_asks_for_a_name_in_the_browsers_language(
    language: str,
) -> None:
    async with WebTrial().browser(language=f"{language}-419,fr;q=0.5") as browser:
        page = await browser.get("/")
    assert f'<html lang="{language}">' in page.text
    assert texts_in(language)("web.welcome.title") in page.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "reason"),
    [("", "empty"), ("Cordada", "taken"), ("\u202eana", "invisible")],
)
async def test_bad_name_is_told_kindly(language: str, name: str, reason: str) -> None:
    async with WebTrial().browser() as browser:
        page = await browser.post("/people", data={"name": name, "language": language})
        assert page.status_code == 422
        assert texts_in(language)(f"web.name.{reason}") in page.text
        assert 'aria-invalid="true"' in page.text
        assert not browser.cookies


async def test_page_shows_the_conversation_again_after_a_reload() -> None:
    trial = WebTrial()
    async with trial.speaking_as("Ana") as browser:
        await browser.post("/send", json={"speaker": "ana", "text": "/help <b>"})
        page = await browser.get("/")
    assert "/help &lt;b&gt;" in page.text
    assert "ran /help &lt;b&gt;" in page.text
    assert page.headers["cache-control"] == "no-store"


async def test_the_way_to_the_pages_signs_in_who_speaks_and_nobody_else() -> None:
    trial = WebTrial()
    async with trial.speaking_as("Ana") as browser:
        page = await browser.get("/")
        assert '<form class="to-pages" method="post" action="/enter"' in page.text
        sent_on = await browser.post("/enter")
    assert (sent_on.status_code, sent_on.headers["location"]) == (
        303,
        "/healthz?member=1",
    )
    assert sent_on.headers["cache-control"] == "no-store"
    async with trial.browser() as stranger:
        refused = await stranger.post("/enter")
        assert refused.headers["location"] == "/"
        # A link that is followed, or looked at, spends nothing.
        assert (await stranger.get("/enter")).status_code == 405


async def test_pressed_button_issues_its_command() -> None:
    trial = WebTrial()
    async with trial.speaking_as("Ana") as browser:
        await browser.post(
            "/press",
            json={
                "speaker": "ana",
                "path": ["challenge", "show"],
                "options": {"challenge": "north-face"},
            },
        )
    (command,) = trial.router.asked
    assert isinstance(command, Command)
    assert command.path == ("challenge", "show")
    assert command.options == {"challenge": "north-face"}
    assert command.actor.name == "Ana"


async def test_updates_resume_after_a_revision() -> None:
    trial = WebTrial()
    async with trial.speaking_as("Ana") as browser:
        for number in range(3):
            body = stored(Said(name="Ana", text=f"line {number}"))
            await trial.transcript.append(7, 1, body)
        assert [one for one, _ in await updates(trial, browser, 1)] == [2, 3]


async def test_last_event_id_goes_before_the_address() -> None:
    trial = WebTrial()
    async with trial.speaking_as("Ana") as browser:
        for _ in range(3):
            await trial.transcript.append(7, 1, stored(Said(name="Ana", text="x")))
        found = await updates(trial, browser, 0, **{"last-event-id": "2"})
    assert [one for one, _ in found] == [3]


async def test_changed_entry_is_sent_again_under_its_id() -> None:
    trial = WebTrial()
    async with trial.speaking_as("Ana") as browser:
        entry = await trial.transcript.append(
            7, 1, stored(Answered(reply=words("old")))
        )
        await trial.transcript.change(entry.id, stored(Answered(reply=words("new"))))
        ((changed, html),) = await updates(trial, browser, entry.revision)
    assert changed == entry.id
    assert f'id="entry-{entry.id}"' in html
    assert "new" in html


async def test_members_of_one_browser_have_their_own_logs() -> None:
    trial = WebTrial()
    async with trial.speaking_as("Ana") as browser:
        await browser.post("/send", json={"speaker": "ana", "text": "/secret"})
        await browser.post("/people", data={"name": "Berta"})
        page = await browser.get("/")
    assert "/secret" not in page.text
    assert 'value="Ana"' in page.text


async def test_page_of_somebody_else_cannot_speak_for_the_current_one() -> None:
    trial = WebTrial()
    async with trial.speaking_as("Ana") as browser:
        await browser.post("/people", data={"name": "Berta"})
        sent = await browser.post("/send", json={"speaker": "ana", "text": "/help"})
        stream = await browser.get("/updates?speaker=ana")
    assert (sent.status_code, stream.status_code) == (409, 409)
    assert trial.router.asked == []


@pytest.mark.parametrize(
    ("content", "kind", "status", "key"),
    [
        (b"{", "application/json", 422, "malformed"),
        (b"[]", "application/json", 422, "malformed"),
        (b'{"speaker":"ana","text":""}', "application/json", 422, "malformed"),
        (b'{"speaker":"ana","text":"x"}', "text/plain", 415, "malformed"),
        (b" " * (BODY_LIMIT + 1), "application/json", 413, "large"),
    ],
)
async def test_malformed_request_is_refused_with_a_sentence(
    content: bytes, kind: str, status: int, key: str
) -> None:
    async with WebTrial().speaking_as("Ana") as browser:
        response = await browser.post(
            "/send", content=content, headers={"content-type": kind}
        )
    assert response.status_code == status
    assert response.json() == {"message": EN(f"web.fault.{key}")}


@pytest.mark.parametrize("path", ["/updates", "/complete?line=/", "/picture/1/0"])
async def test_nobody_gets_nothing(path: str) -> None:
    async with WebTrial().browser() as browser:
        assert (await browser.get(path)).status_code == 401


async def test_answer_tells_that_the_language_changed() -> None:
    async with WebTrial().speaking_as("Ana") as browser:
        line = {"speaker": "ana", "text": "/settings language:es"}
        assert (await browser.post("/send", json=line)).json() == {"language": "es"}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_completion_speaks_the_members_language(language: str) -> None:
    spec = spec_of(COMMANDS, ("challenge", "today"))
    assert spec is not None
    name = command_name(texts_in(language), spec)
    async with WebTrial().speaking_as("Ana", language) as browser:
        found = (await browser.get("/complete", params={"line": name[:-1]})).json()
    assert found["items"][0]["label"] == name
    assert found["items"][0]["about"]


async def test_picture_is_for_who_may_see_its_entry() -> None:
    trial = WebTrial()
    index = next(
        place
        for place, block in enumerate(everything().blocks)
        if block.kind == "picture"
    )
    async with trial.speaking_as("Ana") as browser:
        await browser.post("/send", json={"speaker": "ana", "text": "/everything"})
        picture = await browser.get(f"/picture/2/{index}")
        assert (picture.content, picture.headers["content-type"]) == (PNG, "image/png")
        assert (await browser.get("/picture/2/0")).status_code == 404
        await browser.post("/people", data={"name": "Berta"})
        assert (await browser.get(f"/picture/2/{index}")).status_code == 404


async def test_page_asks_for_files_of_our_own_only() -> None:
    async with WebTrial().speaking_as("Ana") as browser:
        await browser.post("/send", json={"speaker": "ana", "text": "/everything"})
        page = (await browser.get("/")).text
        for address in re.findall(r'(?:src|<link[^>]+href)="([^"]+)"', page):
            assert (await browser.get(address)).status_code == 200, address
    assert "<style" not in page
    assert re.findall(r"<script(?![^>]* src=)", page) == []


async def test_the_browser_forgets_whom_we_have_forgotten() -> None:
    trial = WebTrial()
    async with trial.speaking_as("Ana") as browser:

        async def forget(*_: object) -> Reply:
            trial.transcript.forget(1)
            return words("gone")

        trial.router.run_line = forget  # type: ignore[assignment, method-assign]
        answer = await browser.post(
            "/send", json={"speaker": "ana", "text": "/privacy delete"}
        )
        page = await browser.get(answer.json()["go"])
        assert EN("web.forgotten") in page.text
        again = await browser.get("/")
        assert EN("web.welcome.title") in again.text
        assert EN("web.forgotten") not in again.text


async def test_a_file_is_handed_to_its_reader_alone() -> None:
    trial = WebTrial()
    async with trial.speaking_as("Ana") as browser:
        entry = await trial.transcript.append(
            7,
            1,
            stored(
                Answered(
                    reply=Reply(blocks=(FileToKeep("my.json", b"{}", "Your data"),))
                )
            ),
        )
        got = await browser.get(f"/file/{entry.id}/0")
        assert got.content == b"{}"
        assert got.headers["content-disposition"] == 'attachment; filename="my.json"'
        assert got.headers["cache-control"] == "no-store"
        await browser.post("/people", data={"name": "Ben"})
        assert (await browser.get(f"/file/{entry.id}/0")).status_code == 404
