from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.event import Event, EventKind
from bot.domain.mastery import SkillState, memories
from bot.domain.progression import (
    PhaseStanding,
    Roadmap,
    Share,
    Way,
    farthest,
    promotion,
    reached,
    standing,
)

ROADMAP: Roadmap = {
    1: {"syntax": ("variables", "loops"), "functions": ("functions",)},
    2: {"oop": ("classes", "patterns")},
    3: {"data": ("files",)},
}
MONDAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Drill:
    skills: tuple[str, ...]
    difficulty: int = 3


CATALOGUE = {
    "swap-cups": Drill(("variables",)),
    "count-steps": Drill(("loops", "variables")),
    "greet-team": Drill(("functions",)),
    "rope-class": Drill(("classes",)),
    "read-notes": Drill(("files",)),
}
PHASE_ONE = ("count-steps", "greet-team")


def solved(challenge_id: str) -> Event:
    return Event(
        kind=EventKind.SOLVED,
        key=f"solved:{challenge_id}",
        person_id=1,
        member_id=1,
        occurred_at=datetime(2026, 3, 2, 12, tzinfo=UTC),
        local_on=MONDAY,
        challenge_id=challenge_id,
    )


_ROPES: Roadmap = {2: {"oop": ("classes",)}}


def at(
    *challenge_ids: str,
    days_later: int = 0,
    challenges: Mapping[str, Drill] = CATALOGUE,
    roadmap: Roadmap = ROADMAP,
) -> tuple[PhaseStanding, ...]:
    return standing(
        memories(map(solved, challenge_ids), challenges=challenges),
        roadmap=roadmap,
        challenges=challenges,
        today=MONDAY + timedelta(days=days_later),
    )


def test_nothing_solved_is_nothing_mastered() -> None:
    first, second, _ = at()
    assert first.share == Share(mastered=0, total=3, open=3)
    assert second.share == Share(mastered=0, total=2, open=1)


def test_one_solved_challenge_masters_each_of_its_skills() -> None:
    first, *_ = at("count-steps")
    variables, loops = first.topics[0].skills
    assert (variables.mastered, variables.challenges) == (True, 2)
    assert (loops.mastered, loops.challenges) == (True, 1)
    assert first.topics[0].share.complete
    assert not first.share.complete


def test_a_phase_is_complete_when_each_of_its_topics_is() -> None:
    first, *_ = at("count-steps", "greet-team")
    assert first.share.complete
    assert first.share.ratio == 1.0


def test_a_skill_without_a_challenge_keeps_its_phase_exhausted_not_complete() -> None:
    _, second, _ = at("rope-class")
    assert second.share == Share(mastered=1, total=2, open=0)
    assert second.share.exhausted
    assert not second.share.complete
    assert second.done
    assert not second.has_gaps


def test_a_phase_of_which_nothing_can_be_done_is_not_done() -> None:
    (phase,) = standing({}, roadmap=_ROPES, challenges={}, today=MONDAY)
    assert phase.share.exhausted
    assert not phase.done


def test_a_fading_skill_counts_and_a_faded_one_is_open_again() -> None:
    for days, state, done in (
        (21, SkillState.FADING, True),
        (51, SkillState.FADED, False),
    ):
        first, *_ = at(*PHASE_ONE, days_later=days)
        assert {one.state for topic in first.topics for one in topic.skills} == {state}
        assert first.done is done


def test_finishing_the_phase_that_one_is_in_promotes() -> None:
    before, after = at("count-steps"), at(*PHASE_ONE)
    assert promotion(before, after, phase=1) == 2
    assert promotion(before, after, phase=2) is None
    assert promotion(before, before, phase=1) is None


def test_who_went_back_to_a_finished_phase_is_left_there() -> None:
    after = at(*PHASE_ONE, "swap-cups")
    assert promotion(at(*PHASE_ONE), after, phase=1) is None


def test_promotion_leads_past_what_is_done_already() -> None:
    before = at("count-steps", "rope-class")
    after = at(*PHASE_ONE, "rope-class")
    assert promotion(before, after, phase=1) == 3


