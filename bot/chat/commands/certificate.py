"""`/certificate`: what was finished, to show to others; organisers may take it back."""

from collections.abc import Mapping

from bot.chat.buttons import action, today_button
from bot.chat.command import Audience, CommandSpec, Option, OptionKind
from bot.chat.commands.phases import PHASE, phase_name
from bot.chat.context import Context
from bot.chat.open_badge import signed
from bot.chat.pages.links import certificate_path
from bot.chat.pictures.baking import baked
from bot.chat.pictures.certificate_card import certificate_alt, certificate_svg
from bot.chat.reply import (
    Banner,
    Block,
    Bullets,
    Button,
    Buttons,
    ButtonStyle,
    FileToKeep,
    Heading,
    Link,
    Picture,
    Reply,
    Text,
    Tone,
)
from bot.domain.certificate import Certificate
from bot.services.issue_certificate import (
    CertificateAsked,
    issue_certificate,
    read_certificates,
)
from bot.services.revoke_certificate import (
    CertificateDecision,
    give_certificate_back,
    revoke_certificate,
)

# What a notice and a line of the log can show.
REASON_LENGTH = 300
# The tightest platform's row.
MOST_BUTTONS = 5


async def handle_certificate(context: Context, options: Mapping[str, str]) -> Reply:
    """Raises Refused: certificate_not_earned, certificate_name."""
    if "phase" not in options:
        return await _list(context)
    certificate = await issue_certificate(
        context.world,
        context.member,
        CertificateAsked(
            phase=int(options["phase"]),
            language=context.language,
            name=options.get("name"),
        ),
    )
    return Reply(blocks=await _blocks(context, certificate))


async def _list(context: Context) -> Reply:
    texts = context.texts
    earned = await read_certificates(context.world, context.member)
    if not earned:
        return Reply(
            blocks=(
                Text(texts.line("certificate.none")),
                Buttons(
                    (
                        Button(texts("button.roadmap"), action("roadmap")),
                        today_button(texts),
                    )
                ),
            )
        )
    lines = tuple(
        texts.line(
            "certificate.line",
            phase=one.phase,
            name=phase_name(context, one.phase),
            on=one.earned_on.isoformat(),
        )
        for one in earned
    )
    buttons = [
        Button(
            texts("certificate.get", phase=one.phase),
            action("certificate", phase=str(one.phase)),
            ButtonStyle.PRIMARY if one.issued is None else ButtonStyle.SECONDARY,
        )
        for one in earned
    ]
    rows = [
        Buttons(tuple(buttons[at : at + MOST_BUTTONS]))
        for at in range(0, len(buttons), MOST_BUTTONS)
    ]
    return Reply(
        blocks=(
            Heading(texts.line("certificate.title")),
            Bullets(lines),
            Text(texts.line("certificate.private")),
            *rows,
        )
    )


async def _blocks(context: Context, certificate: Certificate) -> tuple[Block, ...]:
    texts, roadmap = context.texts, context.world.catalogue.roadmap
    site, signer = context.pages, context.world.signer
    address = None if site is None else site + certificate_path(certificate.id)
    token = None
    if site is not None and signer is not None:
        token = await signed(signer, roadmap, certificate, site)
    blocks: list[Block] = []
    if context.painter is not None:
        svg = certificate_svg(roadmap, certificate, address)
        png = await context.painter.png(svg)
        blocks.append(
            Picture(
                png=png if token is None else baked(png, token),
                alt=certificate_alt(roadmap, certificate),
                filename=f"cordada-phase-{certificate.phase}.png",
            )
        )
    title = texts.line(
        "certificate.for",
        name=certificate.name,
        phase=certificate.phase,
        title=phase_name(context, certificate.phase),
    )
    blocks.append(Banner(title, Tone.GOOD))
    if address is None:
        blocks.append(Text(texts.line("certificate.no_pages")))
    else:
        blocks.append(Text((Link(texts("certificate.open"), address),)))
        blocks.append(Text(texts.line("certificate.shared")))
    if token is not None:
        blocks.append(
            FileToKeep(
                filename=f"cordada-phase-{certificate.phase}.jwt",
                content=token.encode(),
                label=texts("certificate.file"),
            )
        )
    return tuple(blocks)


async def handle_organisers(context: Context, options: Mapping[str, str]) -> Reply:
    """Raises Refused: certificate_not_theirs, certificate_not_revoked, member_…."""
    gives_back = options.get("give_back") == "true"
    decide = give_certificate_back if gives_back else revoke_certificate
    phase = int(options["phase"])
    decision = CertificateDecision(
        member=options["member"],
        phase=phase,
        reason=options["reason"][:REASON_LENGTH],
    )
    member = await decide(context.world, context.member, decision)
    key = "certificate.given_back" if gives_back else "certificate.revoked"
    line = context.texts.line(key, name=member.name, phase=phase)
    return Reply(blocks=(Banner(line, Tone.GOOD),))


COMMANDS = (
    CommandSpec(
        path=("certificate",),
        handler=handle_certificate,
        options=(PHASE, Option(name="name")),
    ),
)

FOR_ORGANISERS = (
    CommandSpec(
        path=("admin", "certificate"),
        handler=handle_organisers,
        options=(
            Option(name="member", kind=OptionKind.MEMBER, required=True),
            Option(
                name="phase",
                kind=OptionKind.INTEGER,
                required=True,
                minimum=1,
                maximum=7,
            ),
            Option(name="reason", required=True),
            Option(name="give_back", kind=OptionKind.BOOLEAN),
        ),
        audience=Audience.ORGANISER,
    ),
)
