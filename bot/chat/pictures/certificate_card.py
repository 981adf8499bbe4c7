"""A certificate as a picture."""

from bot.chat.pictures.canvas import drawn
from bot.chat.pictures.lettering import drawable
from bot.chat.texts import texts_in
from bot.domain.certificate import Certificate
from challenges.roadmap import Roadmap


def certificate_svg(
    roadmap: Roadmap, certificate: Certificate, address: str | None
) -> str:
    """In the certificate's own language; `address` is where it can be checked."""
    texts = texts_in(certificate.language)
    phase = roadmap.phase(certificate.phase)
    return drawn(
        "certificate",
        texts,
        name=certificate.name,
        phase=phase.number,
        phase_name=phase.name.in_(texts.language),
        community=certificate.community,
        on=certificate.earned_on.isoformat(),
        topics=[topic.name.in_(texts.language) for topic in phase.topics],
        address=address,
    )


def certificate_alt(roadmap: Roadmap, certificate: Certificate) -> str:
    texts = texts_in(certificate.language)
    return texts(
        "picture.certificate.alt",
        name=drawable(certificate.name),
        phase=certificate.phase,
        title=roadmap.phase(certificate.phase).name.in_(texts.language),
        community=drawable(certificate.community),
        on=certificate.earned_on.isoformat(),
    )
