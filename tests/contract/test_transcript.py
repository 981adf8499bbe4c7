from datetime import timedelta

import pytest

from bot.services.errors import EntryNotFound
from bot.services.ports.transcript import Transcript
from bot.services.ports.unit_of_work import UnitOfWorkFactory
from tests.contract.given import a_member
from tests.fakes.clock import A_MONDAY, FakeClock


async def test_entry_comes_back_as_it_was(
    transcript: Transcript, unit_of_work: UnitOfWorkFactory
) -> None:
    member = await a_member(unit_of_work)
    body = {"words": "hi \x00 \ud800 ñ", "parts": [1, None, {"deep": True}]}
    entry = await transcript.append(member.community.id, member.id, body)
    assert (entry.member_id, entry.body, entry.written_at) == (
        member.id,
        body,
        A_MONDAY,
    )
    assert await transcript.get(entry.id) == entry
    assert await transcript.get(entry.id + 1) is None


async def test_a_change_of_what_has_changed_since_is_left_undone(
    transcript: Transcript, unit_of_work: UnitOfWorkFactory
) -> None:
    member = await a_member(unit_of_work)
    community_id = member.community.id
    waiting = await transcript.append(community_id, member.id, {"words": "…"})
    judged = await transcript.change(waiting.id, {"words": "accepted"})
    late = await transcript.change(
        waiting.id, {"words": "being judged"}, waiting.revision
    )
    assert late == judged
    assert await transcript.get(waiting.id) == judged


async def test_a_change_comes_again_with_a_later_revision(
    transcript: Transcript, unit_of_work: UnitOfWorkFactory, clock: FakeClock
) -> None:
    member = await a_member(unit_of_work)
    community = member.community.id
    waiting = await transcript.append(community, member.id, {"words": "judging"})
    other = await transcript.append(community, member.id, {"words": "meanwhile"})
    clock.advance(timedelta(seconds=2))
    judged = await transcript.change(waiting.id, {"words": "accepted"})
    assert judged.revision > other.revision
    assert judged.written_at == waiting.written_at
    since = await transcript.since(community, member.id, other.revision)
    assert list(since) == [judged]
    assert list(await transcript.since(community, member.id, 0)) == [other, judged]


async def test_changing_what_is_not_there_is_refused(transcript: Transcript) -> None:
    with pytest.raises(EntryNotFound):
        await transcript.change(404, {})


async def test_a_member_reads_their_own_and_the_channels(
    transcript: Transcript, unit_of_work: UnitOfWorkFactory
) -> None:
    ada = await a_member(unit_of_work, "Ada")
    grace = await a_member(unit_of_work, "Grace")
    guido = await a_member(unit_of_work, "Guido", community="elsewhere")
    here, elsewhere = ada.community.id, guido.community.id
    daily = await transcript.append(here, None, {"words": "daily"})
    own = await transcript.append(here, ada.id, {"words": "mine"})
    await transcript.append(here, grace.id, {"words": "hers"})
    await transcript.append(elsewhere, None, {"words": "far"})
    assert list(await transcript.since(here, ada.id, 0)) == [daily, own]


async def test_a_reader_from_the_beginning_gets_the_newest(
    transcript: Transcript, unit_of_work: UnitOfWorkFactory
) -> None:
    member = await a_member(unit_of_work)
    community = member.community.id
    entries = [
        await transcript.append(community, member.id, {"n": number})
        for number in range(5)
    ]
    newest = await transcript.since(community, member.id, 0, limit=2)
    assert list(newest) == entries[3:]
    # A reader who was away loses nothing: the oldest that are missing come first.
    after = entries[0].revision
    missed = await transcript.since(community, member.id, after, limit=2)
    assert list(missed) == entries[1:3]


async def test_what_has_a_key_is_written_once(
    transcript: Transcript, unit_of_work: UnitOfWorkFactory
) -> None:
    ada = await a_member(unit_of_work)
    far = await a_member(unit_of_work, community="elsewhere")
    here = ada.community.id
    first = await transcript.append(here, None, {"n": 1}, "daily")
    assert await transcript.append(here, None, {"n": 2}, "daily") == first
    await transcript.append(far.community.id, None, {"n": 3}, "daily")
    assert list(await transcript.since(here, ada.id, 0)) == [first]
