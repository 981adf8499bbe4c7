"""`/mentor` offer, request, pause: what mentors give and mentees look for."""

from collections.abc import Mapping

from bot.chat.buttons import action
from bot.chat.command import CommandSpec, Option, OptionKind
from bot.chat.context import Context
from bot.chat.daily_words import phases_in, read_phases
from bot.chat.mentor_words import languages_in, read_languages, read_topics
from bot.chat.pairing_view import rules, topics_line
from bot.chat.reply import (
    Banner,
    Block,
    Button,
    Buttons,
    FieldKind,
    Fields,
    Form,
    FormField,
    Heading,
    Moment,
    Reply,
    Text,
    Tone,
)
from bot.chat.texts import Texts, plain
from bot.chat.waiting_words import waiting_line
from bot.chat.week_words import hours_in, read_hours
from bot.domain.pairing.life import LONGEST_WEEKS, SHORTEST_WEEKS, USUAL_WEEKS
from bot.domain.pairing.standing import MOST_MENTEES
from bot.services.offer_mentoring import (
    MOST_PAUSED_DAYS,
    MentorWish,
    OfferView,
    offer_mentoring,
    pause_offer,
    read_offer,
    topics_behind,
)
from bot.services.request_mentor import (
    MenteeWish,
    RequestView,
    request_mentor,
    share_request,
    suggest_topics,
)
from challenges.roadmap import Roadmap

GOAL_LENGTH = 500
"""A paragraph: what is longer is for the first hour."""
HOURS_LENGTH = 300
NAMES_LENGTH = 600
WEEKS_SHOWN = (4, 6, 8, 12, 16, 20, 24)


async def handle_offer(context: Context, options: Mapping[str, str]) -> Reply | Form:
    """Without options the form, with what is offered now."""
    if not options:
        return await _offer_form(context)
    view = await offer_mentoring(context.world, context.member, _wish(context, options))
    texts = context.texts
    saved = Banner(texts.line("mentor.offer.saved"), Tone.GOOD)
    found = len(view.found)
    news = [Text(texts.line("mentor.offer.found", found))] if found else []
    return Reply(blocks=(saved, *news, *offer_blocks(context, view)))


def _wish(context: Context, options: Mapping[str, str]) -> MentorWish:
    roadmap = context.world.catalogue.roadmap
    phases = options.get("phases")
    capacity = options.get("capacity")
    return MentorWish(
        topics=read_topics(roadmap, options["topics"]) if "topics" in options else None,
        phases=None if phases is None else read_phases(phases),
        languages=read_languages(options["languages"])
        if "languages" in options
        else None,
        hours=read_hours(options["hours"]) if "hours" in options else None,
        capacity=None if capacity is None else int(capacity),
    )


def offer_blocks(context: Context, view: OfferView) -> tuple[Block, ...]:
    texts, offer = context.texts, view.offer
    now = context.world.now()
    hours = hours_in(texts.language, offer.hours)
    facts = [
        (
            texts("mentor.fact.topics"),
            topics_line(texts, context.world.catalogue.roadmap, offer.topics),
        ),
        (
            texts("mentor.fact.phases"),
            plain(phases_in(offer.phases) if offer.phases else texts("mentor.behind")),
        ),
        (
            texts("mentor.fact.languages"),
            plain(languages_in(texts.language, offer.languages)),
        ),
        (texts("mentor.fact.hours"), plain(f"{hours} ({context.member.zone})")),
        (
            texts("mentor.fact.places"),
            texts.line("mentor.places", None, taken=view.mentees, of=offer.capacity),
        ),
    ]
    edit = Button(texts("mentor.button.edit"), action("mentor", "offer"))
    blocks: list[Block] = [Heading(texts.line("mentor.offer.title"))]
    if offer.paused_until is not None and offer.is_paused(now):
        until = Moment(offer.paused_until)
        paused = texts.line("mentor.offer.paused", None, at=until)
        blocks.append(Banner(paused, Tone.WAITING))
        turn = Button(
            texts("mentor.button.resume"), action("mentor", "pause", days="0")
        )
    else:
        turn = Button(
            texts("mentor.button.pause"), action("mentor", "pause", days="14")
        )
    return (*blocks, Fields(tuple(facts)), Buttons((edit, turn)))


