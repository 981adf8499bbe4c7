"""A copy of the database opens nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.slack.sealing import Seal, SealBroken

SECRET, OTHER = "a-secret-of-the-settings", "another-of-the-settings"


@given(plain=st.binary(max_size=500), workspace=st.text(max_size=20))
def test_what_is_sealed_opens_as_it_was(plain: bytes, workspace: str) -> None:
    seal = Seal([SECRET])
    sealed = seal.seal(plain, workspace=workspace)
    assert seal.open(sealed, workspace=workspace) == plain


def test_a_token_is_not_to_be_read_in_what_is_sealed() -> None:
    seal = Seal([SECRET])
    sealed = [seal.seal(b"xoxb-token", workspace="T1") for _ in range(2)]
    assert b"xoxb" not in sealed[0]
    assert sealed[0] != sealed[1]


def test_neither_another_secret_nor_another_workspace_opens_it() -> None:
    sealed = Seal([SECRET]).seal(b"xoxb-token", workspace="T1")
    with pytest.raises(SealBroken):
        Seal([OTHER]).open(sealed, workspace="T1")
    with pytest.raises(SealBroken):
        Seal([SECRET]).open(sealed, workspace="T2")


@given(at=st.integers(0, 49), bit=st.integers(0, 7))
def test_what_was_changed_does_not_open(at: int, bit: int) -> None:
    sealed = bytearray(Seal([SECRET]).seal(b"xoxb-token", workspace="T1"))
    sealed[at % len(sealed)] ^= 1 << bit
    with pytest.raises(SealBroken):
        Seal([SECRET]).open(bytes(sealed), workspace="T1")
    with pytest.raises(SealBroken):
        Seal([SECRET]).open(bytes(sealed[:at]), workspace="T1")


def test_what_was_sealed_before_a_secret_was_added_opens_after() -> None:
    before = Seal([SECRET]).seal(b"old", workspace="T1")
    after = Seal([OTHER, SECRET])
    assert after.open(before, workspace="T1") == b"old"
    # And is then under the new one alone.
    with pytest.raises(SealBroken):
        Seal([SECRET]).open(after.seal(b"new", workspace="T1"), workspace="T1")
