"""A certificate as an Open Badges 3.0 credential, and signed (VC-JWT).

https://www.imsglobal.org/spec/ob/v3p0: an `OpenBadgeCredential` of the Verifiable
Credentials Data Model 2.0. A verifier reads the key at `kid`, checks the signature,
that `iss`, `jti`, `nbf` and `sub` say what the credential in `vc` does, and looks for
its id in the list at `credentialStatus`. Each address in it is one of ours and answers
(`bot/chat/pages/certificates.py`).
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Final

from bot.chat.pages.links import certificate_path
from bot.chat.texts import Texts, texts_in
from bot.domain.certificate import Certificate, Revoked
from bot.services.ports.certificates import Signer
from challenges.roadmap import Roadmap

CONTEXTS: Final = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
Document = Mapping[str, object]


def credential(roadmap: Roadmap, certificate: Certificate, site: str) -> Document:
    """`site` is the address of our pages, without a slash at its end."""
    texts = texts_in(certificate.language)
    page = site + certificate_path(certificate.id)
    return {
        "@context": list(CONTEXTS),
        "id": page,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": _title(texts, roadmap, certificate.phase),
        "issuer": issuer(texts, site),
        "validFrom": _instant(certificate.issued_at),
        "awardedDate": f"{certificate.earned_on.isoformat()}T00:00:00Z",
        "credentialSubject": {
            "id": f"{page}#holder",
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "identityType": "name",
                    "identityHash": certificate.name,
                    "hashed": False,
                }
            ],
            "source": {
                "id": f"{page}#community",
                "type": ["Profile"],
                "name": certificate.community,
            },
            "achievement": achievement(
                texts, roadmap, certificate.phase, site, skills=certificate.skills
            ),
        },
        "credentialStatus": {
            "id": site + certificate_path("revoked", ".json"),
            "type": "1EdTechRevocationList",
        },
    }


async def signed(
    signer: Signer, roadmap: Roadmap, certificate: Certificate, site: str
) -> str:
    document = credential(roadmap, certificate, site)
    page = site + certificate_path(certificate.id)
    claims = {
        "iss": site + certificate_path("issuer", ".json"),
        "jti": page,
        "nbf": int(certificate.issued_at.timestamp()),
        "sub": f"{page}#holder",
        "vc": document,
    }
    key = site + certificate_path("key", ".json")
    return await signer.sign(claims, {"kid": key})


def issuer(texts: Texts, site: str) -> Document:
    return {
        "id": site + certificate_path("issuer", ".json"),
        "type": ["Profile"],
        "name": "Cordada",
        "url": site,
        "description": texts("certificate.issuer"),
    }


def achievement(
    texts: Texts,
    roadmap: Roadmap,
    phase: int,
    site: str,
    *,
    skills: Iterable[str] | None = None,
) -> Document:
    """Finishing a phase; with the skills that somebody showed, or all that it has."""
    names = skill_names(texts, roadmap, phase, skills)
    return {
        "id": site + certificate_path(f"phase-{phase}", ".json"),
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "inLanguage": texts.language,
        "name": _title(texts, roadmap, phase),
        "description": texts("certificate.description", phase=phase),
        "criteria": {
            "narrative": texts(
                "certificate.leadership_criteria"
                if phase == len(roadmap.phases)
                else "certificate.criteria",
                skills="; ".join(names),
            )
        },
        "tag": list(names),
    }


def revocations(revoked: Iterable[Revoked], site: str) -> Document:
    return {
        "id": site + certificate_path("revoked", ".json"),
        "issuer": site + certificate_path("issuer", ".json"),
        "revokedCredential": [
            {
                "id": site + certificate_path(one.id),
                "revoked": True,
                "revocationReason": one.why.value,
            }
            for one in revoked
        ],
    }


def skill_names(
    texts: Texts, roadmap: Roadmap, phase: int, skills: Iterable[str] | None = None
) -> tuple[str, ...]:
    """Of those that the roadmap still has, without its mark-up."""
    wanted = None if skills is None else set(skills)
    return tuple(
        skill.name.in_(texts.language).replace("`", "")
        for topic in roadmap.phase(phase).topics
        for skill in topic.skills
        if wanted is None or skill.id in wanted
    )


def _title(texts: Texts, roadmap: Roadmap, phase: int) -> str:
    name = roadmap.phase(phase).name.in_(texts.language)
    return texts("certificate.name", phase=phase, name=name)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