async def _offer_form(context: Context) -> Form:
    texts, view = context.texts, await read_offer(context.world, context.member)
    offer = None if view is None else view.offer
    topics = offer.topics if offer else topics_behind(context.world, context.member)
    roadmap = context.world.catalogue.roadmap
    phases = offer.phases if offer else frozenset[int]()
    return Form(
        title=texts("mentor.offer.title"),
        action=action("mentor", "offer"),
        submit=texts("form.save"),
        fields=(
            _topics_field(texts, roadmap, topics, "mentor.form.topics_known"),
            FormField(
                name="phases",
                label=texts("mentor.form.phases"),
                value=phases_in(phases),
                required=False,
                max_length=40,
            ),
            _languages_field(texts, offer.languages if offer else (context.language,)),
            _hours_field(texts, hours_in(texts.language, offer.hours) if offer else ""),
            FormField(
                name="capacity",
                label=texts("mentor.form.capacity"),
                kind=FieldKind.CHOICE,
                value=str(offer.capacity if offer else 1),
                choices=tuple((str(n), str(n)) for n in range(1, MOST_MENTEES + 1)),
            ),
        ),
    )


async def handle_request(context: Context, options: Mapping[str, str]) -> Reply | Form:
    """Without options the form, with what they fail in."""
    if not options:
        return await _request_form(context)
    texts = context.texts
    if options.keys() == {"share"}:
        shares = options["share"] == "true"
        await share_request(context.world, context.member, shares=shares)
        key = "mentor.request.shared" if shares else "mentor.request.unshared"
        return Reply(blocks=(Banner(texts.line(key), Tone.GOOD),))
    roadmap = context.world.catalogue.roadmap
    topics = options.get("topics")
    wish = MenteeWish(
        topics=await suggest_topics(context.world, context.member)
        if topics is None
        else read_topics(roadmap, topics),
        goal=options.get("goal", "")[:GOAL_LENGTH],
        languages=read_languages(options["languages"])
        if "languages" in options
        else (),
        hours=read_hours(options["hours"]) if "hours" in options else frozenset(),
        weeks=int(options.get("weeks", USUAL_WEEKS)),
        shares=options.get("share") == "true",
    )
    view = await request_mentor(context.world, context.member, wish)
    return Reply(blocks=(*_asked(context, view), *request_blocks(context, view)))


def _asked(context: Context, view: RequestView) -> tuple[Block, ...]:
    texts = context.texts
    if view.found is not None:
        return (Banner(texts.line("mentor.request.found"), Tone.GOOD),)
    return (
        Banner(texts.line("mentor.request.waiting", view.ahead), Tone.WAITING),
        Text(waiting_line(texts, view.waiting)),
    )


def request_blocks(context: Context, view: RequestView) -> tuple[Block, ...]:
    texts, request = context.texts, view.request
    hours = hours_in(texts.language, request.hours)
    facts = (
        (
            texts("mentor.fact.topics"),
            topics_line(texts, context.world.catalogue.roadmap, request.topics),
        ),
        (texts("mentor.fact.goal"), plain(request.goal)),
        (
            texts("mentor.fact.languages"),
            plain(languages_in(texts.language, request.languages)),
        ),
        (texts("mentor.fact.hours"), plain(f"{hours} ({context.member.zone})")),
        (texts("mentor.fact.weeks"), texts.line("mentor.weeks", request.weeks)),
    )
    share = "off" if request.shares else "on"
    turn = action("mentor", "request", share="false" if request.shares else "true")
    withdraw = action("mentor", "end", what="request")
    return (
        Heading(texts.line("mentor.request.title")),
        Fields(facts),
        Text(texts.line("mentor.request.seen")),
        Buttons(
            (
                Button(texts(f"mentor.button.share_{share}"), turn),
                Button(texts("mentor.button.withdraw"), withdraw),
            )
        ),
        rules(texts),
    )


