"""What others can read and check of a certificate, and when they cannot any more."""

import json
import struct
import zlib
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256

from bot.chat.texts import LANGUAGES
from bot.domain.certificate import Certificate, Revocation, Revoked
from bot.services.world import World
from tests.contract.test_certificates import a_certificate
from tests.fakes.catalogue import fake_catalogue
from tests.fakes.clock import A_MONDAY, FakeClock
from tests.fakes.signing import fake_signer
from tests.fakes.site import HERE, SiteTrial
from tests.fakes.storage.store import FakeStore
from tests.fakes.unit_of_work import fake_unit_of_work_factory

HOSTILE = '<img src=x onerror="alert(1)">'


class Shown:
    """A trial of the site with one certificate that was asked for."""

    def __init__(self) -> None:
        self.store = FakeStore()
        self.world = World(
            unit_of_work=fake_unit_of_work_factory(self.store),
            now=FakeClock(),
            catalogue=fake_catalogue(),
            signer=fake_signer(),
        )
        self.trial = SiteTrial(world=self.world)

    async def certificate(self, name: str = "Ana Pérez") -> Certificate:
        ada = await self.trial.join("Ada")
        skills = ("types-and-conversions", "functions")
        made = replace(a_certificate(ada), name=name, skills=skills)
        async with self.world.unit_of_work() as unit:
            await unit.certificates.put(made)
            await unit.commit()
        return made

    async def revoke(self, certificate: Certificate, why: Revocation) -> None:
        async with self.world.unit_of_work() as unit:
            await unit.revocations.add(Revoked(id=certificate.id, why=why, at=A_MONDAY))
            await unit.commit()

    async def get(self, path: str, language: str = "en") -> httpx.Response:
        async with self.trial.browser(language=language) as browser:
            return await browser.get(path)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_page_says_who_what_and_that_it_stands(language: str) -> None:
    shown = Shown()
    certificate = await shown.certificate()
    page = await shown.get(f"/certificates/{certificate.id}", language)
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert "<bdi>Ana Pérez</bdi>" in page.text
    assert 'content="noindex"' in page.text
    assert "style=" not in page.text
    assert 'alt="Certificado: Ana Pérez' in page.text


async def test_a_verifier_can_follow_every_address_and_check_the_signature() -> None:
    shown = Shown()
    certificate = await shown.certificate()
    token = (await shown.get(f"/certificates/{certificate.id}.jwt")).text
    content, _, signature = token.rpartition(".")
    header, claims = (json.loads(_decoded(part)) for part in content.split("."))
    assert (header["alg"], header["typ"]) == ("RS256", "JWT")
    jwk = (await shown.get(header["kid"].removeprefix(HERE))).json()
    n, e = (int.from_bytes(_decoded(jwk[part])) for part in "ne")
    key = RSAPublicNumbers(e, n).public_key()
    key.verify(_decoded(signature), content.encode(), PKCS1v15(), SHA256())
    said = claims["vc"]
    assert claims["iss"] == said["issuer"]["id"]
    assert claims["jti"] == said["id"] == f"{HERE}/certificates/{certificate.id}"
    assert claims["sub"] == said["credentialSubject"]["id"]
    valid_from = datetime.fromisoformat(said["validFrom"])
    assert datetime.fromtimestamp(claims["nbf"], UTC) == valid_from
    plain = (await shown.get(f"/certificates/{certificate.id}.json")).json()
    assert said == plain
    issuer = await shown.get(claims["iss"].removeprefix(HERE))
    assert issuer.json()["id"] == claims["iss"]
    achievement = said["credentialSubject"]["achievement"]
    known = await shown.get(achievement["id"].removeprefix(HERE))
    assert known.json()["type"] == ["Achievement"]


async def test_the_credential_keeps_to_the_published_model() -> None:
    shown = Shown()
    certificate = await shown.certificate()
    found = (await shown.get(f"/certificates/{certificate.id}.json")).json()
    assert found["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert {"VerifiableCredential", "OpenBadgeCredential"} <= set(found["type"])
    subject = found["credentialSubject"]
    assert subject["type"] == ["AchievementSubject"]
    assert subject["identifier"][0] == {
        "type": "IdentityObject",
        "identityType": "name",
        "identityHash": "Ana Pérez",
        "hashed": False,
    }
    required = {"id", "type", "criteria", "description", "name"}
    assert required <= subject["achievement"].keys()
    assert "`" not in json.dumps(subject["achievement"], ensure_ascii=False)
    assert found["credentialStatus"]["type"] == "1EdTechRevocationList"
    # Arrays and objects that are empty, and nulls, are to be left out.
    assert all(value not in (None, [], {}, "") for value in _values(found))


async def test_the_picture_carries_the_same_credential() -> None:
    shown = Shown()
    certificate = await shown.certificate()
    token = await shown.get(f"/certificates/{certificate.id}.jwt")
    picture = await shown.get(f"/certificates/{certificate.id}.png")
    chunks = dict(_chunks(picture.content))
    assert list(chunks)[-1] == b"IEND"
    start = b"openbadgecredential" + b"\x00" * 5
    assert chunks[b"iTXt"] == start + token.content


@pytest.mark.parametrize("why", Revocation)
async def test_what_is_revoked_is_told_and_listed_and_handed_out_no_more(
    why: Revocation,
) -> None:
    shown = Shown()
    certificate = await shown.certificate()
    path = f"/certificates/{certificate.id}"
    await shown.revoke(certificate, why)
    if why is Revocation.DELETED:
        del shown.store.certificates[certificate.id]
    page = await shown.get(path)
    assert page.status_code == 410
    assert "does not stand any more" in page.text
    assert "Ana" not in page.text
    for ending in (".json", ".jwt", ".png"):
        assert (await shown.get(path + ending)).status_code == 404
    listed = (await shown.get("/certificates/revoked.json")).json()
    assert listed["revokedCredential"] == [
        {"id": HERE + path, "revoked": True, "revocationReason": why.value}
    ]


@pytest.mark.parametrize("ending", ["", ".jwt"])
async def test_what_never_was_is_not_found(ending: str) -> None:
    path = f"/certificates/{uuid4()}{ending}"
    assert (await Shown().get(path)).status_code == 404


async def test_a_hostile_name_stays_text() -> None:
    shown = Shown()
    certificate = await shown.certificate(HOSTILE)
    page = await shown.get(f"/certificates/{certificate.id}")
    assert "<img src=x" not in page.text
    assert (await shown.get(f"/certificates/{certificate.id}.png")).status_code == 200


def _decoded(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _values(document: object) -> Iterator[object]:
    yield document
    if isinstance(document, dict):
        for one in document.values():
            yield from _values(one)
    elif isinstance(document, list):
        for one in document:
            yield from _values(one)


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        body = png[at + 4 : at + 8 + size]
        (checked,) = struct.unpack(">I", png[at + 8 + size : at + 12 + size])
        assert zlib.crc32(body) == checked
        yield body[:4], body[4:]
        at += 12 + size
