"""From what a platform heard to what it shall say.

Command ─┐                                  ┌─► Reply, or Form
line ────┼─► who? ─► which spec? ─► handler ┤
Message ─┘                                  └─► refusal, in the member's language
"""

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

import structlog

from bot.chat.code_choice import ask_which
from bot.chat.command import (
    Actor,
    Audience,
    Command,
    CommandSpec,
    Message,
    OptionKind,
    Path,
    Place,
    Platform,
)
from bot.chat.commands.focus import challenge_in_hand, file_in_hand
from bot.chat.context import Context
from bot.chat.language import language_for, language_of_locale
from bot.chat.mentor_words import topic_completions
from bot.chat.names import choice_labels, spec_of
from bot.chat.operations import Permissions
from bot.chat.pages_address import ON_THIS_MACHINE, PagesAddress
from bot.chat.parse import ParseError, find_code, parse_line, read_options
from bot.chat.parse.errors import SeveralCodeBlocks, UnknownCommand
from bot.chat.parse.names import folded
from bot.chat.pictures.painter import Painter
from bot.chat.refusals import (
    fault_reply,
    personal_reply,
    refusal_reply,
    with_code,
)
from bot.chat.reply import Form, Reply, Visibility
from bot.chat.texts import LANGUAGES, Texts, texts_in
from bot.domain.calendar import is_zone
from bot.domain.member import Member
from bot.metrics import Metrics
from bot.services.enter import enter
from bot.services.errors import Refused, ServiceError
from bot.services.ports.members import Account
from bot.services.world import World

# Discord's bound, the tightest platform's.
COMPLETIONS = 25

# In logs and metrics: a message with code, and a command that does not exist.
MESSAGE: Path = ("code",)
UNKNOWN = "unknown"
SUBMIT: Path = ("challenge", "submit")

log = structlog.get_logger(__name__)