async def _request_form(context: Context) -> Form:
    texts = context.texts
    topics = await suggest_topics(context.world, context.member)
    roadmap = context.world.catalogue.roadmap
    return Form(
        title=texts("mentor.request.title"),
        action=action("mentor", "request"),
        submit=texts("mentor.form.ask"),
        fields=(
            _topics_field(texts, roadmap, topics, "mentor.form.topics_wanted"),
            FormField(
                name="goal",
                label=texts("mentor.form.goal"),
                kind=FieldKind.PARAGRAPH,
                max_length=GOAL_LENGTH,
            ),
            _languages_field(texts, (context.language,)),
            _hours_field(texts, ""),
            FormField(
                name="weeks",
                label=texts("mentor.form.weeks"),
                kind=FieldKind.CHOICE,
                value=str(USUAL_WEEKS),
                choices=tuple((str(n), str(n)) for n in WEEKS_SHOWN),
            ),
        ),
    )


def _topics_field(
    texts: Texts, roadmap: Roadmap, topics: tuple[str, ...], label: str
) -> FormField:
    names = [roadmap.topic(one).name.in_(texts.language) for one in topics]
    return FormField(
        name="topics",
        label=texts(label),
        kind=FieldKind.PARAGRAPH,
        value="\n".join(names)[:NAMES_LENGTH],
        max_length=NAMES_LENGTH,
    )


def _languages_field(texts: Texts, languages: tuple[str, ...]) -> FormField:
    return FormField(
        name="languages",
        label=texts("mentor.form.languages"),
        value=languages_in(texts.language, languages),
        max_length=100,
    )


def _hours_field(texts: Texts, value: str) -> FormField:
    return FormField(
        name="hours",
        label=texts("mentor.form.hours"),
        value=value,
        max_length=HOURS_LENGTH,
    )


async def handle_pause(context: Context, options: Mapping[str, str]) -> Reply:
    days = int(options["days"])
    view = await pause_offer(context.world, context.member, days)
    key = "mentor.pause.on" if days else "mentor.pause.off"
    told = Banner(context.texts.line(key), Tone.GOOD)
    return Reply(blocks=(told, *offer_blocks(context, view)))


_TOPICS = Option(name="topics", kind=OptionKind.TOPICS)

COMMANDS = (
    CommandSpec(
        path=("mentor", "offer"),
        handler=handle_offer,
        options=(
            _TOPICS,
            Option(name="hours"),
            Option(name="languages"),
            Option(name="phases"),
            Option(
                name="capacity",
                kind=OptionKind.INTEGER,
                minimum=1,
                maximum=MOST_MENTEES,
            ),
        ),
        opens_form=lambda options: not options,
    ),
    CommandSpec(
        path=("mentor", "request"),
        handler=handle_request,
        options=(
            _TOPICS,
            Option(name="goal"),
            Option(name="hours"),
            Option(name="languages"),
            Option(
                name="weeks",
                kind=OptionKind.INTEGER,
                minimum=SHORTEST_WEEKS,
                maximum=LONGEST_WEEKS,
            ),
            Option(name="share", kind=OptionKind.BOOLEAN),
        ),
        opens_form=lambda options: not options,
    ),
    CommandSpec(
        path=("mentor", "pause"),
        handler=handle_pause,
        options=(
            Option(
                name="days",
                kind=OptionKind.INTEGER,
                required=True,
                minimum=0,
                maximum=MOST_PAUSED_DAYS,
            ),
        ),
    ),
)
