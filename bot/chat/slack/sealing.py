"""Tokens, locked before they reach the database, so that a copy of it opens nothing.

XChaCha20-Poly1305 with the workspace bound in: what was sealed for one opens for no
other. The key comes from a secret of the settings, which the database never holds.
"""

from collections.abc import Sequence
from hashlib import blake2b

from nacl.exceptions import CryptoError
from nacl.secret import Aead

_PURPOSE = b"cordada.tokens"


class SealBroken(Exception):
    """Sealed with another secret, for another workspace, or changed since."""


class Seal:
    def __init__(self, secrets: Sequence[str]) -> None:
        """The first seals; all open: a secret may be replaced while tokens last."""
        self._boxes = [Aead(_key(secret)) for secret in secrets]

    def seal(self, plain: bytes, *, workspace: str) -> bytes:
        return bytes(self._boxes[0].encrypt(plain, workspace.encode()))

    def open(self, sealed: bytes, *, workspace: str) -> bytes:
        """Raises SealBroken."""
        for box in self._boxes:
            try:
                return bytes(box.decrypt(sealed, workspace.encode()))
            except (CryptoError, ValueError):
                continue
        raise SealBroken


def _key(secret: str) -> bytes:
    # Secrets of the settings are random already: a fast hash serves.
    return blake2b(secret.encode(), digest_size=Aead.KEY_SIZE, person=_PURPOSE).digest()