class Router:
    def __init__(
        self,
        world: World,
        table: Sequence[CommandSpec],
        metrics: Metrics,
        pages: PagesAddress | None = None,
        painter: Painter | None = None,
    ) -> None:
        self.table = table
        self._world = world
        self._metrics = metrics
        self._pages = pages
        self._painter = painter
        self.permissions: dict[Platform, Permissions] = {}
        """Of the platforms that were joined; each is written here as it is."""

    async def enter(self, actor: Actor, place: Place) -> Member:
        zone = actor.time_zone
        account = Account(
            platform=place.platform,
            external_id=actor.external_id,
            name=actor.name,
            language=actor.locale,
            # Ours may know fewer zones than the platform's.
            time_zone=zone if zone and is_zone(zone) else None,
        )
        return await enter(self._world, account, place.community)

    def language_of(self, member: Member, actor: Actor) -> str:
        return language_for(member, actor.locale)

    async def run(self, command: Command) -> Reply | Form:
        return await self._met(
            command.actor,
            command.place,
            lambda context: self._guarded(
                context,
                command.path,
                lambda: self._issue(context, command.path, command.options),
                self._code_in(command.path, command.options),
            ),
        )

    async def run_line(self, actor: Actor, place: Place, line: str) -> Reply | Form:
        """A typed slash line, in either language."""
        return await self._met(actor, place, lambda context: self._typed(context, line))

    async def _typed(self, context: Context, line: str) -> Reply | Form:
        try:
            parsed = parse_line(line, self.table, _spoken())
        except ParseError as error:
            self._count(UNKNOWN, "refused")
            return refusal_reply(context, error)
        return await self._guarded(
            context,
            parsed.path,
            lambda: self._issue(context, parsed.path, parsed.options),
            self._code_in(parsed.path, parsed.options),
        )

    def _code_in(self, path: Path, options: Mapping[str, str]) -> str | None:
        """What somebody would have to type again, were the command refused."""
        spec = spec_of(self.table, path)
        kinds = {one.name: one.kind for one in spec.options} if spec else {}
        code = (options[name] for name in options if kinds.get(name) is OptionKind.CODE)
        return next(code, None)

    async def read(self, message: Message) -> Reply | Form:
        """Free text: its one block of code is meant for the challenge in hand.

        A command whose slash was forgotten is understood all the same.
        """
        if not message.attachments and self._is_command(message.text):
            answer = await self.run_line(message.actor, message.place, message.text)
            return self._overheard(message, answer)

        async def judge_code(context: Context) -> Reply | Form:
            file = await file_in_hand(context)
            try:
                source = find_code(message.text, message.attachments, file)
            except SeveralCodeBlocks as several:
                # Of one that could be judged there is nothing to choose.
                is_choice = len(several.sources) > 1
                if not is_choice or message.path != SUBMIT:
                    raise
                challenge_id = await challenge_in_hand(context, {})
                return await ask_which(context, challenge_id, several.sources)
            return await self._issue(context, message.path, {"code": source})

        return await self._met(
            message.actor,
            message.place,
            lambda context: self._guarded(
                context, MESSAGE, lambda: judge_code(context)
            ),
        )

    def _overheard(self, message: Message, answer: Reply | Form) -> Reply | Form:
        """A message is answered where others may read along."""
        is_personal = (
            isinstance(answer, Reply) and answer.visibility is Visibility.PERSONAL
        )
        if not is_personal or message.place.platform in ON_THIS_MACHINE:
            return answer
        return personal_reply(texts_in(language_of_locale(message.actor.locale)))

    def _is_command(self, text: str) -> bool:
        try:
            parse_line(text, self.table, _spoken())
        except ParseError:
            return False
        return True

    async def complete(
        self, command: Command, option: str, typed: str
    ) -> Sequence[tuple[str, str]]:
        """(value, label) for an option half typed; empty where there is no list."""
        spec = spec_of(self.table, command.path)
        found = next(
            (one for one in spec.options if one.name == option) if spec else iter(()),
            None,
        )
        if spec is None or found is None:
            return ()
        context = await self._context(command.actor, command.place)
        if found.kind is OptionKind.CHALLENGE:
            challenges = self._world.catalogue.search(typed, context.language)
            return [
                (one.id, one.title.in_(context.language))
                for one in challenges[:COMPLETIONS]
            ]
        if found.kind is OptionKind.TOPICS:
            roadmap = self._world.catalogue.roadmap
            named = topic_completions(roadmap, context.language, typed)
            return list(islice(named, COMPLETIONS))
        if found.kind is OptionKind.MEMBER:
            community = context.member.community.id
            async with self._world.unit_of_work() as unit:
                return await unit.members.named(community, typed, COMPLETIONS)
        choices = choice_labels(context.texts, spec, found)
        begun = folded(typed)
        return [
            (value, label)
            for value, label in choices
            if folded(value).startswith(begun) or folded(label).startswith(begun)
        ]

    async def _met(
        self,
        actor: Actor,
        place: Place,
        answer: Callable[[Context], Awaitable[Reply | Form]],
    ) -> Reply | Form:
        """Who cannot be entered, with the database away, is answered all the same."""
        try:
            context = await self._context(actor, place)
        except Exception:
            log.exception("entering_failed", platform=place.platform)
            self._count(UNKNOWN, "failed")
            return fault_reply(texts_in(language_of_locale(actor.locale)))
        return await answer(context)

    async def _context(self, actor: Actor, place: Place) -> Context:
        member = await self.enter(actor, place)
        return Context(
            world=self._world,
            table=self.table,
            member=member,
            actor=actor,
            place=replace(place, locale=actor.locale),
            texts=texts_in(self.language_of(member, actor)),
            painter=self._painter,
            pages=self._pages.seen_from(place.platform) if self._pages else None,
            permissions=self.permissions.get(place.platform),
        )

    async def _issue(
        self, context: Context, path: Path, options: Mapping[str, str]
    ) -> Reply | Form:
        spec = spec_of(self.table, path)
        if spec is None:
            raise UnknownCommand((), " ".join(path), ())
        if spec.audience is Audience.ORGANISER and not context.actor.is_organiser:
            raise Refused("organisers_only")
        return await spec.handler(context, read_options(spec, options, _spoken()))

    async def _guarded(
        self,
        context: Context,
        path: Path,
        answer: Callable[[], Awaitable[Reply | Form]],
        source: str | None = None,
    ) -> Reply | Form:
        """Whatever goes wrong becomes a reply; what is ours is logged, too."""
        name = self._label(path)
        started_s = time.perf_counter()
        try:
            reply = await answer()
        except (ParseError, ServiceError) as error:
            self._count(name, "refused")
            refused = refusal_reply(context, error)
            if source is None:
                return refused
            heading = context.texts.line("refusal.your_code")
            return with_code(refused, heading, source)
        except Exception:
            self._count(name, "failed")
            log.exception("command_failed", command=name, member=context.member.id)
            return fault_reply(context.texts)
        self._count(name, "answered")
        seconds = time.perf_counter() - started_s
        self._metrics.command_seconds.labels(name).observe(seconds)
        return reply

    def _label(self, path: Path) -> str:
        # A press can name anything: each new name would be kept for ever.
        known = path == MESSAGE or spec_of(self.table, path) is not None
        return " ".join(path) if known else UNKNOWN

    def _count(self, command: str, outcome: str) -> None:
        self._metrics.commands.labels(command, outcome).inc()


def _spoken() -> tuple[Texts, ...]:
    """Commands are understood in every language, whatever the member's."""
    return tuple(map(texts_in, LANGUAGES))
