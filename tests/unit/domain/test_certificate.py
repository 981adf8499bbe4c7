"""Laws of what was earned and revoked, whatever came in which order."""

import random
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.certificate import Revocation, earned, withheld
from bot.domain.event import Event, EventKind

AT = datetime(2026, 3, 2, tzinfo=UTC)
ACTS = ("earn", *(one for one in Revocation if one is not Revocation.DELETED))


def played(acts: list[tuple[str, int]]) -> list[Event]:
    """Each earns where nothing stands, or revokes what does."""
    log: list[Event] = []
    for n, (act, phase) in enumerate(acts):
        standing = earned(log).get(phase)
        facts: dict[str, str | int] = {"phase": phase}
        if act == "earn":
            if standing is not None:
                continue
            kind, key = EventKind.CERTIFICATE_EARNED, f"certificate:{phase}:{n}"
        else:
            if standing is None:
                continue
            kind, key = EventKind.CERTIFICATE_REVOKED, f"revoked:{standing.key}"
            facts |= {"of": standing.key, "why": act}
        log.append(
            Event(
                kind=kind,
                key=key,
                person_id=1,
                member_id=1,
                occurred_at=AT + timedelta(hours=n),
                local_on=date(2026, 3, 2),
                facts=facts,
            )
        )
    return log


@given(
    st.lists(st.tuples(st.sampled_from(ACTS), st.integers(1, 3)), max_size=20),
    st.randoms(use_true_random=False),
)
def test_the_last_act_of_a_phase_is_what_holds(
    acts: list[tuple[str, int]], rng: random.Random
) -> None:
    log = played(acts)
    last = {int(one.facts["phase"]): one for one in log}
    shuffled = log[:]
    rng.shuffle(shuffled)
    for seen in (log, shuffled):
        assert earned(seen).keys() == {
            phase
            for phase, one in last.items()
            if one.kind is EventKind.CERTIFICATE_EARNED
        }
        assert withheld(seen) == {
            phase
            for phase, one in last.items()
            if one.facts.get("why") == Revocation.ORGANISER
        }
