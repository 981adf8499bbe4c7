"""The fake as a whole: a server on loopback, and what a test does with it."""

from datetime import timedelta
from typing import Self

from aiohttp import ClientSession, web

from tests.fakes.clock import FakeClock
from tests.fakes.slack import posting
from tests.fakes.slack.buckets import Buckets
from tests.fakes.slack.delivery import Deliveries
from tests.fakes.slack.errors import Json, Refused
from tests.fakes.slack.methods import HANDLERS
from tests.fakes.slack.oauth import OAuth
from tests.fakes.slack.person import Person
from tests.fakes.slack.places import Places
from tests.fakes.slack.reference import Reference
from tests.fakes.slack.signed_http import SignedHttp
from tests.fakes.slack.socket_mode import SocketMode
from tests.fakes.slack.state import Call, State, Violation
from tests.fakes.slack.triggers import Triggers
from tests.fakes.slack.web_api import WebApi
from tests.fakes.slack.world import (
    Account,
    Application,
    Channel,
    ChannelKind,
    Message,
    Token,
    Workspace,
)

# A file and a view at their largest, with room for the form around them.
BODY_BYTES = 16_000_000


class FakeSlack:
    def __init__(
        self, manifest: Json, clock: FakeClock, reference: Reference | None = None
    ) -> None:
        self.clock = clock
        self.state = State(
            clock=clock,
            application=Application.of(manifest),
            reference=reference or Reference.read(),
            buckets=Buckets(clock=clock),
            triggers=Triggers(clock=clock),
        )
        self.socket = SocketMode(state=self.state)
        self.deliveries = Deliveries(state=self.state, transport=self.socket)
        self.socket.deliveries = self.deliveries
        self.state.emit = self.deliveries.emit
        self.oauth = OAuth(state=self.state)
        self.workspace = self.add_workspace("Py Madrid")
        self.bot_token = self.install_quietly(self.workspace)
        self.app_token = self._new_app_token()
        self._check_subscriptions()

    def _new_app_token(self) -> str:
        text = self.state.new_id("xapp-")
        self.state.tokens[text] = Token(
            text=text,
            kind="app",
            workspace=None,
            scopes=frozenset({"connections:write"}),
        )
        return text

    def _check_subscriptions(self) -> None:
        application = self.state.application
        for event in application.events:
            scopes = self.state.reference.events.get(event, frozenset())
            if scopes and not scopes & application.scopes:
                self.state.violate("event_without_scope", event, sorted(scopes))

    # The server.

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=BODY_BYTES)
        sockets = {"apps.connections.open": lambda _: {"url": self.socket.new_url()}}
        api = WebApi(state=self.state, oauth=self.oauth, handlers=HANDLERS | sockets)
        places = Places(state=self.state)
        app.router.add_route("*", "/api/{method}", api.handle)
        app.router.add_get("/link/", self.socket.connect)
        app.router.add_post("/commands/{path:.+}", places.respond)
        app.router.add_post("/upload/v1/{team}/{file}", places.upload)
        app.router.add_get("/files-pri/{file}/{name}", places.download)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.state.origin = f"http://{host}:{port}"
        self.session = ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.deliveries.stop()
        await self.socket.drop()
        await self.session.close()
        await self._runner.cleanup()

    @property
    def base_url(self) -> str:
        """For `AsyncWebClient(base_url=…)`."""
        return f"{self.state.origin}/api/"

    @property
    def application(self) -> Application:
        return self.state.application

    def use_http(self, url: str) -> SignedHttp:
        """Deliver there from now on, signed, and no longer over a socket."""
        http = SignedHttp(
            state=self.state,
            url=url,
            session=self.session,
            deliveries=self.deliveries,
        )
        self.deliveries.transport = http
        return http

    def advance(self, seconds: float) -> None:
        """Moves the clock, and whatever was waiting for it."""
        self.clock.advance(timedelta(seconds=seconds))
        self.deliveries.tick()

    async def acknowledged(self) -> None:
        """Waits until nothing that was sent is under way any more."""

        def over() -> bool | None:
            sent = self.deliveries.sent
            return all(one.answer.done() or one.again_at for one in sent) or None

        await self.state.bell.until(over, told=lambda: "an acknowledgement lacks")

    # Who and what there is.

    def add_workspace(self, name: str) -> Workspace:
        bot = Account(
            id=self.state.new_id("U"), name="cordada", bot_id=self.state.new_id("B")
        )
        workspace = Workspace(id=self.state.new_id("T"), name=name, bot=bot)
        workspace.accounts[bot.id] = bot
        self.state.workspaces[workspace.id] = workspace
        return workspace

    def add_person(
        self,
        name: str,
        *,
        locale: str = "en-US",
        time_zone: str = "Europe/Madrid",
        workspace: Workspace | None = None,
    ) -> Person:
        place = workspace or self.workspace
        account = Account(
            id=self.state.new_id("U"), name=name, locale=locale, time_zone=time_zone
        )
        place.accounts[account.id] = account
        return Person(
            state=self.state,
            deliveries=self.deliveries,
            account=account,
            workspace=place,
        )

    def add_channel(
        self,
        name: str,
        *people: Person,
        with_bot: bool = True,
        kind: ChannelKind = "channels",
    ) -> Channel:
        workspace = people[0].workspace if people else self.workspace
        accounts = [person.account for person in people]
        accounts += [workspace.bot] if with_bot else []
        channel = Channel(
            id=self.state.new_id("C"),
            name=name,
            kind=kind,
            workspace=workspace,
            members={account.id: account for account in accounts},
        )
        workspace.channels[channel.id] = channel
        return channel

    def enter(self, person: Person, channel: Channel) -> None:
        channel.members[person.id] = person.account
        event = {
            "type": "member_joined_channel",
            "user": person.id,
            "channel": channel.id,
            "channel_type": "C" if channel.kind == "channels" else "G",
            "team": person.workspace.id,
        }
        self.state.emit(person.workspace, event)

    def leave(self, person: Person, channel: Channel) -> None:
        del channel.members[person.id]
        event = {
            "type": "member_left_channel",
            "user": person.id,
            "channel": channel.id,
            "team": person.workspace.id,
        }
        self.state.emit(person.workspace, event)

    def add_group(self, workspace: Workspace | None = None) -> str:
        """The id of a user group with nobody in it."""
        group_id = self.state.new_id("S")
        (workspace or self.workspace).groups[group_id] = []
        return group_id

    def post_as(self, person: Person, channel: Channel, text: str) -> Message:
        """A message that was there before, of which no event was sent."""
        emit, self.state.emit = self.state.emit, lambda *_: None
        message = posting.post(self.state, channel, person.account, text=text)
        self.state.emit = emit
        return message

    # Installing and leaving.

    def install_quietly(self, workspace: Workspace) -> str:
        """As an organiser does by hand; the bot's token."""
        return self.oauth.new_token(workspace, self.application.scopes).text

    async def install(
        self,
        person: Person,
        install_url: str,
        *,
        deny: bool = False,
        state: str | None = None,
        redirect_url: str | None = None,
    ) -> tuple[int, str]:
        """By OAuth; see `OAuth.install`."""
        return await self.oauth.install(
            self.session,
            install_url,
            person.account,
            person.workspace,
            deny=deny,
            state=state,
            redirect_url=redirect_url,
        )

    def uninstall(self, workspace: Workspace) -> None:
        """Slack tells of it once with each event, in no certain order."""
        bot = {"oauth": [], "bot": [workspace.bot.id]}
        self.state.emit(workspace, {"type": "tokens_revoked", "tokens": bot})
        self.state.emit(workspace, {"type": "app_uninstalled"})
        for token in self.state.tokens.values():
            token.revoked |= token.workspace is workspace

    # Faults on command.

    def limit(self, method: str, retry_after_s: int) -> None:
        """The next calls of it are too many, until the clock has moved that far."""
        for workspace in self.state.workspaces.values():
            self.state.buckets.close(f"{method} {workspace.id}", retry_after_s)

    def fail_next(self, method: str, error: str = "internal_error") -> None:
        self.state.faults.setdefault(method, []).append(Refused(error))

    # The book of what was done and what went wrong.

    async def called(self, method: str, times: int = 1) -> Call:
        """Waits until it was called so often, and well; the last of these calls."""

        def look() -> Call | None:
            found = [
                call
                for call in self.state.calls
                if call.method == method and call.error is None
            ]
            return found[times - 1] if len(found) >= times else None

        story = [call.method for call in self.state.calls]
        return await self.state.bell.until(look, told=lambda: f"called: {story}")

    @property
    def violations(self) -> list[Violation]:
        return self.state.violations

    def take_violations(self) -> list[str]:
        """The rules broken so far, which the test expected; the book is empty again."""
        rules = [violation.rule for violation in self.state.violations]
        self.state.violations.clear()
        return rules

    def allow(self, mention: str) -> None:
        """A mention that the application may make: `<!channel>`, `<@U…>`."""
        self.state.allowed.add(mention)