def test_promotion_leads_into_no_phase_without_challenges() -> None:
    before = at("count-steps", "rope-class", "read-notes")
    after = at(*PHASE_ONE, "rope-class", "read-notes")
    assert [one.done for one in after] == [True, True, True]
    assert promotion(before, after, phase=1) is None
    thin = {one: CATALOGUE[one] for one in PHASE_ONE}
    before, after = (at(*some, challenges=thin) for some in (PHASE_ONE[:1], PHASE_ONE))
    assert promotion(before, after, phase=1) is None


def test_a_topic_without_challenges_is_not_done_by_doing_nothing() -> None:
    thin = {one: CATALOGUE[one] for one in CATALOGUE if one != "greet-team"}
    before, after = (at(*some, challenges=thin) for some in ((), PHASE_ONE[:1]))
    assert not after[0].done
    assert after[0].has_gaps
    assert promotion(before, after, phase=1) is None
    # But nobody is held back by it, and the next phase is finished in its own right.
    assert farthest(after, reached=1) == 2
    both = at(*PHASE_ONE[:1], "rope-class", challenges=thin)
    assert promotion(after, both, phase=2) == 3


def test_promotion_does_not_pass_over_a_phase_that_has_gaps() -> None:
    # Of phase 2 all that there is was done before; a topic of it has no challenges.
    wide: Roadmap = {**ROADMAP, 2: {**ROADMAP[2], "testing": ("pytest",)}}
    before = at("count-steps", "rope-class", roadmap=wide)
    after = at(*PHASE_ONE, "rope-class", roadmap=wide)
    assert promotion(before, after, phase=1) == 2
    assert farthest(after, reached=2) == 3


def test_the_last_phase_has_no_next() -> None:
    assert promotion(at(), at(*CATALOGUE), phase=7) is None


def moved(former: int, phase: int) -> Event:
    facts: dict[str, str | int] = {"from": former, "to": phase, "how": Way.PLACED.value}
    return replace(
        solved("none"), kind=EventKind.PHASE_CHANGED, key=f"{phase}", facts=facts
    )


def test_who_was_in_a_phase_may_always_come_back() -> None:
    log = [moved(1, 4), moved(4, 2)]
    assert reached(log, member_id=1, phase=2) == 4
    assert reached(log, member_id=2, phase=1) == 1
    assert reached([], member_id=1, phase=3) == 3


def test_beyond_what_was_reached_one_may_go_past_what_has_nothing_left() -> None:
    assert farthest(at(), reached=1) == 1
    assert farthest(at(*PHASE_ONE), reached=1) == 2
    assert farthest(at(), reached=3) == 3


def test_a_topic_without_skills_is_never_complete() -> None:
    (phase,) = standing({}, roadmap={1: {"empty": ()}}, challenges={}, today=MONDAY)
    assert not phase.share.complete
    assert phase.share.ratio == 0.0


def test_a_challenge_that_left_the_catalogue_counts_no_more() -> None:
    assert at("withdrawn", "swap-cups") == at("swap-cups")


@given(st.sets(st.sampled_from(sorted(CATALOGUE))), st.sampled_from(sorted(CATALOGUE)))
def test_solving_one_more_never_lowers_a_share(solved: set[str], more: str) -> None:
    for before, after in zip(at(*solved), at(*solved, more), strict=True):
        assert after.share.mastered >= before.share.mastered
        assert after.share.total == before.share.total
        assert after.share.mastered + after.share.open == (
            before.share.mastered + before.share.open
        )


@given(st.sets(st.sampled_from(sorted(CATALOGUE))))
def test_a_phase_is_the_sum_of_its_topics(solved: set[str]) -> None:
    for phase in at(*solved):
        shares = [topic.share for topic in phase.topics]
        assert phase.share.mastered == sum(share.mastered for share in shares)
        assert phase.share.total == sum(share.total for share in shares)
        assert phase.share.complete is all(share.complete for share in shares)
