"""A strict Slack on loopback, for the real slack-bolt and slack-sdk.

    async with FakeSlack(manifest, FakeClock()) as slack:
        client = AsyncWebClient(token=slack.bot_token, base_url=slack.base_url)
        app = AsyncApp(client=client, signing_secret=slack.application.signing_secret)
        … add listeners …

        # Socket Mode (give the handler the same kind of client):
        handler = AsyncSocketModeHandler(app, slack.app_token, web_client=client)
        await handler.connect_async()
        await slack.socket.connected()
        # or signed HTTP: slack.use_http("http://127.0.0.1:…/slack/events")

        ana = slack.add_person("ana", locale="es-ES")
        channel = slack.add_channel("reto", ana)
        seen = await ana.slash("/reto", "hoy", channel)
        assert seen.kind == "ephemeral" and "Reto de hoy" in seen.text
        seen = await ana.press("submit", expecting="view")
        seen = await ana.submit({"code": "print(1)"}, expecting="closed")
        assert slack.violations == []

What an application may do is read from its manifest: commands, shortcuts, scopes,
events, App Home. Anything that Slack forbids is refused with Slack's error name and,
where a sound application cannot meet it, written down in `slack.violations`; so is what
Slack lets through but we do not: no fallback text, a late acknowledgement, `&`, `<` or
`>` not escaped, mark-up that a member typed, a broadcast that the test did not `allow`,
previous blocks left to chance, previews of code, pictures without alt text.
Assert that there are none; a test that provokes one says `slack.take_violations()`.

The clock stands. `slack.advance(seconds)` moves it, fires what is overdue (not
acknowledged after 3 s, retries of events) and fills the buckets of the rate limits: a
test that does a lot advances between its acts. `slack.limit(method, s)` and
`slack.fail_next(method, error)` command a 429 or an error.

Each act of a `Person` returns a `Sight`, the first thing that they see from then on of
the kind `expecting`; `await ana.sees("changed")` waits for the next, and
`await slack.called("pins.add")` for what nobody sees. Nothing sleeps.
Several workspaces: `add_workspace`, then `install` by OAuth (`install_quietly` for a
token at once), `uninstall`. Tokens rotate when `slack.state.token_life` is set; give
`settings.authorize` an `AsyncTokenRotator` with our client, its own asks slack.com.
"""

from tests.fakes.slack.bell import NoAnswer
from tests.fakes.slack.forms import NotThere, Upload
from tests.fakes.slack.person import Person
from tests.fakes.slack.screen import Sight
from tests.fakes.slack.server import FakeSlack
from tests.fakes.slack.world import Channel, Message, View, Workspace

__all__ = [
    "Channel",
    "FakeSlack",
    "Message",
    "NoAnswer",
    "NotThere",
    "Person",
    "Sight",
    "Upload",
    "View",
    "Workspace",
]
