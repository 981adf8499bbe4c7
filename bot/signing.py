"""The key that signs this installation's certificates: RSA, in a file of its own.

Who has the file can make certificates in our name; who loses it cannot renew what was
signed with it. It is read, or made, when it is first needed.

A signature is a compact JWS (RFC 7515, RFC 7518 §3.3): header, payload and the
signature of both, each in base64url, with dots between.
"""

import asyncio
import json
import os
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

ALGORITHM: Final = "RS256"
"""The one that every verifier of Open Badges 3.0 must know."""

BITS: Final = 3072
"""As strong as 128 bits: for signatures that are to be checked after 2030 (NIST SP
800-57, part 1, table 2)."""

EXPONENT: Final = 65537


class NoSuchKey(Exception):
    """The file holds no RSA key."""


class KeyOfFile:
    def __init__(self, path: Path, *, bits: int = BITS) -> None:
        self._path = path
        self._bits = bits
        self._making = asyncio.Lock()
        self._key: RSAPrivateKey | None = None

    async def sign(
        self, payload: Mapping[str, object], headers: Mapping[str, str]
    ) -> str:
        key = await self._read()
        header = {"alg": ALGORITHM, "typ": "JWT", **headers}
        content = f"{_part(header)}.{_part(payload)}"
        signature = await asyncio.to_thread(
            key.sign, content.encode(), PKCS1v15(), SHA256()
        )
        return f"{content}.{_base64url(signature)}"

    async def public_key(self) -> Mapping[str, str]:
        numbers = (await self._read()).public_key().public_numbers()
        return {
            "kty": "RSA",
            "alg": ALGORITHM,
            "use": "sig",
            "n": _base64url(_bytes(numbers.n)),
            "e": _base64url(_bytes(numbers.e)),
        }

    async def _read(self) -> RSAPrivateKey:
        async with self._making:
            if self._key is None:
                self._key = await asyncio.to_thread(
                    read_or_make, self._path, self._bits
                )
            return self._key


def read_or_make(path: Path, bits: int) -> RSAPrivateKey:
    """Raises OSError, or NoSuchKey."""
    if not path.exists():
        _make(path, bits)
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except ValueError as error:
        raise NoSuchKey(path) from error
    if not isinstance(key, RSAPrivateKey):
        raise NoSuchKey(path)
    return key


def _make(path: Path, bits: int) -> None:
    """The whole of it or nothing, and the first one's when two make it at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{uuid4().hex}")
    made = generate_private_key(public_exponent=EXPONENT, key_size=bits)
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(
                made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            )
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _part(document: Mapping[str, object]) -> str:
    # In ASCII: half a surrogate pair in a name could not be written as UTF-8.
    return _base64url(json.dumps(document, separators=(",", ":")).encode())


def _base64url(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def _bytes(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8)
